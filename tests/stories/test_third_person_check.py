"""The second pair of eyes in Wagtail's workflow: who may look, at which words, and what comes of it."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowState

from accounts.roles import sync_roles
from common.refusals import Refused
from stories.choices import StoryAct
from stories.domain.checking import newest_words, sync_check
from stories.models import CoWriter, StoryEvent, StoryPage, StoryRelease, ThirdPersonCheckTask
from stories.models.checking import TICKS
from tests.factories.people import make_person
from tests.factories.stories import add_story
from tests.matrix.cms import story_form
from tests.standing import standing
from tests.training.cms.forms import dutch
from training.models import ModulePage

TICKED = dict.fromkeys(TICKS, "on")


@standing(autouse=True)
def workflow(site_pages):
    sync_roles()
    return sync_check()


@standing
def draft(site_pages, noor):
    return add_story(site_pages.stories, "Noor vertelt", owner=noor, words="<p>Op de Kerkstraat.</p>", live=False)


def invite(story, person, days=1):
    until = timezone.localdate() + timedelta(days=days)
    return CoWriter.objects.create(story=story, person=person, until=until)


@standing
def state(draft, noor, marieke, workflow):
    """Noor asked for a second pair of eyes, and invited Marieke."""
    invite(draft, marieke)
    return workflow.start(draft, noor)


def address(state, action="approve"):
    return reverse("wagtailadmin_pages:workflow_action", args=[state.object_id, action, state.current_task_state_id])


def ticked(story, **changed):
    return TICKED | {"words_hash": newest_words(story).words_hash} | changed


def is_checked(story):
    return StoryRelease.objects.get(story=story).is_checked


# ── Setting it up ──────────────────────────────────────────────────────────────
def test_it_is_set_up_once(workflow, site_pages):
    assert sync_check() == workflow
    assert ThirdPersonCheckTask.objects.count() == 1
    assert Workflow.objects.filter(workflow_tasks__task=ThirdPersonCheckTask.objects.get()).count() == 1
    assert WorkflowPage.objects.get(page=site_pages.stories).workflow == workflow


def test_other_pages_have_no_workflow(module):
    assert module.get_workflow() is None


# ── Asking and answering ───────────────────────────────────────────────────────
def test_she_asks_with_one_button(browser_of, noor, draft):
    browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"action-submit": "1"})

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert TaskState.objects.get().task.specific == ThirdPersonCheckTask.objects.get()


def test_who_was_invited_reads_the_words_and_ticks_them(browser_of, marieke, state, draft):
    window = json.loads(browser_of(marieke).get(address(state)).content)
    shown = BeautifulSoup(window["html"], "html.parser")

    browser_of(marieke).post(address(state), ticked(draft))

    assert "Op de Kerkstraat." in shown.text
    assert shown.find(attrs={"name": "words_hash"})["value"] == newest_words(draft).words_hash
    assert len(shown.select("input[type=checkbox]")) == 5
    assert (is_checked(draft), StoryRelease.objects.get(story=draft).checked_by) == (True, marieke)
    assert StoryEvent.objects.of_story(draft).filter(act=StoryAct.CHECKED).count() == 1
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED


def test_approving_puts_nothing_online(browser_of, marieke, state, draft):
    browser_of(marieke).post(address(state), ticked(draft))

    assert not StoryPage.objects.get(pk=draft.pk).live


def test_no_button_says_that_it_publishes(browser_of, marieke, state, draft):
    screen = BeautifulSoup(browser_of(marieke).get(f"/cms/pages/{draft.pk}/edit/").content, "html.parser")

    said = {button.get_text(" ", strip=True) for button in screen.select("[data-workflow-action-name]")}
    assert said == {dutch("Ask to change something"), dutch("I looked for other people")}


@pytest.mark.parametrize("missing", TICKS)
def test_every_tick_is_asked(browser_of, marieke, state, draft, missing):
    body = ticked(draft)
    del body[missing]

    answer = browser_of(marieke).post(address(state), body, headers={"x-requested-with": "XMLHttpRequest"})

    assert json.loads(answer.content)["step"] == "action"  # the window again, with a sentence at the tick
    assert not is_checked(draft)


def test_words_that_changed_meanwhile_are_not_approved(browser_of, noor, marieke, state, draft):
    seen = ticked(draft)
    browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"title": "Nu met een naam"})

    answer = browser_of(marieke).post(address(state), seen, follow=True)

    assert dutch("The story was changed while you were reading. Look at the newest version.") in answer.content.decode()
    assert not is_checked(draft)
    assert TaskState.objects.get(pk=state.current_task_state_id).status == TaskState.STATUS_IN_PROGRESS


def test_the_newest_words_are_the_ones_that_are_looked_at(browser_of, noor, marieke, state, draft):
    browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"title": "Nu met een naam"})

    browser_of(marieke).post(address(state), ticked(draft))

    release = StoryRelease.objects.get(story=draft)
    assert release.checked_hash == release.latest_hash
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED


def test_words_written_after_the_check_ask_for_another_one(browser_of, noor, marieke, state, draft):
    browser_of(marieke).post(address(state), ticked(draft))
    browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"title": "Nog iets anders"})

    assert not is_checked(draft)


def test_asking_to_change_something_reaches_her(browser_of, noor, marieke, state, draft):
    browser_of(marieke).post(address(state, "reject"), {"comment": "De straat staat er nog in."})

    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert not is_checked(draft)
    history = browser_of(noor).get(f"/cms/pages/{draft.pk}/workflow_history/detail/{state.pk}/")
    assert "De straat staat er nog in." in history.content.decode()


# ── From the editor ────────────────────────────────────────────────────────────
def approve_in_editor(browser, state, draft, extra, **changed):
    form = story_form() | changed
    form |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    return browser.post(
        f"/cms/pages/{draft.pk}/edit/", form | {"workflow-action-extra-data": json.dumps(extra)}, follow=True
    )


def test_who_changes_the_words_while_looking_does_not_check_them(browser_of, marieke, state, draft):
    """The words are kept; the check is not made: nobody checks their own."""
    answer = approve_in_editor(browser_of(marieke), state, draft, ticked(draft), title="Door Marieke")

    newest = StoryPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (newest.title, is_checked(draft)) == ("Door Marieke", False)
    assert answer.redirect_chain[-1][0].startswith("/cms/")


@pytest.mark.parametrize("extra", [{}, {"names": True}, {"nonsense": 1, **dict.fromkeys(TICKS, True)}])
def test_what_is_forged_there_checks_nothing(browser_of, marieke, state, draft, extra):
    answer = approve_in_editor(browser_of(marieke), state, draft, extra)

    assert (answer.status_code, is_checked(draft)) == (200, False)


# ── Who ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("who", ["noor", "petra", "roel", "samira", "writer", "late"])
def test_nobody_else_may(request, browser_of, state, draft, marieke, who, action):
    """Not the storyteller, nor who wrote the words, nor whose invitation is over, whatever role they have."""
    body = ticked(draft, comment="Stiekem")
    if who == "writer":
        browser_of(marieke).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"title": "Door Marieke"})
        person, body = marieke, ticked(draft, comment="Stiekem")
    elif who == "late":
        draft.co_writers.update(until="2020-01-01")
        person = marieke
    else:
        person = request.getfixturevalue(who)

    seen = browser_of(person).get(address(state, action))
    browser_of(person).post(address(state, action), body)

    assert not is_checked(draft)
    assert TaskState.objects.get(pk=state.current_task_state_id).status == TaskState.STATUS_IN_PROGRESS
    assert "Kerkstraat" not in seen.content.decode()


def test_a_draft_waits_on_the_first_screen_of_who_was_invited_and_of_nobody_else(
    browser_of, marieke, ilse, petra, noor, state
):
    homes = {person: browser_of(person).get("/cms/").content.decode() for person in (marieke, ilse, petra)}

    assert {person: address(state) in home for person, home in homes.items()} == {
        marieke: True,
        ilse: False,
        petra: False,
    }
    assert ["Noor vertelt" in homes[person] for person in (ilse, petra)] == [False, False]


def test_no_mail_goes_past_the_outbox(browser_of, noor, marieke, state, draft, mailoutbox):
    invite(draft, make_person("Nog een lezer", "trainer"))
    browser_of(marieke).post(address(state, "reject"), {"comment": "De straat staat er nog in."})

    assert mailoutbox == []


# ── Other pages ────────────────────────────────────────────────────────────────
def test_approval_of_another_page_asks_what_is_missing_first(workflow, module, petra):
    """No page but stories has a workflow; should somebody on the server give one to a module, it asks first."""
    newest = ModulePage.objects.get(pk=module.pk).get_latest_revision_as_object()
    newest.steps = []
    newest.title = "Zonder stappen"
    newest.save_revision(user=petra)
    state = workflow.start(module, petra)

    with pytest.raises(Refused):
        state.current_task_state.approve(user=petra)

    assert ModulePage.objects.get(pk=module.pk).title == "Luisteren"
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
