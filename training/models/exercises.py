"""An exercise is a page of its own, so that any step of any module may choose it and it can be read on paper."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager

from common.fields import StreamField
from common.pages import BasePage, BasePageQuerySet
from training.blocks.prompts import PromptsBlock


class ExerciseIndexPage(BasePage):
    # Its slug is part of every exercise's address (training/urls.py), so it is not for changing.
    promote_panels = []
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.ExercisePage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of exercises")

    def full_clean(self, *args, **kwargs):
        self.slug = "oefeningen"
        super().full_clean(*args, **kwargs)


class ExercisePage(BasePage):
    intro = models.CharField(
        _("heading above the questions"), max_length=120, blank=True, help_text=_("As: What does this do to you?")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    prompts = StreamField(
        PromptsBlock(),
        verbose_name=_("questions"),
        help_text=_("Every question may be skipped. Nothing here is graded."),
    )

    objects = PageManager.from_queryset(BasePageQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("minutes"), FieldPanel("prompts")]
    parent_page_types = ["training.ExerciseIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")

    def serve_preview(self, request, mode_name):
        return import_string("training.views.preview.preview_exercise")(request, self)

    @property
    def key(self):
        """What answers know this exercise by; it survives moving, renaming and publishing anew."""
        return self.translation_key

    @cached_property
    def prompt_list(self):
        """The prompts as bound blocks, in their order."""
        return list(self.prompts)

    def prompt(self, block_id):
        """Return the prompt with `block_id`, or None."""
        return next((block for block in self.prompt_list if block.id == block_id), None)
