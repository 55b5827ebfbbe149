"""The menu Planning, as the people of the site meet it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry, ReferenceIndex

from accounts.models import User
from tests.common.policy_desk import refused
from tests.factories.enrolments import enrol
from tests.factories.groups import make_group
from tests.factories.modules import add_training
from tests.factories.people import make_person
from training.domain.groups import FIELDS
from training.models import TrainingGroup

LIST = "/cms/planning/groepen/"
WORDS = {"nl": ["Groepen", "Naam", "Coördinatoren", "Mensen"], "en": ["Groups", "Name", "Coordinators", "People"]}
HEADINGS = {
    "nl": "Naam,Code,Training,Status,Coördinatoren,Mensen",
    "en": "Name,Code,Training,State,Coordinators,People",
}
CAST = ("samira", "daan", "noor", "marieke", "ilse", "roel", "stranger", "petra")


def filled(group, **values):
    """What the form posts when nothing but `values` is changed."""
    filled_in = {name: getattr(group, name) for name in FIELDS if getattr(group, name) is not None}
    leads = list(group.coordinators.values_list("pk", flat=True))
    return {**filled_in, "coordinators": leads, "seen": group.version, **values}


def page(action, group):
    return reverse(f"planning_groepen_modeladmin_{action}", args=[group.pk])


@pytest.fixture
def enter(client):
    """`enter(person)`: signed in, and let into the CMS whatever their role."""

    def signed_in(person):
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def cast(samira, daan, noor, marieke, ilse, roel, stranger, petra):
    return dict(zip(CAST, (samira, daan, noor, marieke, ilse, roel, stranger, petra), strict=True))


def people_in(response):
    return {group.name: group.people for group in response.context["object_list"]}


def queries(browser, address):
    """How many queries a page takes, and how many of them are about the training."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return {"all": len(captured), "own": sum('"training_' in query["sql"] for query in captured)}


# ── The list ───────────────────────────────────────────────────────────────────
def test_who_sees_which_groups_and_how_many_people(enter, cast, group, other_group):
    lists = {name: enter(person).get(LIST) for name, person in cast.items()}
    seen = {name: people_in(answer) for name, answer in lists.items() if not refused(answer)}

    assert seen == {
        "ilse": {"Tilburg najaar": 2},
        "roel": {"Breda najaar": 0},
        "petra": {"Breda najaar": None, "Tilburg najaar": None},
    }


def test_the_list_tells_of_a_group_what_a_coordinator_needs(enter, ilse, group, samira, training):
    group.coordinators.add(make_person("Tweede Coördinator", "coordinator"))
    words = enter(ilse).get(LIST).content.decode()

    assert [part in words for part in ("Tilburg najaar", str(training), "Ilse Verbruggen, Tweede Coördinator")] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("export", "own"), [("", 7), ("?export=csv", 3)])
def test_three_groups_cost_as_much_as_one(enter, ilse, training, group, export, own):
    """`own` leaves out who is signed in and what the CMS asks around a page: the trainings to filter by (twice) and
    three counts, unless it is an export; the rows; their coordinators.
    """
    browser = enter(ilse)
    browser.get(LIST)
    one = queries(browser, LIST + export)
    for number in range(2):
        colleague = make_person(f"Collega {number}", "coordinator")
        more = make_group(training, f"Groep {number}", coordinators=[ilse, colleague])
        enrol(make_person(f"Deelnemer {number}"), training, group=more)
    three = queries(browser, LIST + export)

    assert three == one
    assert one["own"] == own
    assert len(people_in(browser.get(LIST))) == 3


@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
def test_the_list_and_its_export_speak_two_languages(enter, ilse, group, samira, language, other):
    """Also after each other: the menu is made once, and a stream would be read when the language is put away."""
    browser = enter(ilse)
    for code in (other, language):
        User.objects.filter(pk=ilse.pk).update(language=code)
        screen = browser.get(LIST).content.decode()
        table = browser.get(LIST + "?export=csv").content.decode().splitlines()

    assert [word in screen for word in WORDS[language]] == [True] * 4
    assert [word in screen for word in WORDS[other]] == [False] * 4
    assert table == [
        HEADINGS[language],
        f"Tilburg najaar,{group.code},Jouw leven is mijn werk,Concept,Ilse Verbruggen,1",
    ]


