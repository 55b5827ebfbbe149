"""What stands around the words of a story: who made it, until when it may stay, and where a reader goes from there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from common.prepared import Prepared
from stories.choices import Purpose, StoryAct
from stories.models import ConsentEvent, StoryEvent
from stories.policies import readable_stories

READ_BY_TELLER = (StoryAct.AGREED, StoryAct.RELEASED)


@dataclass(frozen=True)
class About:
    """ "About this story": `until` the last day that it may be read, `is_open` whether anybody may then, and
    `on_paper` whether its storytellers let it be printed.
    """

    until: date | None
    is_open: bool
    read_back_at: datetime | None
    on_paper: bool


def about(story):
    """Return the About of a story that is read; one query, its release fetched with it."""
    read_back_at, on_paper = last_read_back.first(story=story.translation_key, words=story.words_hash) or (None, False)
    release = getattr(story, "release", None)
    return About(
        until=release and (release.open_until or release.training_until),
        is_open=bool(release and release.open_until),
        read_back_at=read_back_at,
        on_paper=on_paper,
    )


@Prepared
def last_read_back(story, words):
    events = StoryEvent.objects.filter(story_key=story, act__in=READ_BY_TELLER, words_hash=words)
    said = events.annotate(on_paper=said_yes_to_paper(story, words)).order_by("-at")
    return said.values_list("at", "on_paper")[:1]


def said_yes_to_paper(story, words):
    """Return the condition that somebody let these words be printed, and no storyteller has said no since."""
    said = ConsentEvent.objects.filter(story_key=story, purpose=Purpose.PRINT)
    yes = said.filter(is_given=True, words_hash=words)
    later = yes.filter(storyteller_key=OuterRef("storyteller_key"), at__gt=OuterRef("at"))
    return Exists(yes) & ~Exists(said.filter(is_given=False).exclude(Exists(later)))


def told_at(slug, user):
    """Return the story at this address that `user` may read, or None."""
    return readable_stories(user).filter(slug=slug).select_related(*WITH_IT).first()


WITH_IT = ("release", "recording", "film", "portrait", "own_word")
