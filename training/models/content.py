"""The training as pages: TrainingIndexPage > TrainingPage > ModulePage, and a module's steps as blocks."""

import re
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager

from common.blocks import PLAIN_FEATURES
from common.fields import StreamField
from common.pages import BasePage, BasePageQuerySet, PublishProblem
from common.prepared import Prepared
from media.models import Recording
from training.blocks.steps import StepsBlock
from training.models.steps import give_addresses, read_steps, stored_addresses


class TrainingIndexPage(BasePage):
    intro = models.TextField(_("first lines"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    # Its slug is part of every step's address (training/urls.py), so it is not for changing.
    promote_panels = []
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.TrainingPage"]
    max_count = 1
    template = "pages/training/training_index_page.html"

    class Meta:
        verbose_name = _("list of trainings")

    def full_clean(self, *args, **kwargs):
        self.slug = "training"
        super().full_clean(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"trainings": TrainingPage.objects.open().child_of(self)}


class PrincipleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("In a few words"), max_length=120)
    text = blocks.TextBlock(label=_("What that means"), max_length=400, rows=2)

    class Meta:
        icon = "order"
        label = _("Principle")


class TrainingPage(BasePage):
    strapline = models.CharField(_("one line under the title"), max_length=160, blank=True)
    intro = RichTextField(_("what it is"), features=PLAIN_FEATURES)
    for_whom = models.TextField(_("for whom"), max_length=500, blank=True)
    hours = models.CharField(
        _("hours and register points"),
        max_length=300,
        blank=True,
        help_text=_("One honest line. Promise no points that are not granted."),
    )
    makers = models.TextField(_("made by"), max_length=500, blank=True)
    principles = StreamField([("principle", PrincipleBlock())], verbose_name=_("principles"), blank=True)

    objects = PageManager.from_queryset(BasePageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        *(FieldPanel(name) for name in ("strapline", "intro", "for_whom", "hours", "makers", "principles")),
    ]
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types = ["training.ModulePage"]
    template = "pages/training/training_page.html"

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")

    @cached_property
    def modules(self):
        """The modules that who takes part may enter, in their order; one query."""
        return modules_below(self.path)

    @classmethod
    def with_modules(cls, trainings):
        """Return `trainings` as a list, with the `modules` of all of them from one query."""
        trainings = list(trainings)
        within = [Q(path__startswith=training.path) for training in trainings]
        rows = ModulePage.objects.for_members().filter(reduce(or_, within)).order_by("path") if within else []
        for training in trainings:
            training.modules = [row for row in rows if row.path[: -cls.steplen] == training.path]
        return trainings

    @property
    def principle_list(self):
        """`(number, principle)` pairs, numbered from 1 as modules refer to them."""
        return list(enumerate((block.value for block in self.principles), start=1))


def modules_below(path):
    """Return the modules of the training at `path` that who takes part may enter, in their order; one query."""
    first, last = TrainingPage._get_children_path_interval(path)
    return modules_between(depth=len(first) // TrainingPage.steplen, first=first, last=last)


@Prepared
def modules_between(depth, first, last):
    modules = ModulePage.objects.filter(depth=depth, path__range=(first, last))
    return modules.for_members().for_reading().order_by("path")


class ModuleTag(TaggedItemBase):
    content_object = ParentalKey("training.ModulePage", on_delete=models.CASCADE, related_name="tagged_items")


def numbers_only(text):
    if text and not re.fullmatch(r"\d+(\s*,\s*\d+)*", text):
        raise ValidationError(_("Write numbers with commas between, as: 8, 9."))


class ModulePage(BasePage):
    short_title = models.CharField(
        _("name in one word"), max_length=24, blank=True, help_text=_("Under the picture of the training.")
    )
    opening_question = models.CharField(
        _("opening question"),
        max_length=160,
        blank=True,
        help_text=_("A question to arrive with. It asks for no answer."),
    )
    about = models.TextField(_("what it is about"), max_length=800, blank=True)
    needs = models.TextField(_("what you need for it"), max_length=800, blank=True, help_text=_("One thing a line."))
    steps = StreamField(
        StepsBlock(),
        verbose_name=_("steps"),
        blank=True,
        help_text=_("Each step is one screen. Drag them into the order you want: nobody loses what they did."),
    )
    thread = models.TextField(
        _("the thread that runs through it"),
        max_length=600,
        blank=True,
        help_text=_("Three lines at the end of the module. The last one is a question."),
    )
    makers = models.CharField(_("made by"), max_length=200, blank=True)
    principles = models.CharField(
        _("principles"), max_length=40, blank=True, validators=[numbers_only], help_text=_("Their numbers, as: 8, 9.")
    )
    tags = ClusterTaggableManager(through=ModuleTag, blank=True, verbose_name=_("themes"))

    objects = PageManager.from_queryset(BasePageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(template="training/cms/publish_effect.html", heading=_("What publishing does")),
        FieldPanel("opening_question"),
        FieldPanel("about"),
        FieldPanel("needs"),
        FieldPanel("steps"),
        FieldPanel("thread"),
        MultiFieldPanel(
            [FieldPanel("short_title"), FieldPanel("makers"), FieldPanel("principles"), FieldPanel("tags")],
            heading=_("More"),
        ),
    ]
    parent_page_types = ["training.TrainingPage"]
    subpage_types = []
    template = "training/module.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def publish_problems(self):
        steps = self.step_list
        problems = []
        if not steps:
            problems.append(PublishProblem("steps", _("A module needs at least one step.")))
        elif not any(step.story_id for step in steps):
            problems.append(
                PublishProblem(
                    "steps",
                    _(
                        "A module needs a story: choose one in at least one step. "
                        "Learning starts with what somebody lived through."
                    ),
                )
            )
        recordings = Recording.objects.in_bulk([step.recording_id for step in steps if step.recording_id])
        problems += [
            PublishProblem("steps", recording.missing_words)
            for recording in recordings.values()
            if recording.missing_words
        ]
        return problems

    def full_clean(self, *args, **kwargs):
        stored = ModulePage.objects.filter(pk=self.pk).first() if self.pk else None
        give_addresses(self.steps, *stored.addresses_given() if stored else [{}])
        super().full_clean(*args, **kwargs)

    def addresses_given(self):
        """Return what is stored of this module: `{block id: slug}` of what is or was online, ids in its draft alone."""
        online = stored_addresses(self.steps) if self.live or self.first_published_at else {}
        draft = self.get_latest_revision_as_object().steps if self.latest_revision_id else ()
        return online, (stored_addresses(draft).keys() - online.keys() if draft else set())

    # ── how the module stands ──
    @cached_property
    def step_list(self):
        """The module's steps as Step values; no query."""
        return read_steps(self.steps)

    @property
    def step_keys(self):
        return [step.key for step in self.step_list]

    @property
    def key(self):
        """What progress and answers know this module by: it survives moving, renaming and publishing anew."""
        return self.translation_key

    @property
    def minutes(self):
        return sum(step.minutes for step in self.step_list)

    @property
    def beside(self):
        """All modules of its training, itself included, that who takes part may enter; one query."""
        return modules_below(self.path[: -self.steplen])

    @property
    def training_slug(self):
        parts = (self.url_path or "").strip("/").split("/")
        return (
            parts[-2] if len(parts) > 1 else "nieuw"
        )  # a module that is previewed before it is first stored has no path yet

    @property
    def need_list(self):
        return self.needs.splitlines()

    @property
    def thread_lines(self):
        return self.thread.splitlines()

    @property
    def principle_numbers(self):
        return [int(number) for number in re.findall(r"\d+", self.principles)]

    @property
    def name_in_picture(self):
        return self.short_title or self.title

    def step_at(self, slug):
        """Return the Step with `slug`, or None."""
        return next((step for step in self.step_list if step.slug == slug), None)

    @cached_property
    def module_address(self):
        return reverse("training:module", args=[self.training_slug, self.slug])

    @property
    def end_address(self):
        return reverse("training:module_end", args=[self.training_slug, self.slug])

    # ── preview: the module and each of its steps, with nothing kept ──
    @property
    def preview_modes(self):
        return [("", _("The module")), *((step.slug, f"{step.number}. {step.title}") for step in self.step_list)]

    def serve_preview(self, request, mode_name):
        return import_string("training.views.preview.preview_module")(request, self, mode_name)
