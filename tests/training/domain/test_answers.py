"""What somebody writes is kept: once, in its newest form, for their eyes alone; what lost is not thrown away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories.exercises import add_exercise, all_five, prompt_of, raw_prompt
from training.domain.answers import (
    Writing,
    WrittenElsewhere,
    answers_of,
    erase_answer,
    put_other_words_away,
    save_answer,
    save_draft,
    skip_prompt,
)
from training.models import Answer, ExercisePage

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def words(text, **numbers):
    return Writing({"text": text}, **numbers)


def on_phone(text, edit_no=1, based_on=0):
    return words(text, writer="phone", edit_no=edit_no, based_on=based_on)


def on_laptop(text, edit_no=1, based_on=0):
    return words(text, writer="laptop", edit_no=edit_no, based_on=based_on)


def on_tablet(text, edit_no=1, based_on=0):
    return words(text, writer="tablet", edit_no=edit_no, based_on=based_on)


@pytest.fixture
def here(enrolment, exercise):
    """Samira at the open question: what every act begins with."""
    return enrolment, exercise, prompt_of(exercise, "open")


@pytest.fixture
def answer(enrolment):
    """The one answer there is, as the database holds it now."""
    return lambda: Answer.objects.get(enrolment=enrolment)


# ── Saving ─────────────────────────────────────────────────────────────────────
def test_a_saved_answer_keeps_the_words_and_the_question_as_it_was_asked(here, exercise, answer):
    save_answer(*here, on_phone("Aan mijn moeder."), at=MONDAY)

    kept = answer()
    assert (kept.exercise_key, kept.prompt_key, kept.kind) == (exercise.key, here[2].id, "open")
    assert (kept.prompt_as_asked, kept.state, kept.visibility) == ("Waar denk je aan?", "saved", "me")
    assert (kept.words, kept.draft, kept.other_words, kept.value) == ({"text": "Aan mijn moeder."}, {}, {}, "")
    assert (kept.saved_at, kept.edit_no, kept.writer) == (MONDAY, 1, "phone")


def test_the_question_is_kept_in_the_words_for_this_persons_work(here, samira, answer):
    samira.work = "manager"
    samira.save()
    enrolment = samira.enrolments.get()

    save_answer(enrolment, *here[1:], on_phone("Aan mijn team."))

    assert answer().prompt_as_asked == "Waar denk jij aan als leider?"


def test_the_question_is_kept_as_it_was_at_the_last_save(here, exercise, answer):
    save_answer(*here, on_phone("Aan mijn moeder."))
    exercise.prompts = [raw_prompt("open", question="Waar dacht je aan?", variants=[])]
    exercise.save_revision().publish()
    changed = ExercisePage.objects.get(pk=exercise.pk)
    unsaved = answer().prompt_as_asked

    save_answer(here[0], changed, prompt_of(changed, "open"), on_laptop("Aan huis.", based_on=1, edit_no=2))

    assert (unsaved, answer().prompt_as_asked) == ("Waar denk je aan?", "Waar dacht je aan?")
    assert answer().words == {"text": "Aan huis."}


def test_a_position_is_kept_plain_so_that_it_can_be_counted(here, exercise, answer):
    save_answer(here[0], exercise, prompt_of(exercise, "statement"), Writing({}, value="6", writer="phone"))

    assert (answer().value, answer().words) == ("6", {})


def test_the_same_save_ten_times_is_one(here, answer):
    first = save_answer(*here, on_phone("Aan mijn moeder."), at=MONDAY)

    again = [save_answer(*here, on_phone("Aan mijn moeder."), at=TUESDAY) for _ in range(10)]

    assert {(one.pk, one.edit_no, one.saved_at) for one in again} == {(first.pk, 1, MONDAY)}
    assert Answer.objects.count() == 1
    assert answer().words == {"text": "Aan mijn moeder."}


def test_saving_takes_the_draft_in(here, answer):
    save_draft(*here, on_phone("Aan mijn"))

    save_answer(*here, on_phone("Aan mijn moeder.", edit_no=2))

    assert (answer().state, answer().words, answer().draft) == ("saved", {"text": "Aan mijn moeder."}, {})


def test_saving_right_after_a_draft_keeps_what_was_typed_since(here, answer):
    """Without script the number on the page does not rise with each draft."""
    save_draft(*here, on_phone("Aan mijn", edit_no=1))

    save_answer(*here, on_phone("Aan mijn moeder.", edit_no=1))

    assert (answer().state, answer().words, answer().draft) == ("saved", {"text": "Aan mijn moeder."}, {})


def test_going_back_to_the_page_and_saving_more_words_keeps_them(here, answer):
    """The back button shows the page with its old numbers: another text from there is no repeat."""
    save_answer(*here, on_phone("Aan mijn moeder."))

    save_answer(*here, on_phone("Aan mijn moeder en aan thuis."))

    assert answer().words == {"text": "Aan mijn moeder en aan thuis."}


def test_saving_over_a_saved_answer_after_a_draft_with_the_same_number_keeps_the_words(here, answer):
    save_answer(*here, on_laptop("Aan mijn moeder."))
    save_draft(*here, on_phone("Aan mijn moeder en", edit_no=2, based_on=1))

    save_answer(*here, on_phone("Aan mijn moeder en aan thuis.", edit_no=2, based_on=1))

    assert (answer().words, answer().draft) == ({"text": "Aan mijn moeder en aan thuis."}, {})


# ── Drafts ─────────────────────────────────────────────────────────────────────
def test_a_draft_is_kept_beside_what_was_saved(here, answer):
    save_answer(*here, on_phone("Aan mijn moeder."), at=MONDAY)

    save_draft(*here, on_phone("Aan mijn moeder en", edit_no=2), at=TUESDAY)

    kept = answer()
    assert (kept.state, kept.words, kept.draft) == (
        "saved",
        {"text": "Aan mijn moeder."},
        {"text": "Aan mijn moeder en"},
    )
    assert (kept.edit_no, kept.saved_at) == (2, TUESDAY)


def test_a_draft_alone_is_no_answer_yet(here, answer):
    save_draft(*here, on_phone("Aan mijn"))

    assert (answer().state, answer().words, answer().draft) == ("draft", {}, {"text": "Aan mijn"})


def test_a_draft_holds_the_position_as_well(here, exercise, answer):
    save_draft(here[0], exercise, prompt_of(exercise, "statement"), Writing({}, value="2", writer="phone"))

    assert (answer().value, answer().draft) == ("", {"value": "2"})


@pytest.mark.parametrize("late", [1, 2, 3])
def test_a_draft_that_comes_late_or_twice_changes_nothing(here, answer, late):
    for number, text in enumerate(["A", "Aa", "Aan"], start=1):
        save_draft(*here, on_phone(text, edit_no=number), at=MONDAY)

    save_draft(*here, on_phone("A", edit_no=late), at=TUESDAY)

    assert (answer().draft, answer().edit_no, answer().saved_at) == ({"text": "Aan"}, 3, MONDAY)
    assert answer().other_words == {}


def test_a_draft_that_was_under_way_while_saving_does_not_come_back(here, answer):
    save_answer(*here, on_phone("Aan mijn moeder.", edit_no=4))

    save_draft(*here, on_phone("Aan mijn", edit_no=3))

    assert (answer().words, answer().draft) == ({"text": "Aan mijn moeder."}, {})


# ── Two devices ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("act", [save_answer, save_draft])
def test_an_older_page_never_overwrites_a_newer_text(here, answer, act):
    save_answer(*here, on_phone("Op de telefoon."))

    with pytest.raises(WrittenElsewhere) as conflict:
        act(*here, on_laptop("Op de laptop."))

    assert conflict.value.answer.words == {"text": "Op de telefoon."}
    assert (answer().words, answer().draft, answer().state) == ({"text": "Op de telefoon."}, {}, "saved")
    assert (answer().edit_no, answer().writer) == (1, "phone")


@pytest.mark.parametrize("act", [save_answer, save_draft])
def test_the_words_that_lost_stay_readable_once(here, answer, act):
    save_answer(*here, on_phone("Op de telefoon."))
    with pytest.raises(WrittenElsewhere):
        act(*here, on_laptop("Op de laptop."))
    lost = answer().other_words

    put_other_words_away(here[0], here[1].key, here[2].id)

    assert (lost, answer().other_words) == ({"text": "Op de laptop."}, {})
    assert answer().words == {"text": "Op de telefoon."}


def test_an_older_page_does_not_overwrite_a_newer_draft(here, answer):
    save_draft(*here, on_phone("Op de tel"))

    with pytest.raises(WrittenElsewhere):
        save_draft(*here, on_laptop("Op de lap"))

    assert (answer().draft, answer().other_words) == ({"text": "Op de tel"}, {"text": "Op de lap"})


def test_the_same_words_on_two_devices_are_no_conflict(here, answer):
    save_answer(*here, on_phone("Hetzelfde."))

    save_answer(*here, on_laptop("Hetzelfde."))
    save_draft(*here, on_tablet("Hetzelfde."))

    assert (answer().words, answer().other_words) == ({"text": "Hetzelfde."}, {})


def test_who_has_seen_the_newer_text_may_write_on(here, answer):
    save_answer(*here, on_phone("Op de telefoon."))
    with pytest.raises(WrittenElsewhere):
        save_answer(*here, on_laptop("Op de laptop."))

    save_answer(*here, on_laptop("Op de laptop.", based_on=1, edit_no=2))

    assert (answer().words, answer().edit_no, answer().other_words) == ({"text": "Op de laptop."}, 2, {})


def test_the_number_only_rises(here, answer):
    save_answer(*here, on_phone("Een.", edit_no=7))

    save_answer(*here, on_laptop("Twee.", edit_no=1, based_on=7))

    assert (answer().words, answer().edit_no) == ({"text": "Twee."}, 8)


def test_two_devices_in_turn_lose_nothing(here, answer):
    """Phone, laptop, phone again: the phone's page is the older one now."""
    save_draft(*here, on_phone("Telefoon."))
    save_draft(*here, on_laptop("Laptop.", based_on=1, edit_no=2))

    with pytest.raises(WrittenElsewhere):
        save_draft(*here, on_phone("Telefoon, verder.", edit_no=2))

    assert (answer().draft, answer().other_words) == ({"text": "Laptop."}, {"text": "Telefoon, verder."})


