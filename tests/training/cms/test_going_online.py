"""What goes online and what is refused, whichever way it is published."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page

from tests.factories.modules import add_module, edited, raw_step, without
from tests.factories.stories import add_story, make_recording
from tests.training.cms.forms import PUBLISH, as_it_stands, dutch, slugs, step, told
from training.models import ModulePage

NEEDS_STORY = (
    "A module needs a story: choose one in at least one step. Learning starts with what somebody lived through."
)


# ── Drafts and going online ────────────────────────────────────────────────────
def test_a_draft_may_be_half_finished(create):
    response = create("Doorvragen", [step("Aankomen")])

    assert response.status_code == 302
    module = ModulePage.objects.get(title="Doorvragen")
    assert (module.live, slugs("Doorvragen")) == (False, ["aankomen"])


def test_a_draft_may_have_no_steps_at_all(create):
    assert create("Doorvragen", []).status_code == 302


@pytest.mark.parametrize(
    ("steps", "sentence"), [([step("Aankomen")], NEEDS_STORY), ([], "A module needs at least one step.")]
)
def test_without_a_story_it_does_not_go_online_and_says_why_at_the_field(create, steps, sentence):
    create("Doorvragen", steps)

    response = create("Doorvragen 2", steps, **PUBLISH)

    assert response.status_code == 200
    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(sentence), "code": ""}]}
    field = BeautifulSoup(response.content, "html.parser").find(id="steps")
    assert json.loads(field["data-w-block-arguments-value"])[1] == {"messages": [dutch(sentence)]}
    assert [page.title for page in ModulePage.objects.all()] == ["Doorvragen"]


def test_with_a_story_it_goes_online(create, story):
    response = create("Doorvragen", [step("Verhaal", story=story)], **PUBLISH)

    assert (response.status_code, ModulePage.objects.get().live) == (302, True)


def test_taking_the_last_story_out_is_refused_and_what_is_online_stays(edit, module):
    steps = [each for each in as_it_stands(module) if not each["value"]["story"]]

    response = edit(module, steps, **PUBLISH)

    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(NEEDS_STORY), "code": ""}]}
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_planning_to_publish_asks_the_same(create):
    response = create("Doorvragen", [step("Aankomen")], **PUBLISH, go_live_at="2099-01-01 10:00")

    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(NEEDS_STORY), "code": ""}]}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"transcript": ""}, "“%(title)s” has no transcript yet. Write out what is said, seen and heard."),
        ({"transcript": "Ring."}, "“%(title)s” has no captions yet. Add a .vtt file."),
    ],
)
def test_a_film_without_its_words_does_not_go_online(create, story, fields, sentence):
    film = make_recording("De agenda", type="video", **fields)

    response = create("Doorvragen", [step("Kijken", recording=film, story=story)], **PUBLISH)

    assert response.context["form"].errors.get_json_data() == {
        "steps": [{"message": dutch(sentence, title="De agenda"), "code": ""}]
    }
    assert ModulePage.objects.count() == 0


def test_a_film_with_its_words_goes_online_and_sound_needs_no_captions(create, story):
    film = make_recording("De agenda", type="video", captions=ContentFile(b"WEBVTT", name="agenda.vtt"))

    steps = [step("Kijken", recording=film, story=story), step("Luisteren", recording=make_recording())]

    assert create("Doorvragen", steps, **PUBLISH).status_code == 302


def test_a_story_with_sound_without_its_words_does_not_go_online_either(editor, site_pages):
    story = add_story(site_pages.stories, "Stil", recording=make_recording(transcript=""), live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    editor.post(f"{address}?id={story.pk}")

    assert not Page.objects.get(pk=story.pk).live


# ── Other ways to go online ────────────────────────────────────────────────────
@pytest.fixture
def storyless(training):
    return add_module(training, "Doorvragen", [raw_step("aankomen")], live=False)


def is_live(page):
    return Page.objects.get(pk=page.pk).live


def test_publishing_many_refuses_the_one_that_is_not_ready_and_all_with_it(bulk, training, storyless, story):
    ready = add_module(training, "Klaar", [raw_step("verhaal", story=story.pk)], live=False)

    response = bulk("publish", ready, storyless)

    assert response.status_code == 302
    assert told(response) == [
        dutch("“%(title)s” can't go online yet. %(reason)s", title="Doorvragen", reason=dutch(NEEDS_STORY))
    ]
    assert [is_live(page) for page in (ready, storyless)] == [False, False]


def test_publishing_many_looks_at_the_newest_draft(bulk, module):
    edited(module, without("verhaal")).save_revision()

    response = bulk("publish", module)

    assert len(told(response)) == 1
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_publishing_many_that_are_ready_works(bulk, training, story):
    ready = add_module(training, "Klaar", [raw_step("verhaal", story=story.pk)], live=False)

    bulk("publish", ready)

    assert is_live(ready)


def test_publishing_a_training_with_all_below_it_asks_the_same_of_each(bulk, training, storyless):
    response = bulk("publish", training, include_descendants="on")

    assert told(response) == [
        dutch("“%(title)s” can't go online yet. %(reason)s", title="Doorvragen", reason=dutch(NEEDS_STORY))
    ]
    assert not is_live(storyless)
