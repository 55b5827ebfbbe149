"""The room of who tells: their stories with where each of them is, and what other apps show beside them."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.text import sentence_list
from stories.choices import StoryState
from stories.domain.states import Standing, day, people_on, standing_of
from stories.domain.telling import may_begin
from stories.models import CoWriter, StoryEvent, StoryPage

_panels, _places = [], []


def add_to_room(panel):
    """Register `panel(user) -> dict` whose entries join the context of the room: `headline` for its first words,
    `reads` as {pk of a story: how often it was read}, and whatever `stories/room_cards.html` shows.
    """
    if panel not in _panels:
        _panels.append(panel)


def add_places(places):
    """Register `places(stories) -> {pk of a story: [sentence]}`: where an upper app uses them."""
    if places not in _places:
        _places.append(places)


def way_to_room(user):
    """The way from an account to the room: who has no role any more, or decides for another, finds it there too."""
    return [(reverse("room"), _("My room"), _("Your stories, and your cards"))] if may_begin(user) else []


def room_panels(user):
    context = {}
    for panel in _panels:
        context |= panel(user)
    return context


@dataclass(frozen=True)
class Line:
    """One story in the room; `for_whom` is the name of the storyteller when somebody else looks for them."""

    story: StoryPage
    standing: Standing
    where: list = field(default_factory=list)
    for_whom: str = ""
    consent: str = ""

    @property
    def title(self):
        return self.story.draft_title or self.story.title

    @property
    def is_draft_only(self):
        return not self.story.first_published_at and not self.story.release.online_hash


# ── Whose stories ──────────────────────────────────────────────────────────────
def stories_told_by(user):
    """The stories `user` decides about, the newest first, with all that their lines need: four queries."""
    return _with_people(StoryPage.objects.told_by(user)).order_by("-latest_revision_created_at", "-pk")


def story_at(user, key):
    """Return the story with this key for who decides about it or writes along, else None."""
    return _with_people(StoryPage.objects.worked_on_by(user)).filter(translation_key=key).first()


def stories_read_along(user):
    """Return the stories that `user` was asked to read along with and that are not their own."""
    asked = CoWriter.objects.invited().filter(person=user).exclude(story__in=StoryPage.objects.told_by(user))
    asked = asked.exclude(story__release__withdrawn_at__isnull=False)
    return list(asked.select_related("story").defer("story__body").order_by("until"))


def _with_people(stories):
    co_writers = CoWriter.objects.select_related("person").order_by("invited_at")
    return (
        stories.filter(release__isnull=False)
        .select_related("release__written_by")
        .prefetch_related("tellings__storyteller__support", Prefetch("co_writers", co_writers))
        .defer("body")
    )


def lines_of(user, today=None):
    """Return a Line for each story that `user` decides about: what asks something of her first, what is away last."""
    stories = list(stories_told_by(user))
    used = places_of(stories)
    return sorted((line_of(story, user, used.get(story.pk, []), today) for story in stories), key=_turn)


def _turn(line):
    standing = line.standing
    waits = standing.asks_to_stay or standing.state == StoryState.READ_BACK
    return 0 if waits else 2 if standing.state == StoryState.WITHDRAWN else 1


def line_of(story, user, used=(), today=None):
    return Line(
        story,
        standing_of(story, today),
        where_it_is(story, user, used),
        for_whom(story, user),
        consent_of(story, today),
    )


def places_of(stories):
    found = {}
    for places in _places:
        for pk, sentences in places(stories).items():
            found.setdefault(pk, []).extend(sentences)
    return found


def for_whom(story, user):
    """Return the name of the storyteller for whom `user` decides as a proxy, else nothing."""
    tellers = [telling.storyteller for telling in story.tellings.all()]
    if any(one.account_id == user.pk for one in tellers):
        return ""
    return next((one.name for one in tellers if one.proxy_id == user.pk), "")


# ── Facts ──────────────────────────────────────────────────────────────────────
def consent_of(story, today=None):
    """Return the sentence that says until when, or nothing where nothing was released."""
    until, today = story.release.until, today or timezone.localdate()
    if until is None or until < today:
        return ""
    left = (until - today).days
    if left == 0:
        return _("Until %(day)s, that is today.") % {"day": day(until)}
    if left == 1:
        return _("Until %(day)s, that is tomorrow.") % {"day": day(until)}
    return _("Until %(day)s, %(left)s days more.") % {"day": day(until), "left": left}


def where_it_is(story, user, used=()):
    """Return the sentences that say who can read it now, and where it is used."""
    release, today = story.release, timezone.localdate()
    sentences = []
    if release.open_until and release.open_until >= today:
        sentences.append(_("On the website, for everybody."))
    if release.training_until and release.training_until >= today:
        sentences.append(_("In the training, for who takes part."))
        sentences += used
    if not sentences:
        sentences.append(_("Nowhere yet.") if not release.online_hash else _("Nowhere at this moment."))
    if release.state != StoryState.ONLINE or release.latest_hash != release.online_hash:
        sentences.append(who_sees_draft(story, user))
    return sentences


def who_sees_draft(story, user):
    """Return who sees the newest words now, as `user` is told it."""
    if story.release.withdrawn_at:
        return _("Nobody sees it.")
    others = [*_other_deciders(story, user), *people_on(story)]
    if not others:
        return _("Only you see it.")
    return _("You and %(names)s see it, and nobody else.") % {"names": sentence_list(others, _("and"))}


def _other_deciders(story, user):
    tellers = [telling.storyteller for telling in story.tellings.all()]
    names = [one.name for one in tellers if one.account_id and one.account_id != user.pk]
    proxies = User.objects.filter(pk__in=[one.proxy_id for one in tellers if one.proxy_id not in (None, user.pk)])
    return [*names, *(person.get_short_name() for person in proxies)] if any(one.proxy_id for one in tellers) else names


# ── What happened ──────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Happened:
    """One event in plain words: `who` is a name, "you" or nothing for the clock."""

    at: object
    what: str
    who: str
    as_proxy: bool


def history_of(story, user):
    """Return what happened to the story, the newest first; two queries. For who decides about it."""
    events = list(StoryEvent.objects.of_story(story).order_by("-at", "-pk"))
    people = User.objects.filter(uuid__in={event.by_key for event in events if event.by_key})
    names = {person.uuid: person.display_name for person in people} | {user.uuid: _("you")}
    return [
        Happened(event.at, event.get_act_display(), names.get(event.by_key, ""), event.as_proxy) for event in events
    ]
