"""The form of a module as somebody fills it in, and what the editor reads after sending it."""

from django.contrib.messages import get_messages
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from training.models import Answer, Enrolment, ModulePage, ModuleProgress, StepProgress


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


def told(response):
    """The sentences that the editor reads on the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def step(title, *, id="", **value):
    """A step as somebody fills it in; a new one has no id yet, and nobody fills in its address."""
    blank = dict.fromkeys(("slug", "summary", "heading", "recording", "story", "reserve_story", "exercise"), "")
    given = {name: getattr(chosen, "pk", chosen) for name, chosen in value.items()}
    fields = {"kind": "read", "title": title, "minutes": "5", "text": rich_text("")} | blank | given
    return {"type": "step", "id": id, "deleted": "", "value": fields}


def as_it_stands(module):
    """The steps of `module` as the editor's screen holds them."""
    return [
        step(
            each.title,
            id=each.key,
            slug=each.slug,
            kind=each.kind,
            story=each.story_id or "",
            reserve_story=each.reserve_story_id or "",
            recording=each.recording_id or "",
            exercise=each.exercise_id or "",
        )
        for each in module.step_list
    ]


def form_of(title, steps, **more):
    blocks = {str(index): each | {"order": str(index)} for index, each in enumerate(steps)}
    empty = dict.fromkeys(
        (
            *("seo_title", "search_description", "opening_question", "about", "needs", "thread"),
            *("short_title", "makers", "principles", "tags"),
        ),
        "",
    )
    fields = {"title": title, "slug": slugify(title), "steps": blocks | {"count": str(len(steps))}}
    return nested_form_data(empty | fields | {"comments": inline_formset([])}) | more


PUBLISH = {"action-publish": "1"}


def slugs(title):
    module = ModulePage.objects.get(title=title).get_latest_revision_as_object()
    return [each.slug for each in module.step_list]
