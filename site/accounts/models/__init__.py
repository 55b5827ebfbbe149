from accounts.models.invitation import Invitation, InvitationQuerySet
from accounts.models.personal_data import DataExport, DeletionRequest
from accounts.models.roles import RoleChange
from accounts.models.user import User, UserManager

__all__ = [
    "DataExport",
    "DeletionRequest",
    "Invitation",
    "InvitationQuerySet",
    "RoleChange",
    "User",
    "UserManager",
]