# ── Skipping and erasing ───────────────────────────────────────────────────────
def test_skipping_a_question_is_noted(here, answer):
    skip_prompt(*here, at=MONDAY)

    assert (answer().state, answer().words, answer().saved_at) == ("skipped", {}, MONDAY)


def test_skipping_takes_no_answer_away(here, answer):
    save_answer(*here, on_phone("Aan mijn moeder."))

    skip_prompt(*here)

    assert (answer().state, answer().words) == ("saved", {"text": "Aan mijn moeder."})


def test_skipping_keeps_the_draft(here, answer):
    save_draft(*here, on_phone("Aan mijn"))

    skip_prompt(*here)

    assert (answer().state, answer().draft) == ("skipped", {"text": "Aan mijn"})


@pytest.mark.parametrize(("act", "state"), [(save_answer, "saved"), (save_draft, "draft")])
def test_writing_after_skipping_counts(here, answer, act, state):
    skip_prompt(*here)

    act(*here, on_phone("Toch wel."))

    assert (answer().state, answer().edit_no) == (state, 1)


def test_erasing_leaves_no_row(here, enrolment, exercise):
    save_answer(*here, on_phone("Aan mijn moeder."))
    save_draft(*here, on_phone("Aan mijn moeder en", edit_no=2))

    erased = erase_answer(enrolment, exercise.key, here[2].id)

    assert (erased, Answer.objects.count()) == (True, 0)
    assert erase_answer(enrolment, exercise.key, here[2].id) is False


