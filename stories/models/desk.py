"""What her room remembers of a story beside its words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryDesk(models.Model):
    """Which open page typed last, with a number that stops an older page from overwriting a newer text, and the words
    of another page that lost from it; `ends_on` is the end of a consent that its storyteller lets pass.
    """

    story = models.OneToOneField("stories.StoryPage", on_delete=models.CASCADE, related_name="desk")
    edit_no = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=36, blank=True)
    words_hash = models.CharField(max_length=64, blank=True)  # of what was typed here: other words came from elsewhere
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    other_title = models.CharField(_("title that lost"), max_length=255, blank=True)
    other_text = models.TextField(_("text that lost"), blank=True)
    ends_on = models.DateField(_("may end on"), null=True, blank=True)

    class Meta:
        verbose_name = _("desk of a story")
        verbose_name_plural = _("desks of stories")

    def __str__(self):
        return f"{self.story_id}"
