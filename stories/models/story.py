"""Experience stories: the centre of the training, told by the people who lived them."""

import random

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from common.blocks import text_of
from common.pages import BasePage, BasePageQuerySet, PublishProblem
from common.prepared import Prepared
from common.text import reading_minutes
from media.models import Recording
from stories.blocks import StoryBodyBlock
from stories.choices import Drawing


class StoryTag(TaggedItemBase):
    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")


class StoryIndexPage(BasePage):
    intro = models.TextField(_("first lines"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count = 1
    template = "pages/stories/story_index_page.html"

    class Meta:
        verbose_name = _("list of stories")

    def get_context(self, request, *args, **kwargs):
        first, last = self._get_children_path_interval(self.path)
        return super().get_context(request, *args, **kwargs) | {"stories": stories_between(first=first, last=last)}


@Prepared
def stories_between(first, last):
    return StoryPage.objects.listed().filter(path__range=(first, last))


class StoryQuerySet(BasePageQuerySet):
    def listed(self):
        """Stories that anybody may read, in the order of the tree, without the columns a list does not show."""
        return self.open().for_reading().defer("body", "search_description").order_by("path")


def new_seed():
    """A number that chooses the threads of a swatch: random, so that it says nothing about the person."""
    return random.randrange(1, 2**31)  # noqa: S311 - decoration, not a secret


class StoryPage(BasePage):
    strapline = models.CharField(_("one line under the title"), max_length=160, blank=True)
    storyteller = models.CharField(
        _("storyteller"), max_length=80, help_text=_("The name you want to be known by here. It need not be your own.")
    )
    storyteller_short = models.CharField(
        _("name with the story"),
        max_length=100,
        blank=True,
        help_text=_("As: Jesse, 24. Leave empty for the name alone."),
    )
    storyteller_line = models.CharField(
        _("one line about you"), max_length=200, blank=True, help_text=_("What readers need to know, and no more.")
    )
    body = StreamField(
        StoryBodyBlock(),
        verbose_name=_("your story"),
        help_text=_("Write as you speak. You can change everything later."),
    )
    content_note = models.CharField(
        _("before you start"),
        max_length=250,
        blank=True,
        help_text=_(
            "What the story is about and what is not in it: “This story is about waiting. There is no violence in it.”"
        ),
    )
    question = models.CharField(
        _("your question to the reader"),
        max_length=200,
        blank=True,
        help_text=_("One open question. There is no right answer to it."),
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name=_("the story as sound"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        help_text=_("You reading it aloud, or somebody you ask."),
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=20,
        choices=Drawing,
        blank=True,
        default=Drawing.NONE,
        help_text=_("One object from the story, instead of a photo."),
    )
    swatch_seed = models.PositiveIntegerField(default=new_seed, editable=False)
    minutes = models.PositiveSmallIntegerField(_("reading minutes"), default=1, editable=False)
    tags = ClusterTaggableManager(through=StoryTag, blank=True, verbose_name=_("themes"))

    objects = PageManager.from_queryset(StoryQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("content_note"),
        FieldPanel("question"),
        MultiFieldPanel(
            [
                FieldPanel("storyteller"),
                FieldRowPanel([FieldPanel("storyteller_short"), FieldPanel("storyteller_line")]),
            ],
            heading=_("Who tells"),
        ),
        MultiFieldPanel(
            [FieldPanel("strapline"), FieldPanel("drawing"), FieldPanel("recording"), FieldPanel("tags")],
            heading=_("More"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("strapline"),
        index.SearchField("storyteller"),
        index.SearchField("body"),
    ]
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    template = "pages/stories/story_page.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def publish_problems(self):
        if self.recording and self.recording.missing_words:
            return [PublishProblem("recording", self.recording.missing_words)]
        return []

    def full_clean(self, *args, **kwargs):
        self.minutes = reading_minutes(self.words)
        super().full_clean(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"neighbours": self.neighbours}

    @property
    def words(self):
        """All that the storyteller wrote in the body, as plain text."""
        return " ".join(
            text_of(block.value["text"] if block.block_type == "note" else block.value) for block in self.body
        )

    @property
    def opening(self):
        """The first three paragraphs and the first marked sentence: what the front page shows."""
        paragraphs = [block for block in self.body if block.block_type == "paragraph"]
        marked = [block for block in self.body if block.block_type == "marked"]
        return [*paragraphs[:3], *marked[:1]]

    @property
    def name_line(self):
        return self.storyteller_short or self.storyteller

    @cached_property
    def neighbours(self):
        """The stories before and after this one: `before` and `after` (None at the ends); two queries."""
        first, last = self._get_children_path_interval(self.path[: -self.steplen])
        return {
            "before": story_before.first(depth=self.depth, first=first, path=self.path),
            "after": story_after.first(depth=self.depth, last=last, path=self.path),
        }


@Prepared
def story_before(depth, first, path):
    return neighbour_of(depth).filter(path__gte=first, path__lt=path).order_by("-path")[:1]


@Prepared
def story_after(depth, last, path):
    return neighbour_of(depth).filter(path__gt=path, path__lte=last).order_by("path")[:1]


def neighbour_of(depth):
    return StoryPage.objects.open().filter(depth=depth).only("title", "url_path", "depth", "path")
