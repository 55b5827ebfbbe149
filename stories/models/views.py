"""How often a page was read: a number a day, and nothing about anybody.

docs/decisions/counting-without-tracking.md says how.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageViews(models.Model):
    """How often one page was opened on one day."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="views_a_day")
    day = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views of days")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_a_page_and_day")]

    def __str__(self):
        return f"{self.page_id} {self.day}: {self.number}"
