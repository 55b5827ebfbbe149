"""What is said of a story in its storyteller's room: what it is, what happens next, and who is waiting."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import sentence_list
from stories.choices import StoryState
from stories.domain.consent import is_released_by_all
from stories.domain.cowriter_mail import asked_to_check
from stories.domain.cowriters import remarks_on
from stories.models import StoryDesk

LABELS = {
    StoryState.DRAFT: gettext_lazy("Being made."),
    StoryState.READ_BACK: gettext_lazy("To read back."),
    StoryState.RESTING: gettext_lazy("Resting."),
    StoryState.READY: gettext_lazy("Ready to be put online."),
    StoryState.ONLINE: gettext_lazy("Online."),
    StoryState.PAUSED: gettext_lazy("On pause."),
    StoryState.WITHDRAWN: gettext_lazy("Taken away."),
    StoryState.EXPIRED: gettext_lazy("Ended."),
}


@dataclass(frozen=True)
class Standing:
    """Where a story is today: `state` is what the room goes by, `label` and `next` are the two halves of its line."""

    state: str
    label: str
    next: str
    asks_to_stay: bool = False
    lets_end: bool = False


def standing_of(story, today=None):
    """Return the Standing of a story fetched with `release` and `co_writers`; queries only where a consent ends soon
    (its desk), and where it waits for a second pair of eyes (who was asked, and what they said).
    """
    today = today or timezone.localdate()
    release = story.release
    state = StoryState.EXPIRED if _has_ended(release, today) else StoryState(release.state)
    asks = state == StoryState.ONLINE and release.until - today <= timedelta(days=settings.STORY_ASKED_AGAIN_DAYS)
    lets_end = asks and lets_it_end(story)
    sentence = _on_its_end(release, lets_end) if asks else NEXT[state](story, release, today)
    return Standing(state, LABELS[state], sentence, asks and not lets_end, lets_end)


def lets_it_end(story):
    return StoryDesk.objects.filter(story_id=story.pk, ends_on=story.release.until).exists()


def day(date):
    """Return a date as people say it: 14 January, with the year when it is another one."""
    same = date.year == timezone.localdate().year
    return date_format(date, "MONTH_DAY_FORMAT" if same else "DATE_FORMAT")


def people_on(story):
    """Return the first names of who may see the draft beside its storytellers, from what was fetched."""
    return [person.get_short_name() for person in readers_of(story)]


def readers_of(story):
    """Return who may see the draft beside its storytellers, from what was fetched."""
    today = timezone.localdate()
    return [one.person for one in story.co_writers.all() if one.until >= today and one.person.is_active]


def checkers_of(story):
    """Return who may be asked to look for other people: nobody checks words of their own."""
    return [person for person in readers_of(story) if person.pk != story.release.written_by_id]


def _has_ended(release, today):
    """True for what was online until a day that has passed: readers don't see it, whatever the nightly work did."""
    return release.state == StoryState.ONLINE and not release.is_in_force(today)


def _on_its_end(release, lets_end):
    if lets_end:
        return _("Nobody is waiting. You let it stop: it goes offline by itself after %(day)s.") % {
            "day": day(release.until)
        }
    return _("We wait for you. If you say nothing, it goes offline by itself after %(day)s.") % {
        "day": day(release.until)
    }


# ── One sentence for each state ────────────────────────────────────────────────
def _draft(story, release, today):
    sentence = _("Nobody is waiting. Go on when you like.")
    return f"{sentence} {_older_stays()}" if release.is_in_force(today) else sentence


def _read_back(story, release, today):
    reader = _last_reader(story, release)
    if reader:
        return _("%(name)s worked on your story and waits for you: is it right like this?") % {"name": reader}
    return _("The words were changed. We wait for you: is it right like this?")


def _last_reader(story, release):
    if release.written_by_id and not any(
        telling.storyteller.speaks_for(release.written_by) for telling in story.tellings.all()
    ):
        return release.written_by.get_short_name()
    return next(iter(people_on(story)), "")


def _resting(story, release, today):
    if release.resting_until and release.resting_until > today:
        return _("You agreed with the words. Let it be until %(day)s, then choose who may read it. Sooner is fine.") % {
            "day": day(release.resting_until)
        }
    return _("It has been let be long enough. It waits for you: choose who may read it.")


def _ready(story, release, today):
    if not is_released_by_all(release, release.latest_hash):
        return _("You released it. It waits for the other storyteller.")
    if release.is_checked:
        return _("Everything is done. It waits for you: press “Put online” when you want to.")
    return _unchecked(story)


def _unchecked(story):
    """Who is waited for is who was asked by her; being let to read along is not being asked to look."""
    able = checkers_of(story)
    if not able:
        return _("Somebody else still has to look whether nobody can be recognised. Choose who.")
    said = _said_something(story, able)
    if said:
        return _("%(names)s asks you to look at something once more. We wait for you.") % {"names": said}
    asked = [person for person in asked_to_check(story) if person in able]
    if asked:
        return _("It waits for %(names)s, who looks whether nobody can be recognised.") % {"names": _names(asked)}
    return _("We wait for you: ask %(names)s to look whether nobody can be recognised.") % {"names": _names(able)}


def _said_something(story, people):
    """Return the first name of who said something last that she has not put away, else nothing."""
    said = [remark.user for remark in remarks_on(story) if remark.user in people]
    return said[-1].get_short_name() if said else ""


def _names(people):
    return sentence_list([person.get_short_name() for person in people], _("or"))


def _online(story, release, today):
    return _("Nobody is waiting. It stays until %(day)s.") % {"day": day(release.until)}


def _paused(story, release, today):
    return _("Nobody can read it now. Put it online again when you like.")


def _withdrawn(story, release, today):
    return _("Nobody can read or hear it any more.")


def _expired(story, release, today):
    return _("Your consent is over, so nobody can read it. Release it once more if you want it back.")


def _older_stays():
    return _("What is online stays as it is until you put the new words there.")


NEXT = {
    StoryState.DRAFT: _draft,
    StoryState.READ_BACK: _read_back,
    StoryState.RESTING: _resting,
    StoryState.READY: _ready,
    StoryState.ONLINE: _online,
    StoryState.PAUSED: _paused,
    StoryState.WITHDRAWN: _withdrawn,
    StoryState.EXPIRED: _expired,
}
