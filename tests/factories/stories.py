"""Stories, with whose they are and what their storyteller said yes to."""

from datetime import timedelta
from itertools import count as counting

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from media.models import Recording
from stories.choices import PUBLISHING
from stories.domain.consent import Terms, begin_story, release_story
from stories.domain.publishing import check_story, publish_story
from stories.models import StoryPage, StoryRelease, Storyteller
from tests.factories.pages import add_page, block_id
from tests.factories.people import make_person

PARAGRAPH = "<p>Ik zat bij het raam en wachtte tot er iemand kwam.</p>"
count = counting(1)


def add_story(index, title, *, storyteller="Jesse", words=PARAGRAPH, live=True, owner=None, **fields):
    """A story of `storyteller`, told by `owner` (or an account made for it); online in the way that stories get there.

    A `live` story has the storyteller's release for every purpose for a year, and was checked by somebody else.
    """
    body = [{"type": "paragraph", "id": block_id(f"{title} 1"), "value": words}]
    fields = {"slug": slugify(title), "storyteller": storyteller, "body": body} | fields
    story = add_page(index, StoryPage(title=title, live=False, owner=owner, **fields))
    teller = owner or make_person(f"{storyteller} {next(count)}")
    begin_story(story, storytellers=[storyteller_of(teller, name=storyteller)], by=teller)
    story.save_revision(user=teller)
    return put_online(story, by=teller) if live else story


def storyteller_of(person, *, name=None):
    """Return the Storyteller of this account, made when there is none yet."""
    return Storyteller.objects.get_or_create(account=person, defaults={"name": name or person.display_name})[0]


def teller_of(story):
    """Return the account of whoever tells `story`."""
    return story.tellings.select_related("storyteller__account").first().storyteller.account


def put_online(story, *, by, **terms):
    """Release the newest words of `story`, have them checked and publish them; returns the story as it is then."""
    release_story(story, terms=make_terms(**terms), by=by)
    checked(story)
    publish_story(story, by=by)
    return StoryPage.objects.get(pk=story.pk)


def checked(story):
    """Have somebody who did not write them look at the newest words."""
    release = StoryRelease.objects.get(story=story)
    reader = User.objects.filter(email="meelezer@example.test").first() or make_person("Meelezer")
    return check_story(story, words_hash=release.latest_hash, by=reader)


def make_terms(**changed):
    until = timezone.localdate() + timedelta(days=365)
    return Terms(**({"purposes": frozenset(PUBLISHING), "until": until} | changed))


def end_consent_on(story, day):
    """Let the consent of what is online end on `day`, in the past as well: as if time had gone by."""
    StoryRelease.objects.filter(story=story).update(open_until=day, training_until=day)


def make_recording(title="Het belletje", *, type="audio", transcript="Ring. Daar was hij.", **fields):
    fields = {"file": ContentFile(b"sound", name=f"{slugify(title)}.m4a"), "duration": 90} | fields
    return Recording.objects.create(title=title, type=type, transcript=transcript, **fields)
