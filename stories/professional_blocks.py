"""What an interview or an article is made of. The platform's letter, but for words of who tells stories here."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from common.blocks import HeadingBlock, TextBlock
from media.blocks import FilmBlock, PhotoSeriesBlock, PictureBlock, SoundBlock
from stories.blocks import QuoteBlock

WORDS = _("Words")
TO_TAKE_ALONG = _("To take along")


class SectionHeadingBlock(HeadingBlock):
    class Meta:
        help_text = _("It stands in the list of contents as well, which leads here.")
        template = "stories/blocks/section_heading.html"
        group = WORDS


class PullQuoteBlock(blocks.StructBlock):
    """A sentence of the one who speaks, large, with an address of its own and whose it is."""

    words = blocks.TextBlock(
        label=_("The sentence"),
        max_length=250,
        rows=2,
        help_text=_("Without quotation marks: they come by themselves. One sentence that also stands in the text."),
    )
    source = blocks.CharBlock(
        label=_("Who says it"),
        max_length=120,
        required=False,
        help_text=_("Empty: the person of the interview, or who wrote the article."),
    )

    class Meta:
        icon = "openquote"
        label = _("Sentence in large letters")
        template = "stories/blocks/pull_quote.html"
        group = TO_TAKE_ALONG
        label_format = "{words}"


class ClientQuoteBlock(QuoteBlock):
    class Meta:
        label = _("What somebody else said")
        help_text = _("It stands in the letter of the storytellers.")
        template = "stories/blocks/quote.html"
        group = WORDS


class PrincipleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("In a few words"), max_length=120)
    text = blocks.TextBlock(label=_("What you mean by it"), max_length=400, rows=2, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Principle")
        label_format = "{title}"


class PrinciplesBlock(blocks.StructBlock):
    """Numbered over the whole page, and each with an address of its own."""

    title = blocks.CharBlock(label=_("Heading above it"), max_length=120, required=False)
    principles = blocks.ListBlock(
        PrincipleBlock(), label=_("Principles"), min_num=1, max_num=12, help_text=_("The numbers come by themselves.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Principles")
        template = "stories/blocks/principles.html"
        group = TO_TAKE_ALONG
        label_format = "{title}"


class ThreadBlock(blocks.StructBlock):
    """Three lines that say what it was about; the last one leaves the reader with a question."""

    first = blocks.CharBlock(label=_("First line"), max_length=160)
    second = blocks.CharBlock(label=_("Second line"), max_length=160)
    question = blocks.CharBlock(label=_("Last line, a question"), max_length=160)

    class Meta:
        icon = "minus"
        label = _("The thread in three lines")
        template = "stories/blocks/thread.html"
        group = TO_TAKE_ALONG
        label_format = "{first}"

    def clean(self, value):
        value = super().clean(value)
        if not value["question"].rstrip().endswith("?"):
            sentence = _("The last line is a question. Let it end with a question mark.")
            raise StructBlockValidationError(block_errors={"question": ValidationError(sentence)})
        return value


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    about = blocks.CharBlock(
        label=_("What is in it"),
        max_length=160,
        required=False,
        help_text=_("As: two pages to print, for a team talk."),
    )

    class Meta:
        icon = "doc-full"
        label = _("File to take along")


class DownloadsBlock(blocks.StructBlock):
    files = blocks.ListBlock(DownloadBlock(), label=_("Files"), min_num=1, max_num=8)

    class Meta:
        icon = "download"
        label = _("Files to take along")
        template = "stories/blocks/downloads.html"
        group = TO_TAKE_ALONG


class ProfessionalBodyBlock(blocks.StreamBlock):
    heading = SectionHeadingBlock()
    paragraph = TextBlock(label=_("Paragraph"), group=WORDS)
    pull_quote = PullQuoteBlock()
    quote = ClientQuoteBlock()
    principles = PrinciplesBlock()
    thread = ThreadBlock()
    downloads = DownloadsBlock()
    picture = PictureBlock()
    series = PhotoSeriesBlock()
    sound = SoundBlock()
    film = FilmBlock()
