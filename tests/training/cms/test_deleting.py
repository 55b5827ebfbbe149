"""What can be deleted, and what stays because people work in it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from tests.factories.enrolments import finish
from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.modules import add_module, add_training, raw_step
from tests.factories.stories import make_recording
from tests.training.cms.forms import dutch, rows, told
from training.models import Answer, Enrolment, ModulePage


def used_by_progress(request):
    finish(request.getfixturevalue("enrolment"), request.getfixturevalue("module"), "aankomen")
    return "module"


def used_by_answers(request):
    """Its answers alone: no step uses the exercise any more."""
    exercise, enrolment = request.getfixturevalue("exercise"), request.getfixturevalue("enrolment")
    Answer.objects.create(
        enrolment=enrolment,
        exercise_key=exercise.key,
        prompt_key=prompt_of(exercise, "open").id,
        prompt_as_asked="Waar denk je aan?",
        kind="open",
        saved_at=enrolment.created_at,
    )
    return "exercise"


def used_in_a_step(request):
    request.getfixturevalue("module")
    return "exercise"


def used_by_people(request):
    request.getfixturevalue("enrolment")
    return "training"


def used_by_people_who_stopped(request):
    Enrolment.objects.filter(pk=request.getfixturevalue("enrolment").pk).update(state="left")
    return "training"


def used_by_a_group(request):
    request.getfixturevalue("group")
    return "training"


def told_in_a_step(request):
    request.getfixturevalue("module")
    return "story"


def in_reserve_in_a_step(request):
    request.getfixturevalue("module")
    return "reserve_story"


USES = [
    used_by_progress,
    used_by_answers,
    used_in_a_step,
    used_by_people,
    used_by_people_who_stopped,
    used_by_a_group,
    told_in_a_step,
    in_reserve_in_a_step,
]


def pages_there():
    return set(Page.objects.values_list("pk", "path", "live"))


@pytest.fixture
def delete(editor):
    return lambda page, **fields: editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), fields)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
@pytest.mark.parametrize("how", ["single", "many"])
def test_what_people_work_in_is_not_deleted_nor_anything_above_it(request, editor, bulk, delete, use, how):
    page = Page.objects.get(pk=request.getfixturevalue(use(request)).pk)
    people, there = rows(), pages_there()
    line = [page, *page.get_ancestors().filter(depth__gt=1)]

    for each in line:
        confirm = {"confirm_site_name": "Jouw leven is mijn werk"}
        response = delete(each, **confirm) if how == "single" else bulk("delete", each, **confirm)

        assert response.status_code == 302
        assert [len(sentence) > 20 for sentence in told(response)] == [True]
        assert (pages_there(), rows()) == (there, people)
        editor.cookies.pop("messages", None)  # read, so not said again


def test_the_confirming_page_is_not_even_shown(editor, enrolment, module):
    finish(enrolment, module, "aankomen")

    response = editor.get(reverse("wagtailadmin_pages:delete", args=[module.pk]))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_explore", args=[module.get_parent().pk]))


def test_the_sentence_says_how_many_people(delete, enrolment, daan, module):
    for each in (enrolment, daan.enrolments.get()):
        finish(each, module, "aankomen")

    assert told(delete(module)) == [
        dutch(
            "This can't be deleted: %(people)d people work in it or have done so. "
            "Unpublish it instead; then nobody loses anything.",
            people=2,
        )
    ]


def test_one_that_is_used_keeps_all_that_were_chosen_with_it(bulk, site_pages, module, exercise):
    unused = add_exercise(site_pages.exercises, "Nog nergens", prompts=[raw_prompt("open", "nergens")])
    there = pages_there()

    bulk("delete", unused, exercise)

    assert pages_there() == there


@pytest.mark.parametrize("how", ["single", "many"])
def test_what_nobody_uses_can_be_deleted(bulk, delete, site_pages, module, how):
    empty = add_training(site_pages.trainings, "Leeg")
    unused = [
        add_module(module.get_parent(), "Ongebruikt", [raw_step("iets")]),
        add_exercise(site_pages.exercises, "Nog nergens", prompts=[raw_prompt("open", "nergens")]),
        add_module(empty, "Kind", [raw_step("kind")]),
        empty,
    ]

    for page in unused:
        delete(page) if how == "single" else bulk("delete", page)

    assert Page.objects.filter(pk__in=[page.pk for page in unused]).count() == 0
    assert ModulePage.objects.get() == module


def test_a_person_who_takes_part_is_not_deleted_and_it_is_no_error_page(editor, samira):
    editor.raise_request_exception = False

    response = editor.post(reverse("wagtailusers_users:delete", args=[samira.pk]))

    assert response.status_code < 500
    assert User.objects.filter(pk=samira.pk).exists()


def test_a_film_in_a_step_is_not_deleted_under_it(editor, training, story):
    film = make_recording()
    add_module(training, "Kijken", [raw_step("kijken", recording=film.pk, story=story.pk)])

    editor.post(reverse("wagtailmedia:delete", args=[film.pk]))

    assert type(film).objects.filter(pk=film.pk).exists()
