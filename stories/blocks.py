"""What a story is made of. Words of the storyteller stand in the story's letter, words of the platform in its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.blocks import WrittenTextBlock
from media.blocks import FilmBlock, PhotoSeriesBlock, PictureBlock, SoundBlock

OWN_WORDS = _("Your words")
OTHER_VOICES = _("Words of others")
FOR_THE_READER = _("For the reader")


class ParagraphBlock(WrittenTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"features": ["bold", "italic"]} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = OWN_WORDS


class MarkedBlock(blocks.TextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"max_length": 250, "rows": 2} | kwargs))

    class Meta:
        icon = "openquote"
        label = _("The sentence that matters")
        help_text = _("One sentence, marked in yellow. One or two in a story is enough.")
        template = "stories/blocks/marked.html"
        group = OWN_WORDS


class PauseBlock(blocks.TextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"max_length": 250, "rows": 2} | kwargs))

    class Meta:
        icon = "time"
        label = _("Pause here")
        help_text = _("A short question or thought for the reader, in the words of the training.")
        template = "stories/blocks/pause.html"
        group = FOR_THE_READER


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Who and when"), max_length=80, help_text=_("As: Noor, a year later."))
    text = blocks.TextBlock(label=_("What you want to say now"), max_length=600, rows=3)

    class Meta:
        icon = "edit"
        label = _("A later note of the storyteller")
        template = "stories/blocks/note.html"
        group = FOR_THE_READER


class LineBlock(blocks.StructBlock):
    """What one person says in a conversation, before another one speaks."""

    speaker = blocks.CharBlock(
        label=_("Who speaks"), max_length=60, help_text=_("A first name, “I”, or what somebody is: the doctor.")
    )
    words = blocks.TextBlock(label=_("What they say"), max_length=600, rows=2)

    class Meta:
        icon = "user"
        label = _("What somebody says")
        label_format = "{speaker}: {words}"


class DialogueBlock(blocks.StructBlock):
    lines = blocks.ListBlock(
        LineBlock(),
        label=_("Lines"),
        min_num=2,
        max_num=40,
        help_text=_("One for each time that somebody speaks, in the order in which it was said."),
    )

    class Meta:
        icon = "comment"
        label = _("Conversation")
        template = "stories/blocks/dialogue.html"
        group = OTHER_VOICES


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(
        label=_("What was said or written"),
        max_length=600,
        rows=3,
        help_text=_("Without quotation marks: they come by themselves."),
    )
    who = blocks.CharBlock(
        label=_("Who said it"),
        max_length=120,
        required=False,
        help_text=_("As nobody can recognise them: my guardian, a neighbour. Or where it stood: from my file."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "stories/blocks/quote.html"
        group = OTHER_VOICES
        label_format = "{words}"


class LetterBlock(blocks.StructBlock):
    salutation = blocks.CharBlock(
        label=_("How it begins"), max_length=120, required=False, help_text=_("As: Dear Mr Henk,")
    )
    text = blocks.RichTextBlock(
        label=_("The letter"),
        features=["bold", "italic"],
        help_text=_("Leave out names, addresses and dates by which somebody can be found."),
    )
    closing = blocks.TextBlock(
        label=_("How it ends"),
        max_length=200,
        rows=2,
        required=False,
        help_text=_("As: Greetings, and below it a name."),
    )

    class Meta:
        icon = "mail"
        label = _("Letter")
        template = "stories/blocks/letter.html"
        group = OTHER_VOICES
        label_format = "{salutation}"


class StoryBodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    marked = MarkedBlock()
    dialogue = DialogueBlock()
    quote = QuoteBlock()
    letter = LetterBlock()
    picture = PictureBlock()
    series = PhotoSeriesBlock()
    sound = SoundBlock()
    film = FilmBlock()
    pause = PauseBlock()
    note = NoteBlock()


def plain_words(body):
    """Return all words that stand in the StreamValue `body`, of every kind of block and in order, as one plain text.

    Captions of pictures count, what somebody says in a recording does not. Costs a query for each kind of block that
    chooses a picture or a recording, however many there are.
    """
    return " ".join(" ".join(body.stream_block.get_searchable_content(body)).split())
