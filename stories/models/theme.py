"""Themes: one list for all stories, which co-trainers may add to."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class Theme(TagBase):
    """What a story is about, in a word or two that readers look for. Everybody in the CMS reads the list."""

    free_tagging = False

    intro = models.TextField(
        _("first lines"), max_length=400, blank=True, help_text=_("What the stories of this theme have in common.")
    )
    question = models.CharField(_("a question to the reader"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="theme_is_named_once")]

    @property
    def address(self):
        return reverse("theme", args=[self.slug])


class StoryTag(ItemBase):
    tag = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="story_tags")
    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("theme of a story")
        verbose_name_plural = _("themes of stories")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_theme_once_per_story")]
