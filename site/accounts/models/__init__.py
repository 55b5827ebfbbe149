from accounts.models.invitation import Invitation, InvitationQuerySet
from accounts.models.mail_stops import MailStop
from accounts.models.personal_data import DataExport, DeletionRequest
from accounts.models.roles import RoleChange
from accounts.models.user import User, UserManager

__all__ = [
    "DataExport",
    "DeletionRequest",
    "Invitation",
    "InvitationQuerySet",
    "MailStop",
    "RoleChange",
    "User",
    "UserManager",
]
