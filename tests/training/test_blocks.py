"""The steps of a module and the questions of an exercise, as editors make and change them."""

import pytest
from django.utils import translation

from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.modules import add_module, edited, followed_by, raw_step, republish, step_key, without
from training.blocks.prompts import STORED_KINDS, PromptsBlock
from training.choices import StepKind
from training.models import ModulePage


def addresses(module):
    """`[(key, slug)]` in the order of the steps."""
    return [(step.key, step.slug) for step in module.step_list]


def slugs(module):
    return [step.slug for step in module.step_list]


def renamed(name, title):
    def change(steps):
        return [
            step | {"value": step["value"] | {"title": title}} if step["id"] == step_key(name) else step
            for step in steps
        ]

    return change


# ── A step's address ───────────────────────────────────────────────────────────
def test_addresses_are_filled_from_the_titles(module):
    assert slugs(module) == ["aankomen", "kijken", "verhaal", "oefening", "voornemen"]


def test_a_draft_made_by_code_gets_its_addresses_from_the_titles(training):
    """Wagtail checks next to nothing of a page that is saved offline, so its steps have no addresses yet."""
    module = add_module(training, "In de maak", [raw_step("eerste"), raw_step("tweede")], live=False)

    assert slugs(republish(module)) == ["eerste", "tweede"]


def test_renaming_leaves_the_address(module):
    again = republish(module, renamed("kijken", "Luisteren"))

    assert [step.title for step in again.step_list] == ["Aankomen", "Luisteren", "Verhaal", "Oefening", "Voornemen"]
    assert addresses(again) == addresses(module)


def test_reordering_leaves_the_addresses(module):
    again = republish(module, lambda steps: steps[::-1])

    assert addresses(again) == addresses(module)[::-1]
    assert [step.number for step in again.step_list] == [1, 2, 3, 4, 5]


def test_a_half_typed_title_in_a_draft_is_no_address_yet(module):
    """Nobody has been at a step that was never online."""
    edited(module, followed_by(raw_step("napraten", title="Na"))).save_revision()

    again = republish(module, renamed("napraten", "Napraten"))

    assert slugs(again)[5:] == ["napraten"]


def test_an_emptied_address_comes_back(module):
    """The address is carried by a hidden field: a form that loses it must not move the step, whatever its name now."""
    lost = {"slug": "", "title": "Een andere naam"}

    emptied = republish(module, lambda steps: [step | {"value": step["value"] | lost} for step in steps])

    assert addresses(emptied) == addresses(module)


def test_an_address_changed_by_hand_comes_back(module):
    changed = republish(module, lambda steps: [step | {"value": step["value"] | {"slug": "anders"}} for step in steps])

    assert addresses(changed) == addresses(module)


def test_the_same_title_twice_gives_two_addresses(training):
    module = add_module(training, "Dubbel", [raw_step(name, title="Lezen") for name in ("een", "twee", "drie")])

    assert slugs(module) == ["lezen", "lezen-2", "lezen-3"]


@pytest.mark.parametrize("place", [0, 1, 2, 5])
def test_a_duplicated_step_gets_an_address_of_its_own_wherever_it_stands(module, place):
    """Wagtail's "duplicate" copies the hidden address and gives a new id."""
    copy = raw_step("kijken", slug="kijken") | {"id": "5f0e0e1c-3b0f-4f0c-9d5b-0c4f3a1b2c3d"}

    again = republish(module, lambda steps: [*steps[:place], copy, *steps[place:]])

    assert sorted(slugs(again)) == sorted([*slugs(module), "kijken-2"])
    assert dict(addresses(again))[step_key("kijken")] == "kijken"


def test_the_address_of_a_removed_step_is_free_again(module):
    shorter = republish(module, without("kijken"))

    again = republish(shorter, followed_by(raw_step("nieuw", title="Kijken")))

    assert slugs(again) == ["aankomen", "verhaal", "oefening", "voornemen", "kijken"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Klaar", "klaar-2"),  # /klaar/ below a module is its end
        ("Papier", "papier-2"),
        ("Één keer: vraag & antwoord", "een-keer-vraag-antwoord"),
        ("…", "stap"),
        ("a" * 60, "a" * 50),
    ],
)
def test_what_a_title_becomes(training, title, slug):
    assert slugs(add_module(training, "Titels", [raw_step("x", title=title)])) == [slug]


def test_two_long_titles_that_begin_alike_differ(training):
    module = add_module(training, "Lang", [raw_step(str(n), title="a" * 50 + str(n)) for n in range(3)])

    assert slugs(module) == ["a" * 50, "a" * 50 + "-2", "a" * 50 + "-3"]


def test_an_address_from_outside_is_made_fit_for_an_address(training):
    module = add_module(training, "Ingevoerd", [raw_step("x", slug="Niet goed/?")])

    assert slugs(module) == ["niet-goed"]
    assert module.step_list[0].address(module) == f"/training/{training.slug}/ingevoerd/niet-goed/"