def test_erasing_touches_nobody_else(here, daan, exercise):
    theirs = daan.enrolments.get()
    save_answer(*here, on_phone("Van Samira."))
    save_answer(theirs, *here[1:], on_phone("Van Daan."))

    erase_answer(here[0], exercise.key, here[2].id)

    assert [answer.words for answer in Answer.objects.all()] == [{"text": "Van Daan."}]


# ── Reading ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kinds", [["open"], ["open", "statement", "boxes"]])
def test_the_answers_of_one_person_for_one_exercise(here, daan, site_pages, kinds, django_assert_num_queries):
    enrolment, exercise, _prompt = here
    other = add_exercise(site_pages.exercises, "Een andere oefening", prompts=all_five()[:1])
    save_answer(daan.enrolments.get(), exercise, here[2], on_phone("Van Daan."))
    save_answer(enrolment, other, prompt_of(other, "open"), on_phone("Bij een andere oefening."))
    mine = {
        prompt_of(exercise, kind).id: save_answer(enrolment, exercise, prompt_of(exercise, kind), on_phone(kind))
        for kind in kinds
    }

    with django_assert_num_queries(1):
        found = answers_of(enrolment, exercise)

    assert found == mine
    assert {key: answer.words["text"] for key, answer in found.items()} == {
        prompt_of(exercise, kind).id: kind for kind in kinds
    }


def test_an_exercise_used_in_two_steps_is_one_answer(here, answer):
    """The key is the exercise's, not the step's: what was written in one step stands in the other."""
    save_answer(*here, on_phone("In de eerste stap."))

    save_answer(*here, on_laptop("In de tweede stap.", based_on=1, edit_no=2))

    assert answer().words == {"text": "In de tweede stap."}


def test_a_copy_of_an_exercise_has_answers_of_its_own(here, site_pages):
    save_answer(*here, on_phone("Bij het eerste."))

    copy = here[1].copy(update_attrs={"title": "Nog eens", "slug": "nog-eens"}, to=site_pages.exercises)

    assert copy.prompt(here[2].id) is not None
    assert answers_of(here[0], copy) == {}


# ── At rest ────────────────────────────────────────────────────────────────────
def test_the_database_holds_no_readable_word(here):
    save_answer(*here, on_phone("zonnebloem"))
    save_draft(*here, on_phone("korenbloem", edit_no=2))
    with pytest.raises(WrittenElsewhere):
        save_draft(*here, on_laptop("klaproos"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM training_answer")
        row = " ".join(str(column) for column in cursor.fetchone())

    kept = Answer.objects.get()
    assert [kept.words, kept.draft, kept.other_words] == [
        {"text": "zonnebloem"},
        {"text": "korenbloem"},
        {"text": "klaproos"},
    ]
    assert [flower for flower in ("zonnebloem", "korenbloem", "klaproos") if flower in row] == []
    assert "Waar denk je aan?" in row  # the control: what is not encrypted can be read here


def test_no_word_shows_where_an_answer_is_printed(here):
    kept = save_answer(*here, on_phone("zonnebloem"))

    assert str(kept) == f"{here[2].id} (saved)"
    assert "zonnebloem" not in repr(kept)
