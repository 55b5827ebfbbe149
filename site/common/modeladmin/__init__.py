"""wagtail-modeladmin with its five holes closed (docs/decisions/modeladmin.md)."""

from common.modeladmin.admin import PolicyModelAdmin
from common.modeladmin.filters import DeclaredFilter

__all__ = ["DeclaredFilter", "PolicyModelAdmin"]
