"""A draft as participants will see it, before it is online."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories.modules import step_key
from tests.training.cms.forms import as_it_stands, dutch, form_of, rows, step
from training.models import ExercisePage, ModulePage


@pytest.fixture
def preview(editor):
    """`preview(module, steps)`: send what stands in the editor, as its screen does; returns how to look at a mode."""

    def sent(module, steps):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[module.pk])
        posted = editor.post(address, form_of(module.title, steps)).json()
        assert (posted["is_valid"], posted["is_available"]) == (True, True)
        return lambda mode="": editor.get(address, {"mode": mode} if mode else {})

    return sent


def main_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def test_each_step_of_a_draft_can_be_seen_as_participants_see_it(preview, module, story, exercise):
    before, revisions = rows(), module.revisions.count()
    draft = [
        *as_it_stands(module),
        step("Nieuw", id=step_key("nieuw"), story=story, exercise=exercise, heading="Een nieuwe stap"),
    ]

    look = preview(module, draft)
    seen = {mode: look(mode) for mode in ("aankomen", "kijken", "verhaal", "oefening", "voornemen", "nieuw")}

    assert {mode: page.status_code for mode, page in seen.items()} == dict.fromkeys(seen, 200)
    assert [main_of(page).find("h1").text for page in seen.values()] == [
        "Aankomen",
        "Kijken",
        story.title,
        "Oefening",
        "Voornemen",
        story.title,
    ]
    assert [len(main_of(seen[mode]).select(".question")) for mode in ("aankomen", "oefening", "nieuw")] == [0, 5, 5]
    assert (rows(), module.revisions.count()) == (before, revisions)
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_a_preview_says_that_it_is_one_and_keeps_nothing(preview, editor, module):
    page = preview(module, as_it_stands(module))("oefening")

    html = main_of(page)
    assert html.select_one(".notice").text == dutch("This is a preview. Nothing you do here is kept.")
    assert html.select("[data-autosave]") == []
    before = rows()
    editor.post(html.find("form", class_="step")["action"], {"act": "end-done"})
    assert rows() == before


def test_the_module_itself_is_the_first_preview(preview, module):
    page = preview(module, as_it_stands(module)[::-1])()

    assert [link.text for link in main_of(page).select(".module__steps .modules__link")] == [
        "Voornemen",
        "Oefening",
        "Verhaal",
        "Kijken",
        "Aankomen",
    ]


def test_the_editor_offers_every_step_as_a_preview(module):
    assert [mode for mode, _name in module.preview_modes] == [
        "",
        "aankomen",
        "kijken",
        "verhaal",
        "oefening",
        "voornemen",
    ]


@pytest.mark.parametrize("mode", ["nooit", "\x00", "x" * 3_000])
def test_a_forged_preview_is_the_module(preview, module, mode):
    assert main_of(preview(module, as_it_stands(module))(mode)).find("h1").text == "Luisteren"


@pytest.mark.parametrize("steps", [[], [step("")], [step("Aankomen")]], ids=["none", "no title", "one"])
def test_a_module_that_was_never_stored_can_be_previewed(editor, training, steps):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["training", "modulepage", training.pk])

    editor.post(address, form_of("Nieuw", steps))

    assert [editor.get(address, {"mode": mode}).status_code for mode in ("", "aankomen", "stap-1")] == [200] * 3
    assert ModulePage.objects.count() == 0


def test_an_exercise_can_be_previewed(editor, exercise):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[exercise.pk])
    prompt = {
        "type": "open",
        "id": "",
        "order": "0",
        "deleted": "",
        "value": {
            "question": "Wat hoor je?",
            "maker": "",
            "help": "",
            "variants": {"count": "0"},
            "hints": {"count": "0"},
        },
    }
    fields = {
        "title": exercise.title,
        "slug": exercise.slug,
        "seo_title": "",
        "search_description": "",
        "intro": "",
        "minutes": "5",
        "prompts": {"count": "1", "0": prompt},
        "comments": inline_formset([]),
    }

    editor.post(address, nested_form_data(fields))

    assert [text.text for text in main_of(editor.get(address)).select(".question__text")] == ["Wat hoor je?"]
    assert len(ExercisePage.objects.get(pk=exercise.pk).prompt_list) == 5
