"""What stands around the words of a story: who made it, until when it may stay, and where a reader goes from there."""

from dataclasses import dataclass
from datetime import date, datetime

from stories.choices import StoryAct
from stories.models import StoryEvent
from stories.policies import readable_stories

READ_BY_TELLER = (StoryAct.AGREED, StoryAct.RELEASED)


@dataclass(frozen=True)
class About:
    """ "About this story": `open_until` the last day on the website, or None when it is told for the training alone."""

    until: date | None
    is_open: bool
    read_back_at: datetime | None


def about(story):
    """Return the About of a story that is read; one query, its release fetched with it."""
    events = StoryEvent.objects.of_story(story).filter(act__in=READ_BY_TELLER, words_hash=story.words_hash)
    last = events.order_by("-at").values_list("at", flat=True).first()
    release = getattr(story, "release", None)
    return About(
        until=release and (release.open_until or release.training_until),
        is_open=bool(release and release.open_until),
        read_back_at=last,
    )


def told_at(slug, user):
    """Return the story at this address that `user` may read, or None."""
    return readable_stories(user).filter(slug=slug).select_related(*WITH_IT).first()


WITH_IT = ("release", "recording", "film", "portrait", "own_word")
