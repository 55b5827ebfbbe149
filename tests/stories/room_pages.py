"""What an open page of the room does in a browser, for the tests about telling."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stories.models import StoryPage

MP3 = b"ID3\x04\x00" + b"\x00" * 200


class OpenPage:
    """What a page of the room does in a browser: it has a name and a number of its own."""

    def __init__(self, browser, key, writer="page-1", based_on=0):
        self.browser, self.key, self.writer, self.based_on, self.edit_no = browser, key, writer, based_on, based_on + 1

    def fields(self, title, text):
        words = {"title": title, "text": text, "writer": self.writer, "based_on": self.based_on}
        return {f"p-story-{name}": value for name, value in (words | {"edit_no": self.edit_no}).items()}

    def press(self, title="", text="", act="stop", **more):
        return self.browser.post(reverse("tell", args=[self.key]), self.fields(title, text) | {"act": act} | more)

    def types(self, title="", text=""):
        answer = self.browser.post(reverse("tell_autosave", args=[self.key]), self.fields(title, text))
        if answer.status_code == 200:
            self.based_on, self.edit_no = answer.json()["edit_no"], answer.json()["edit_no"] + 1
        return answer

    @property
    def story(self):
        return StoryPage.objects.get(translation_key=self.key)


def text_of(story):
    return [block.value.source for block in story.get_latest_revision_as_object().body]


def sound(name="opname.mp3", content=MP3):
    return SimpleUploadedFile(name, content, content_type="audio/mpeg")
