from django.core.files.base import ContentFile
from django.utils.text import slugify

from media.models import Recording
from stories.models import StoryPage
from tests.factories.pages import add_page, block_id

PARAGRAPH = "<p>Ik zat bij het raam en wachtte tot er iemand kwam.</p>"


def add_story(index, title, *, storyteller="Jesse", words=PARAGRAPH, **fields):
    body = [{"type": "paragraph", "id": block_id(f"{title} 1"), "value": words}]
    fields = {"slug": slugify(title), "storyteller": storyteller, "body": body} | fields
    return add_page(index, StoryPage(title=title, **fields))


def make_recording(title="Het belletje", *, type="audio", transcript="Ring. Daar was hij.", **fields):
    fields = {"file": ContentFile(b"sound", name=f"{slugify(title)}.m4a"), "duration": 90} | fields
    return Recording.objects.create(title=title, type=type, transcript=transcript, **fields)
