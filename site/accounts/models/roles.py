"""What happened to people's roles: one row for each time a role was given or taken, never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role


class RoleChange(models.Model):
    """Read by administrators, and by the person whom it is about; rows are only ever added (docs/roles.md).

    Erasing a person empties `person` and `by` where they were meant; what remains says nothing about anybody.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="role_changes"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    given = models.BooleanField(_("given"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of role")
        verbose_name_plural = _("changes of roles")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(role__in=Role.values), name="role_change_of_a_known_role")]

    def __str__(self):
        return f"{self.role} {'+' if self.given else '-'}"
