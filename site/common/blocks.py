"""Plain blocks that page types of every app may use."""

import re
from html import unescape

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"max_length": 120} | kwargs))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class WrittenText(RichText):
    """Rich text that is written without a template: Wagtail's own says no more than "as it is", for each paragraph."""

    def __html__(self):
        return expand_db_html(self.source)


class WrittenTextBlock(blocks.RichTextBlock):
    def to_python(self, value):
        return WrittenText(value)


class TextBlock(WrittenTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"features": PLAIN_FEATURES} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class BodyBlock(blocks.StreamBlock):
    """Headings and text, for pages about the site itself."""

    heading = HeadingBlock()
    text = TextBlock()


def text_of(rich_text):
    """Return the plain words of a RichText value or an HTML string, tags replaced by spaces."""
    return unescape(re.sub(r"<[^>]+>", " ", getattr(rich_text, "source", rich_text) or "")).strip()
