"""Who meets which page in the CMS: co-trainers their own stories, and nobody what others still write."""

import urllib.request

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import policy_registry

from accounts.roles import sync_roles
from stories.models import CoWriter
from tests.factories.modules import add_module
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording
from tests.matrix.cms import story_form
from tests.standing import standing
from tests.training.cms.forms import form_of, step
from training.models import ModulePage

SEARCH = "/cms/pages/search/?q=vertel"


@standing
def fatma(site_pages, noor):
    """Another co-trainer."""
    sync_roles()
    return make_person("Fatma", "co-trainer")


@standing
def own(site_pages, noor, fatma):
    return add_story(site_pages.stories, "Noor vertelt", owner=noor, live=False)


@standing
def others(site_pages, fatma):
    """A draft of Fatma."""
    return add_story(site_pages.stories, "Fatma vertelt", owner=fatma, live=False)


def titles(response):
    """Which of the two drafts a page of the CMS names."""
    return [name for name in ("Noor vertelt", "Fatma vertelt") if name in response.content.decode()]


def met_by(person):
    return set(policy_registry.get_by_type(Page).explorable_instances(person).values_list("title", flat=True))


# ── Her own ────────────────────────────────────────────────────────────────────
def test_a_co_trainer_meets_her_own_stories_and_no_others(noor, fatma, marieke, ilse, own, others, story):
    front = "Jouw leven is mijn werk"  # where the way to their pages begins
    assert met_by(noor) == {front, "Verhalen", "Oefeningen", "Noor vertelt"}
    assert met_by(fatma) == {front, "Verhalen", "Oefeningen", "Fatma vertelt"}
    assert met_by(marieke) == {front, "Training", "Oefeningen"}
    assert met_by(ilse) == set()


@pytest.mark.parametrize("page", ["stories", "search", "report", "history", "api"])
def test_every_list_names_hers_alone(browser_of, noor, own, others, site_pages, page):
    for story in (own, others):
        story.save_revision(log_action=True)
    address = {
        "stories": f"/cms/pages/{site_pages.stories.pk}/",
        "search": SEARCH,
        "report": "/cms/pages/usage/stories/storypage/",
        "history": "/cms/reports/site-history/",
        "api": "/cms/api/main/pages/",
    }[page]

    assert titles(browser_of(noor).get(address)) == ["Noor vertelt"]


def test_she_writes_on_in_her_own_story(browser_of, noor, own):
    browser, edit = browser_of(noor), f"/cms/pages/{own.pk}/edit/"
    seen = [browser.get(f"/cms/pages/{own.pk}/{part}/").status_code for part in ("edit", "history", "view_draft")]

    answer = browser.post(edit, story_form() | {"title": "Noor vertelt verder"})

    assert (seen, answer.status_code, answer.url) == ([200] * 3, 302, edit)
    assert Page.objects.get(pk=own.pk).get_latest_revision_as_object().title == "Noor vertelt verder"


def test_she_adds_a_story_that_is_hers(browser_of, noor, own, site_pages):
    address = f"/cms/pages/add/stories/storypage/{site_pages.stories.pk}/"

    assert browser_of(noor).get(address).status_code == 200
    browser_of(noor).post(address, story_form())
    assert Page.objects.get(slug="gekaapt").owner == noor


@pytest.mark.parametrize("part", ["edit", "history", "view_draft", "delete", "privacy", "usage"])
def test_anothers_draft_is_a_page_that_is_not_there(browser_of, noor, own, others, part):
    browser = browser_of(noor)

    assert [browser.get(f"/cms/pages/{pk}/{part}/").status_code for pk in (others.pk, 999_999)] == [404, 404]


def test_a_bulk_action_names_no_page_that_she_does_not_meet(browser_of, noor, own, others, site_pages):
    browser, address = browser_of(noor), "/cms/bulk/wagtailcore/page/publish/"
    both = f"{address}?id={own.pk}&id={others.pk}"
    asked = [f"{address}?id={own.pk}", both, f"{address}?id=all&childOf={site_pages.stories.pk}", f"{address}?id=all"]

    assert [browser.get(one).status_code for one in asked] == [200, 404, 404, 404]


@pytest.mark.parametrize(
    "address",
    ["wagtailcore/page/publish/?id=x", "nooit/page/publish/?id=1", "wagtailcore/page/publish/?id=99999999999999999999"],
)
def test_a_nonsense_bulk_action_is_a_missing_page(browser_of, petra, fatma, address):
    assert browser_of(petra).get(f"/cms/bulk/{address}").status_code == 404


# ── With more than the right to add ────────────────────────────────────────────
def test_who_may_also_change_meets_all_below(marieke, fatma, training, site_pages):
    other = add_module(training, "Van een ander", owner=fatma, live=False)

    assert "Van een ander" in met_by(marieke)
    policy = policy_registry.get_by_type(Page)
    assert policy.user_has_permission_for_instance(marieke, "add", other)
    assert set(policy.instances_user_has_permission_for(marieke, "add")) >= {training.page_ptr, other.page_ptr}


def test_a_right_of_wagtails_on_a_story_shows_nothing_and_an_invitation_does(noor, fatma, own, others):
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    together = Group.objects.create(name="Samen schrijven")
    GroupPagePermission.objects.create(group=together, page=others, permission=change)
    noor.groups.add(together)

    assert "Fatma vertelt" not in met_by(noor)

    CoWriter.objects.create(story=others, person=noor, invited_by=fatma, until=timezone.localdate())
    assert {"Noor vertelt", "Fatma vertelt"} <= met_by(noor)


