"""Interviews with professionals about their work, and what they write themselves: beside the stories, never above."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import PageManager
from wagtail.search import index

from common.fields import StreamField
from common.pages import BasePage, BasePageQuerySet, PublishProblem
from common.text import reading_minutes
from media.blocks import recordings_in
from media.models import Recording
from stories.blocks import plain_words
from stories.choices import ArticleKind
from stories.models.theme import Theme
from stories.panels import ThemedForm
from stories.professional_blocks import ProfessionalBodyBlock
from stories.stems import stems_of

OWN_IDS = frozenset({"content", "title", "contents", "first", "ask", "checked"})  # of the page itself, so no heading's

TEMPLATE = "pages/stories/professional_page.html"  # of both kinds; Wagtail gives each type one of its own otherwise


@dataclass(frozen=True)
class Piece:
    """One block of a page with the `anchor` it is linked by; `start` is the number of the first of its principles."""

    block: StreamValue.StreamChild
    anchor: str
    start: int = 1


class ProfessionalIndexPage(BasePage):
    intro = models.TextField(_("first lines"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.InterviewPage", "stories.ArticlePage"]
    max_count = 1
    template = "pages/stories/professional_index_page.html"

    class Meta:
        verbose_name = _("list of interviews and articles")


class ProfessionalQuerySet(BasePageQuerySet):
    def listed(self):
        """Pages that anybody may read, in the order of the tree, without the columns a list does not show."""
        return self.open().for_reading().defer("body", "search_description").order_by("path")

    def named(self):
        """No more of them than their name and address."""
        return self.open().only("title", "url_path", "depth", "path").order_by("path")


class ProfessionalPage(BasePage):
    """What interviews and articles share. A subclass says whose words they are: `byline` and `about_person`."""

    base_form_class = ThemedForm

    strapline = models.CharField(_("one line under the title"), max_length=160, blank=True)
    recording = models.ForeignKey(
        Recording,
        verbose_name=_("film or sound that comes first"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(class)ss",
        help_text=_("With its captions and its words, written out: they stand below it, for who rather reads."),
    )
    body = StreamField(ProfessionalBodyBlock(), verbose_name=_("text"), blank=True)
    question = models.CharField(
        _("last question to the reader"),
        max_length=200,
        blank=True,
        help_text=_("One open question. There is no right answer to it."),
    )
    credits = models.CharField(
        _("who made it"), max_length=250, blank=True, help_text=_("As: Karim asked the questions, Noor read along.")
    )
    checked_on = models.DateField(
        _("last checked on"), null=True, blank=True, help_text=_("When somebody last looked whether it is still right.")
    )
    checked_by = models.CharField(_("last checked by"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("reading minutes"), default=1, editable=False)

    objects = PageManager.from_queryset(ProfessionalQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("strapline"),
        index.SearchField("body"),
        index.SearchField("stems"),
    ]
    parent_page_types = ["stories.ProfessionalIndexPage"]
    subpage_types = []

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        self.minutes = reading_minutes(plain_words(self.body))
        super().full_clean(*args, **kwargs)

    def publish_problems(self):
        """Return what is missing: captions and transcripts, here or in the text. Pictures always have theirs."""
        first = [("recording", self.recording)] if self.recording else []
        spoken = [*first, *(("body", one) for one in recordings_in(self.body))]
        return [PublishProblem(name, one.missing_words) for name, one in spoken if one.missing_words]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"neighbours": self.neighbours}

    @cached_property
    def pieces(self):
        """The blocks of the text, each as a Piece: headings and sentences that can be linked to keep their address."""
        taken, pieces, number = set(OWN_IDS), [], 1
        for block in self.body:
            pieces.append(Piece(block, self._anchor(block, taken), number))
            number += len(block.value["principles"]) if block.block_type == "principles" else 0
        return pieces

    def _anchor(self, block, taken):
        if block.block_type != "heading":
            return f"d-{block.id[:8]}"
        base = slugify(block.value)[:60].strip("-") or "deel"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        return name

    @property
    def contents(self):
        """The Pieces that are headings; none when there is but one."""
        headings = [piece for piece in self.pieces if piece.block.block_type == "heading"]
        return headings if len(headings) > 1 else []

    @property
    def stems(self):
        """What search finds the page by: each word in its stem."""
        return stems_of(" ".join([self.title, self.strapline, self.byline, plain_words(self.body)]))

    @property
    def print_address(self):
        return reverse("professional_on_paper", args=[self.slug])

    @cached_property
    def neighbours(self):
        """The pages `before` and `after` this one (None at the ends); a query for each kind of page."""
        first, last = self._get_children_path_interval(self.path[: -self.steplen])
        beside = [model.objects.named().filter(path__range=(first, last)) for model in (InterviewPage, ArticlePage)]
        pages = sorted((page for found in beside for page in found if page.pk != self.pk), key=lambda page: page.path)
        before = [page for page in pages if page.path < self.path]
        after = [page for page in pages if page.path > self.path]
        return {"before": before[-1] if before else None, "after": after[0] if after else None}


def page_panels(whose):
    """Return the panels of a page that begins with `whose` words they are."""
    return [
        *BasePage.content_panels,
        FieldPanel("strapline"),
        *whose,
        FieldPanel("recording"),
        FieldPanel("body"),
        FieldPanel("question"),
        MultiFieldPanel(
            [
                FieldPanel("tags"),
                FieldPanel("credits"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
            ],
            heading=_("About this page"),
        ),
    ]


class InterviewTag(ItemBase):
    tag = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="interview_tags")
    content_object = ParentalKey("stories.InterviewPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("theme of an interview")
        verbose_name_plural = _("themes of interviews")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_theme_once_per_interview")]


class InterviewPage(ProfessionalPage):
    person = models.CharField(_("who speaks"), max_length=80, help_text=_("A first name is enough."))
    function = models.CharField(_("what their work is"), max_length=120, blank=True)
    organisation = models.CharField(_("where they work"), max_length=120, blank=True)
    tags = ClusterTaggableManager(through=InterviewTag, blank=True, verbose_name=_("themes"))

    content_panels = page_panels(
        [
            MultiFieldPanel(
                [FieldPanel("person"), FieldRowPanel([FieldPanel("function"), FieldPanel("organisation")])],
                heading=_("Who speaks"),
            )
        ]
    )
    search_fields = [*ProfessionalPage.search_fields, index.SearchField("person")]
    template = TEMPLATE
    kind_label = _("Interview")

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    @property
    def byline(self):
        return self.person

    @property
    def about_person(self):
        return ", ".join(part for part in (self.function, self.organisation) if part)


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="article_tags")
    content_object = ParentalKey("stories.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("theme of an article")
        verbose_name_plural = _("themes of articles")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_theme_once_per_article")]


class ArticlePage(ProfessionalPage):
    author = models.CharField(_("who wrote it"), max_length=80)
    author_line = models.CharField(_("what their work is"), max_length=160, blank=True)
    written_on = models.DateField(_("written on"), null=True, blank=True)
    kind = models.CharField(_("what it is"), max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("themes"))

    content_panels = page_panels(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("author"), FieldPanel("author_line")]),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("written_on")]),
                ],
                heading=_("Who wrote it"),
            )
        ]
    )
    search_fields = [*ProfessionalPage.search_fields, index.SearchField("author")]
    template = TEMPLATE

    class Meta:
        verbose_name = _("article by a professional")
        verbose_name_plural = _("articles by professionals")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ArticleKind.values), name="article_kind_is_known")
        ]

    @property
    def kind_label(self):
        return self.get_kind_display()

    @property
    def byline(self):
        return self.author

    @property
    def about_person(self):
        return self.author_line
