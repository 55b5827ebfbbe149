"""An invitation to the site: one person, one address, one role, one link that works once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import InvitationState, Role


class InvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those whose link still works at this moment (now, unless given)."""
        return self.filter(state=InvitationState.WAITING, expires_at__gt=at or timezone.now())

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """Read by who sent it and by administrators; the invited person sees the sender's name and the role.

    Of the link only a digest is kept: who reads the database can't come in with it. The row is erased with the person
    who accepted it, and `retention` erases what was never accepted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState, default=InvitationState.WAITING, editable=False
    )
    link_digest = models.CharField(max_length=64, unique=True, editable=False)
    times_sent = models.PositiveSmallIntegerField(default=1, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="sent")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_in_lower_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_for_a_known_role"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_works_for_a_while"),
            models.CheckConstraint(
                condition=Q(state=InvitationState.WAITING, ended_at__isnull=True)
                | (~Q(state=InvitationState.WAITING) & Q(ended_at__isnull=False)),
                name="invitation_ended_or_waiting",
            ),
            models.UniqueConstraint(
                "email", condition=Q(state=InvitationState.WAITING), name="one_waiting_invitation_per_address"
            ),
        ]
        indexes = [models.Index(fields=["invited_by", "-created_at"], name="invitations_of_a_sender")]

    def __str__(self):
        return f"{self.email} ({self.role})"

    def is_open(self, at=None):
        """True while the link still works."""
        return self.state == InvitationState.WAITING and self.expires_at > (at or timezone.now())

    @property
    def has_expired(self):
        return self.state == InvitationState.WAITING and self.expires_at <= timezone.now()
