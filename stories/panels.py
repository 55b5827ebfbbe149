"""The editor's screen of a story, for who never saw a CMS: four fields first, all else under "More"."""

from itertools import count

from django.core.exceptions import ValidationError
from django.forms import Select
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminTagWidget

from common.pages import CheckedPageForm
from common.text import sentence_list

STORY_PREVIEW_MODES = [("", _("As somebody in the training reads it")), ("print", _("On paper"))]
STORY_PREVIEW_SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("On a phone")},
    {"name": "wide", "icon": "desktop", "device_width": 1280, "label": _("On a computer")},
]

NAMES_HELP = _(
    "As: Jesse, 24. Do you tell it with somebody? Then both names, as: Noor and Jesse. Leave it empty for the name "
    "alone."
)
THEMES_HELP = _(
    "What is your story about? Type the first letters of a word and choose it from the list. You can choose more than "
    "one. Is yours not there? Make it first: in the menu, under Stories, at Themes."
)


class ThemesWidget(AdminTagWidget):
    """Themes are chosen from a list, so what Wagtail says below it about tags and double quotes is not for her."""

    template_name = "django/forms/widgets/text.html"


def numbered(base):
    """Yield `base`, `base-2`, `base-3` and on."""
    yield base
    yield from (f"{base}-{number}" for number in count(2))


class ThemedForm(CheckedPageForm):
    """Themes come from a list. One that is not in it is said at the field; Wagtail leaves it out without a word."""

    def clean_tags(self):
        known = self.cleaned_data["tags"]
        unknown = [name for name in parse_tags(self["tags"].data or "") if name not in known]
        if unknown:
            names = sentence_list([f"“{name}”" for name in unknown], _("and"))
            raise ValidationError(
                _("This is not in the list of themes: %(names)s. Choose another one, or leave it out."),
                params={"names": names},
            )
        return known


class StoryForm(ThemedForm):
    """The last part of its address comes of the title by itself, also in a browser without script: no wall on a tab
    that nobody opened.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def problems(self):
        """None: all that is asked for here is that somebody looks at it; what it waits for stands above the fields."""
        return []

    def clean_slug(self):
        base = slugify(self.cleaned_data.get("title", ""))[:60].strip("-") or "verhaal"
        taken = self.parent_page.get_children().exclude(pk=self.instance.pk).values_list("slug", flat=True)
        return self.cleaned_data["slug"] or next(slug for slug in numbered(base) if slug not in set(taken))


class NextStepPanel(Panel):
    """Above the fields: what the story waits for, and where it goes on. A screen of its own would not be found."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "stories/cms/next_step.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            release = getattr(self.instance, "release", None)
            problems = [problem.message for problem in self.instance.publish_problems()]
            return super().get_context_data(parent_context) | {"release": release, "problems": problems}


def story_tabs():
    """Return the edit handler of StoryPage: "Your story" and "More"."""
    tabs = [ObjectList(first_fields(), heading=_("Your story")), ObjectList(more_fields(), heading=_("More"))]
    return TabbedInterface(tabs, base_form_class=StoryForm)


def first_fields():
    return [
        NextStepPanel(),
        TitleFieldPanel(
            "title",
            heading=_("Title"),
            placeholder=_("A few words that only fit your story"),
            help_text=_("Don't know it yet? Write anything. You can change it later."),
        ),
        FieldPanel("body", heading=_("Your story")),
        MultiFieldPanel(
            [FieldPanel("content_note"), FieldPanel("note_absent"), FieldPanel("note_end")],
            heading=_("Before you start"),
            help_text=_(
                "Three short lines that readers see first. So they know what is coming, and choose whether to read on."
            ),
        ),
        FieldPanel("question", heading=_("Your question to the reader")),
        CommentPanel(),
    ]


def more_fields():
    return [
        MultiFieldPanel(
            [
                FieldPanel("storyteller"),
                FieldRowPanel([FieldPanel("storyteller_short", help_text=NAMES_HELP), FieldPanel("storyteller_line")]),
                FieldPanel("made_by"),
                FieldRowPanel([FieldPanel("relation"), FieldPanel("own_word", widget=Select)]),
            ],
            heading=_("Who tells"),
            help_text=_("You choose the name. It need not be your own."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("strapline"),
                FieldPanel("setting"),
                FieldPanel("tags", help_text=THEMES_HELP, widget=ThemesWidget),
            ],
            heading=_("So that people find it"),
        ),
        MultiFieldPanel(
            [FieldPanel("short_version"), FieldPanel("wanted")],
            heading=_("Beside the story"),
            help_text=_("Both may stay empty."),
        ),
        MultiFieldPanel(
            [FieldPanel("recording"), FieldPanel("film"), FieldPanel("portrait"), FieldPanel("drawing")],
            heading=_("Sound, film and picture"),
            help_text=_("Captions and written-out words are work for who writes along with you. Ask them."),
        ),
        MultiFieldPanel(
            [FieldPanel("slug", heading=_("Last part of the address"), help_text=_("It comes by itself."))],
            heading=_("Address on the site"),
        ),
    ]