def test_a_copied_module_keeps_addresses_and_ids(module, training):
    copy = module.copy(update_attrs={"title": "Kopie", "slug": "kopie"}, to=training)

    assert addresses(copy) == addresses(module)


# ── A step as a plain value ────────────────────────────────────────────────────
def test_a_step_says_what_was_chosen(module, story, reserve_story, exercise, training):
    step = module.step_at("verhaal")

    assert (step.key, step.number, step.kind, step.kind_label) == (
        step_key("verhaal"),
        3,
        "story",
        StepKind.STORY.label,
    )
    assert (step.story_id, step.reserve_story_id, step.exercise_id) == (story.pk, reserve_story.pk, None)
    assert step.address(module) == f"/training/{training.slug}/luisteren/verhaal/"
    assert module.step_at("oefening").exercise_id == exercise.pk
    assert module.step_at("bestaat-niet") is None


def test_reading_the_steps_asks_no_query(module, django_assert_num_queries):
    fresh = ModulePage.objects.get(pk=module.pk)

    with django_assert_num_queries(0):
        assert len(fresh.step_list) == 5
        assert fresh.minutes == 25
        assert [step.address(fresh) for step in fresh.step_list]


def test_steps_read_the_same_whether_or_not_somebody_touched_the_blocks(module):
    touched = ModulePage.objects.get(pk=module.pk)
    for block in touched.steps:
        assert block.value["title"]

    assert touched.step_list == module.step_list


def test_a_bare_step_has_sensible_parts(training):
    module = add_module(training, "Kaal", [{"type": "step", "id": step_key("kaal"), "value": {}}])

    step = module.step_list[0]
    assert (step.kind, step.title, step.slug, step.minutes) == (StepKind.READ, "", "stap", 5)
    assert (step.recording_id, step.story_id, step.reserve_story_id, step.exercise_id) == (None, None, None, None)


NO_STORY = "A module needs a story: choose one in at least one step. Learning starts with what somebody lived through."


# ── Before a module goes online ────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("with_story", "steps", "missing"),
    [
        (True, ["verhaal"], []),
        (
            False,
            ["verhaal"],
            [NO_STORY],
        ),
        (True, [], ["A module needs at least one step."]),
    ],
)
def test_what_keeps_a_module_from_going_online(training, story, with_story, steps, missing):
    raw = [raw_step(name, story=story.pk if with_story else None) for name in steps]

    module = add_module(training, "Nieuw", raw, live=False)

    with translation.override(None):
        found = [(problem.field, str(problem.message)) for problem in module.publish_problems()]
    assert found == [("steps", message) for message in missing]


# ── Questions ──────────────────────────────────────────────────────────────────
def test_the_five_forms_of_a_question(exercise):
    assert [prompt.block_type for prompt in exercise.prompt_list] == ["open", "statement", "boxes", "intention", "talk"]
    assert list(PromptsBlock().child_blocks) == ["open", "statement", "boxes", "intention", "talk"]
    assert STORED_KINDS == ["open", "statement", "boxes", "intention"]


@pytest.mark.parametrize(
    ("work", "question"),
    [
        ("care", "Waar denk je aan?"),
        ("manager", "Waar denk jij aan als leider?"),
        ("host", "Waar denk je aan?"),
        ("", "Waar denk je aan?"),
    ],
)
def test_the_question_in_the_words_for_somebodys_work(exercise, work, question):
    assert prompt_of(exercise, "open").value.question_for(work) == question


def test_a_question_without_variants_is_the_same_for_all(exercise):
    assert {prompt_of(exercise, "intention").value.question_for(work) for work in ("care", "manager", "host")} == {
        "Wat neem je je voor?"
    }


def test_prompts_keep_their_ids_through_an_edit(exercise):
    before = [prompt.id for prompt in exercise.prompt_list]
    draft = exercise.get_latest_revision_as_object()
    draft.prompts = [raw_prompt("open", name="nieuw"), *draft.prompts.get_prep_value()[::-1]]

    draft.save_revision().publish()

    after = type(exercise).objects.get(pk=exercise.pk)
    assert [prompt.id for prompt in after.prompt_list][1:] == before[::-1]
    assert after.key == exercise.key


def test_a_prompt_that_is_not_there_is_none(exercise):
    assert exercise.prompt("00000000-0000-0000-0000-000000000000") is None
    assert exercise.prompt("") is None


def test_two_questions_of_one_form_stand_apart(site_pages):
    exercise = add_exercise(
        site_pages.exercises, "Twee vragen", prompts=[raw_prompt("open", name="een"), raw_prompt("open", name="twee")]
    )

    assert prompt_of(exercise, "een").id != prompt_of(exercise, "twee").id
