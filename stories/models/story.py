"""Experience stories: the centre of the training, told by the people who lived them."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import get_field_value
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageManager, PagePermissionTester
from wagtail.search import index

from common.fields import StreamField
from common.pages import BasePage, BasePageQuerySet, PublishProblem
from common.prepared import Prepared
from common.refusals import Refused
from common.text import reading_minutes
from home.models import Term
from media.blocks import recordings_in
from media.models import Image, Recording
from stories.blocks import StoryBodyBlock, plain_words
from stories.choices import Drawing, Relation, Setting
from stories.models.release import NOT_RELEASED, StoryRelease
from stories.models.storyteller import new_seed
from stories.models.theme import StoryTag
from stories.panels import STORY_PREVIEW_MODES, STORY_PREVIEW_SIZES, story_tabs
from stories.stems import stems_of
from stories.words import RELEASED_FIELDS, hash_of


class StoryIndexPage(BasePage):
    intro = models.TextField(_("first lines"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count = 1
    template = "pages/stories/story_index_page.html"

    class Meta:
        verbose_name = _("list of stories")

    def stories(self):
        """Return the stories of this list that anybody may read; one query."""
        first, last = self._get_children_path_interval(self.path)
        return stories_between(first=first, last=last, today=timezone.localdate())


@Prepared
def stories_between(first, last, today):
    return StoryPage.objects.listed(today).filter(path__range=(first, last))


class NotReleased(Refused):
    """A story was to go online without the release of its storyteller for these words.

    The CMS answers it with its sentence, whatever screen it was that asked (common/cms/guard.py).
    """


class StoryQuerySet(BasePageQuerySet):
    """What of the stories is visible to whom: lists, search, feeds, steps, counts and media all ask here.

    A story is read in the words that its storyteller released, on a day that the consent lasts, and no others.
    """

    def open(self, today=None):
        """Stories that anybody may read."""
        return super().open().released(today=today)

    def for_members(self, today=None):
        """Stories that who takes part in a training may read: the open ones and those told for the training."""
        return super().for_members().released(takes_part=True, today=today)

    def released(self, *, takes_part=False, today=None):
        """Stories whose words online are those that were released, on a day that the consent lasts: for anybody, or
        for who `takes_part` in a training as well.
        """
        today = today or timezone.localdate()
        lasts = Q(release__open_until__gte=today)
        if takes_part:
            lasts |= Q(release__training_until__gte=today)
        return self.filter(lasts, release__online_hash=F("words_hash"))

    def visible_to(self, user, *, takes_part, today=None):
        """Stories that `user` may read; `takes_part` says whether they follow or lead a training."""
        if not user.is_authenticated:
            return self.open(today)
        return super().for_members().released(takes_part=takes_part, today=today)

    def told_by(self, user):
        """Stories of the storytellers that `user` speaks for, in whatever state."""
        mine = Q(tellings__storyteller__account=user) | Q(tellings__storyteller__proxy=user)
        return self.filter(pk__in=StoryPage.objects.filter(mine).values("pk"))

    def worked_on_by(self, user, today=None):
        """Stories that `user` may see as drafts: their own, and those they were invited to write along with."""
        invited = Q(co_writers__person=user, co_writers__until__gte=today or timezone.localdate())
        mine = Q(tellings__storyteller__account=user) | Q(tellings__storyteller__proxy=user)
        return self.filter(pk__in=StoryPage.objects.filter(mine | invited).values("pk"))

    def named_to(self, user):
        """Stories whose titles stand in the CMS for `user`: those that are read today, and those they work on."""
        known = Q(pk__in=StoryPage.objects.for_members().values("pk"))
        return self.filter(known | Q(pk__in=StoryPage.objects.worked_on_by(user).values("pk")))

    def listed(self, today=None):
        """Stories that anybody may read, in the order of the tree, without the columns a list does not show."""
        return self.open(today).for_reading().defer("body", "search_description").order_by("path")


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
    own_word = models.ForeignKey(
        Term,
        verbose_name=_("the word that you use"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For who got help. Empty: the word of the site."),
    )
    relation = models.CharField(_("who tells"), max_length=20, choices=Relation, blank=True)
    setting = models.CharField(_("where it happened"), max_length=20, choices=Setting, blank=True)
    content_note = models.CharField(
        _("what it is about"), max_length=250, blank=True, help_text=_("As: This story is about waiting.")
    )
    note_absent = models.CharField(
        _("what is not in it"), max_length=120, blank=True, help_text=_("As: There is no violence in it.")
    )
    note_end = models.CharField(_("how it ends"), max_length=120, blank=True, help_text=_("As: It ends well."))
    short_version = models.TextField(
        _("short version"),
        max_length=800,
        blank=True,
        help_text=_("The story in 80 easy words, for who wants to know first what is coming."),
    )
    wanted = models.TextField(
        _("what I would have wanted"), max_length=600, blank=True, help_text=_("What would have helped you then?")
    )
    made_by = models.CharField(
        _("who made it"),
        max_length=200,
        blank=True,
        help_text=_("As: Noor wrote it herself, together with Fatma. The names were changed."),
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
    film = models.ForeignKey(
        Recording,
        verbose_name=_("the story as film"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="filmed_stories",
    )
    portrait = models.ForeignKey(
        Image,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        help_text=_("Only if you want one. Without a photo your story has its own drawing."),
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
    words_hash = models.CharField(max_length=64, default="", blank=True, editable=False)  # of what stands online
    tags = ClusterTaggableManager(through=StoryTag, blank=True, verbose_name=_("themes"))

    objects = PageManager.from_queryset(StoryQuerySet)()

    edit_handler = story_tabs()
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("strapline"),
        index.SearchField("storyteller"),
        index.SearchField("body"),
        index.SearchField("stems"),
    ]
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    template = "pages/stories/story_page.html"
    goes_online_by_approval = False  # its storyteller puts it online
    preview_modes = STORY_PREVIEW_MODES
    preview_sizes = STORY_PREVIEW_SIZES
    default_preview_size = "phone"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def publish_problems(self):
        """What these words still wait for: their release and a second pair of eyes, and captions and transcripts."""
        waiting = self.release.missing_for(self.hash_words()) if hasattr(self, "release") else [NOT_RELEASED]
        in_body = (("body", one) for one in recordings_in(self.body))
        spoken = [("recording", self.recording), ("film", self.film), *in_body]
        return [
            *(PublishProblem("title", sentence) for sentence in waiting),
            *(PublishProblem(name, one.missing_words) for name, one in spoken if one and one.missing_words),
        ]

    def full_clean(self, *args, **kwargs):
        self.minutes = reading_minutes(self.words)
        super().full_clean(*args, **kwargs)

    def save(self, *args, update_fields=None, **kwargs):
        """Raises NotReleased when words without a release would go online. Copies that follow a story stay offline."""
        if update_fields is None:
            self.words_hash = self.hash_words()
            self.live = self.live and not self.alias_of_id
        if self.live and (update_fields is None or "live" in update_fields):
            self._refuse_unreleased()
        super().save(*args, update_fields=update_fields, **kwargs)
        if not self.first_published_at:  # an address that nobody ever read leads nowhere, least of all to a newer title
            transaction.on_commit(lambda: Redirect.objects.filter(redirect_page=self.pk).delete())

    def _refuse_unreleased(self):
        if StoryPage.objects.filter(pk=self.pk, live=True, words_hash=self.words_hash).exists():
            return  # nothing new goes online; whether it may be read, readers' lists ask every time
        if not StoryRelease.objects.in_force().filter(story=self.pk, online_hash=self.words_hash).exists():
            raise NotReleased(_("A story goes online when its storyteller has released these words."))

    def permissions_for_user(self, user):
        return StoryRights(user, self)

    def get_admin_display_title(self):
        """What chose a story goes on showing it to its editors, also when it is on pause, has ended or was taken
        away: then without its title.
        """
        user = get_active_log_context().user
        if user is None or user.is_superuser or (user.is_authenticated and self._is_named_to(user)):
            return super().get_admin_display_title()
        return gettext("A story that is not online now")

    def _is_named_to(self, user):
        """One query for all that are; what `user` knows is kept for this request."""
        if self.pk not in getattr(user, "stories_named", ()):
            user.stories_named = set(StoryPage.objects.named_to(user).values_list("pk", flat=True))
        return self.pk in user.stories_named

    def serve_preview(self, request, mode_name):
        request.on_paper = mode_name == "print"  # components/styles.html shows the sheet for paper on the screen
        return super().serve_preview(request, mode_name)

    def hash_words(self):
        """Return the fingerprint of the words as they stand in this object (stories/words.py)."""
        return hash_of({name: get_field_value(self._meta.get_field(name), self) for name in RELEASED_FIELDS})

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"neighbours": self.neighbours}

    @property
    def words(self):
        """All that the storyteller wrote in the body, as plain text."""
        return plain_words(self.body)

    @property
    def stems(self):
        """What search finds the story by: each word in its stem."""
        return stems_of(" ".join([self.title, self.strapline, self.storyteller, self.short_version, self.words]))

    def passages(self):
        """Yield `(anchor, plain text)` of each piece of the body that holds words."""
        for block in self.body:
            text = " ".join(" ".join(block.block.get_searchable_content(block.value)).split())
            if text:
                yield f"d-{block.id[:8]}", text

    def telling_passage(self):
        """Return `(anchor, plain text)` of the paragraph before the sentence that matters, else of the first one."""
        kinds = {f"d-{block.id[:8]}": block.block_type for block in self.body}
        paragraph = None
        for anchor, text in self.passages():
            if kinds[anchor] == "marked" and paragraph:
                return paragraph
            if kinds[anchor] == "paragraph":
                paragraph = (anchor, text)
        return next(self.passages(), ("", ""))

    @property
    def opening(self):
        """The first three paragraphs and the first marked sentence: what the front page shows."""
        paragraphs = [block for block in self.body if block.block_type == "paragraph"]
        marked = [block for block in self.body if block.block_type == "marked"]
        return [*paragraphs[:3], *marked[:1]]

    @property
    def has_note(self):
        return bool(self.content_note or self.note_absent or self.note_end)

    @property
    def name_line(self):
        return self.storyteller_short or self.storyteller

    @cached_property
    def neighbours(self):
        """The stories before and after this one: `before` and `after` (None at the ends); two queries."""
        first, last = self._get_children_path_interval(self.path[: -self.steplen])
        here = {"depth": self.depth, "path": self.path, "today": timezone.localdate()}
        return {"before": story_before.first(first=first, **here), "after": story_after.first(last=last, **here)}


class StoryRights(PagePermissionTester):
    """What somebody may do with a story in the CMS: its storyteller and who she invited edit it, nobody else meets it.

    Going online, off it and away are her acts in her own room (domain/publishing.py), so no screen of the CMS has them.
    """

    @cached_property
    def works_on_it(self):
        return self.user.is_active and StoryPage.objects.worked_on_by(self.user).filter(pk=self.page.pk).exists()

    def can_edit(self):
        return self.user.is_superuser or self.works_on_it

    def can_publish(self):
        return False

    def can_unpublish(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return False

    def can_move(self):
        return False

    def can_copy(self):
        return False

    def can_lock(self):
        return False

    def can_submit_for_moderation(self):
        return self.works_on_it and super().can_submit_for_moderation()


@Prepared
def story_before(depth, first, path, today):
    return neighbour_of(depth, today).filter(path__gte=first, path__lt=path).order_by("-path")[:1]


@Prepared
def story_after(depth, last, path, today):
    return neighbour_of(depth, today).filter(path__gt=path, path__lte=last).order_by("path")[:1]


def neighbour_of(depth, today):
    return StoryPage.objects.open(today).filter(depth=depth).only("title", "url_path", "depth", "path")