# ── Choosing ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("name", "seen"), [("noor", ["Noor vertelt"]), ("marieke", []), ("petra", [])])
def test_the_chooser_shows_what_is_online_and_what_is_ones_own(
    request, browser_of, own, others, story, site_pages, name, seen
):
    browser = browser_of(request.getfixturevalue(name))
    answer = browser.get(f"/cms/choose-page/{site_pages.stories.pk}/")

    assert "De stoel bij het raam" in answer.content.decode()
    assert titles(answer) == seen


def test_a_newer_title_is_for_who_works_on_the_page(browser_of, ilse, petra, fatma, site_pages):
    story = add_story(site_pages.stories, "De stoel bij het raam", owner=fatma)
    newer = story.get_latest_revision_as_object()
    newer.title = "De stoel bij de deur"
    newer.save_revision()
    address = f"/cms/choose-page/{site_pages.stories.pk}/"

    shown = [browser_of(person).get(address).content.decode() for person in (ilse, petra, fatma)]

    assert ["De stoel bij de deur" in words for words in shown] == [False, False, True]
    assert str(type(story).objects.get().get_admin_display_title()) == "De stoel bij het raam"


def test_a_form_lists_the_recordings_that_one_may_work_on(browser_of, noor, petra, own):
    CoWriter.objects.create(story=own, person=petra, invited_by=noor, until=timezone.localdate())
    chosen, private = make_recording("Eigen stem"), make_recording("Stem van een ander")
    own.recording = chosen
    own.save_revision(user=noor)
    edit = f"/cms/pages/{own.pk}/edit/"

    lists = {
        person: browser_of(person).get(edit).context["form"].fields["recording"].queryset for person in (noor, petra)
    }
    refused = browser_of(noor).post(edit, story_form() | {"recording": private.pk})

    assert {person: set(rows) for person, rows in lists.items()} == {noor: {chosen}, petra: {chosen, private}}
    assert list(refused.context["form"].errors) == ["recording"]


def test_who_may_choose_in_a_collection_is_offered_what_lies_there(browser_of, noor, own):
    recording = make_recording("Uit de kast")
    right = Permission.objects.get(content_type__app_label="wagtailmedia", codename="change_media")
    group = Group.objects.get(name="co-trainer")
    GroupCollectionPermission.objects.create(group=group, collection=Collection.get_first_root_node(), permission=right)

    form = browser_of(noor).get(f"/cms/pages/{own.pk}/edit/").context["form"]

    assert list(form.fields["recording"].queryset) == [recording]


def module_form(*steps):
    return form_of("Stilte", list(steps))


@standing
def hidden_module(training, marieke, fatma):
    return add_module(training, "Stilte", owner=marieke, live=False)


@pytest.mark.parametrize("name", ["others", "closed_recording"])
@pytest.mark.parametrize("part", ["edit", "edit/preview"])
def test_a_number_that_is_guessed_shows_nothing(request, browser_of, marieke, others, hidden_module, name, part):
    closed_recording = make_recording("Fatma vertelt")
    guessed = {"others": {"story": others}, "closed_recording": {"recording": closed_recording}}[name]
    before = hidden_module.get_latest_revision_as_object().steps.get_prep_value()

    answer = browser_of(marieke).post(f"/cms/pages/{hidden_module.pk}/{part}/", module_form(step("Stap", **guessed)))

    assert (answer.status_code, answer.url, titles(answer)) == (302, "/cms/", [])
    hidden_module.refresh_from_db()
    assert hidden_module.get_latest_revision_as_object().steps.get_prep_value() == before


def test_what_is_online_or_stood_there_before_may_be_chosen(browser_of, marieke, petra, story, others, hidden_module):
    """Petra was asked to write along and put the draft there; Marieke may leave it where it is and add a story."""
    CoWriter.objects.create(story=others, person=petra, until=timezone.localdate())
    edit = f"/cms/pages/{hidden_module.pk}/edit/"
    both = module_form(step("Stap", story=others), step("Stap 2", story=story))

    answers = [browser_of(petra).post(edit, module_form(step("Stap", story=others)))]
    answers.append(browser_of(marieke).post(edit, both))

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, edit)] * 2
    steps = ModulePage.objects.get(pk=hidden_module.pk).get_latest_revision_as_object().step_list
    assert [each.story_id for each in steps] == [others.pk, story.pk]


# ── Other doors ────────────────────────────────────────────────────────────────
def test_the_report_of_page_types_is_for_nobody(browser_of, marieke, petra, fatma):
    """It names a page of each type, stories too, and no role works on all of those."""
    browsers = [browser_of(person) for person in (marieke, petra)]

    assert [browser.get("/cms/reports/page-types-usage/").status_code for browser in browsers] == [404, 404]
    assert ["page-types-usage" in browser.get("/cms/").content.decode() for browser in browsers] == [False, False]


def test_no_address_that_is_typed_is_fetched(browser_of, noor, own, monkeypatch):
    def fetched(*args, **kwargs):
        raise AssertionError("The server opened a connection.")

    monkeypatch.setattr(urllib.request, "urlopen", fetched)
    typed = {"embed-chooser-url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}

    answer = browser_of(noor).post("/cms/embeds/chooser/upload/", typed)

    assert (answer.status_code, answer.json()["step"]) == (200, "chooser")


def test_deleting_a_recording_says_its_title_to_who_may(browser_of, noor, petra, own):
    recording = make_recording("Stem van een ander")
    own.recording = recording
    own.save()

    said = [browser_of(person).post(f"/cms/media/delete/{recording.pk}/", follow=True) for person in (noor, petra)]

    assert ["Stem van een ander" in answer.content.decode() for answer in said] == [False, True]