def test_an_administrator_exports_no_number_of_people(enter, petra, group, samira):
    assert enter(petra).get(LIST + "?export=csv").content.decode().splitlines()[1].endswith(",")


def test_the_filter_names_only_trainings_of_ones_own_groups(enter, ilse, roel, group, other_group, site_pages):
    elsewhere = add_training(site_pages.trainings, "Alleen van Roel")
    TrainingGroup.objects.filter(pk=other_group.pk).update(training=elsewhere)
    browser = enter(ilse)

    assert people_in(browser.get(f"{LIST}?training={group.training_id}")) == {"Tilburg najaar": 0}
    assert "Alleen van Roel" not in browser.get(LIST).content.decode()
    assert browser.get(f"{LIST}?training={elsewhere.pk}").url == LIST
    assert people_in(enter(roel).get(f"{LIST}?training={elsewhere.pk}")) == {"Breda najaar": 0}


@pytest.mark.parametrize("letter", ["m", "x"])
def test_a_password_can_not_be_guessed_by_its_letters(enter, ilse, group, letter):
    assert enter(ilse).get(f"{LIST}?coordinators__password__startswith={letter}").url == LIST


# ── One group ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("action", "opened"),
    [("inspect", {"ilse", "petra"}), ("edit", {"ilse"}), ("history", {"ilse"}), ("delete", set())],
)
def test_who_opens_a_group_by_its_number(enter, cast, group, action, opened):
    answers = {name: enter(person).get(page(action, group)) for name, person in cast.items()}

    assert {name for name, answer in answers.items() if not refused(answer)} == opened
    assert {name for name, answer in answers.items() if b"Tilburg" in answer.content} == opened


def test_changing_is_the_coordinators_and_another_training_is_another_group(enter, cast, group, other_group):
    for name, person in cast.items():
        enter(person).post(
            page("edit", group), filled(group, name=f"Van {name}", training=1, state="open", seats_taken=9)
        )

    assert TrainingGroup.objects.values_list("name", "training").get(pk=group.pk) == ("Van ilse", group.training_id)
    assert TrainingGroup.objects.values_list("state", "seats_taken").get(pk=group.pk) == ("concept", 0)
    assert list(group.coordinators.all()) == [cast["ilse"]]
    assert list(ModelLogEntry.objects.values_list("label", "user")) == [("Van ilse", cast["ilse"].pk)]


@pytest.mark.parametrize(("person", "closed"), [("ilse", [False, True]), ("petra", [True, True])])
def test_only_a_coordinator_makes_groups_and_nobody_deletes_one(enter, cast, group, person, closed):
    browser = enter(cast[person])
    answers = [browser.post(LIST + "create/", {"name": "Nieuw"}), browser.post(page("delete", group))]

    assert [refused(answer) for answer in answers] == closed
    assert TrainingGroup.objects.count() == 2


# ── The rest of the CMS ────────────────────────────────────────────────────────
def test_the_menu_shows_planning_to_who_may_list(enter, cast):
    home = {name: enter(person).get(reverse("wagtailadmin_home")).content.decode() for name, person in cast.items()}

    assert {name for name, words in home.items() if LIST in words} == {"ilse", "roel", "petra"}


def test_no_report_or_usage_page_names_a_group(enter, cast, group, training):
    enter(cast["ilse"]).post(page("edit", group), filled(group, name="Tilburg voorjaar"), follow=True)
    reports = ["/cms/reports/site-history/", reverse("wagtailadmin_pages:usage", args=[training.pk]), "/cms/"]
    found = {
        (name, report)
        for name, person in cast.items()
        for report in reports
        if b"Tilburg" in enter(person).get(report).content
    }

    assert ModelLogEntry.objects.get().label == "Tilburg voorjaar"  # so it could
    assert found == set()
    assert not ReferenceIndex.get_references_to(training).exists()


def test_links_elsewhere_lead_only_the_coordinator_to_a_group(cast, group):
    linked = {name for name, person in cast.items() if AdminURLFinder(person).get_edit_url(group)}

    assert linked == {"ilse"}
