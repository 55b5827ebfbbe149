"""What a story is made of. Words of the storyteller stand in the story's letter, words of the platform in its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"features": ["bold", "italic"]} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")


class MarkedBlock(blocks.TextBlock):
    class Meta:
        icon = "openquote"
        label = _("The sentence that matters")
        help_text = _("One sentence, marked in yellow. One or two in a story is enough.")
        template = "stories/blocks/marked.html"
        max_length = 250
        rows = 2


class PauseBlock(blocks.TextBlock):
    class Meta:
        icon = "time"
        label = _("Pause here")
        help_text = _("A short question or thought for the reader, in the words of the training.")
        template = "stories/blocks/pause.html"
        max_length = 250
        rows = 2


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Who and when"), max_length=80, help_text=_("As: Noor, a year later."))
    text = blocks.TextBlock(label=_("What you want to say now"), max_length=600, rows=3)

    class Meta:
        icon = "edit"
        label = _("A later note of the storyteller")
        template = "stories/blocks/note.html"


class StoryBodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    marked = MarkedBlock()
    pause = PauseBlock()
    note = NoteBlock()
