"""What registers count a training for: its list in the menu Planning, and what certificates say of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.refusals import Refused
from tests.common.policy_desk import refused
from tests.factories.enrolments import finish_all
from tests.factories.modules import add_training
from tests.factories.people import make_person
from training.domain.accreditations import add_accreditation, figure, registers_on
from training.domain.attendance import mark
from training.domain.finishing import issue_certificates
from training.domain.places import enrol_oneself
from training.models import Accreditation, Certificate, Meeting

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def other_training(site_pages):
    """A training that is online and in which Ilse leads no group."""
    return add_training(site_pages.trainings, "Iets anders")


@pytest.fixture
def accredit(site_pages, small_group):
    """`accredit("skj", "2026-01-01", "2026-12-31")` is an accreditation of the training of Ilse's group."""

    def made(register, first, last, *, activity_id="20-1417", points="11.5", training=None):
        values = {"activity_id": activity_id, "points": points, "valid_from": day(first), "valid_until": day(last)}
        return add_accreditation(training=training or small_group.training, register=register, **values)

    return made


def address(action, row=None):
    return reverse(f"planning_accreditaties_modeladmin_{action}", args=[row.pk] if row else [])


def typed(of, **changed):
    return {
        "training": of.pk,
        "register": "registerplein",
        "activity_id": "461735",
        "points": "11",
        "valid_from": "1-1-2027",
        "valid_until": "31-12-2029",
        **changed,
    }


# ── One at a time ──────────────────────────────────────────────────────────────
def test_it_counts_on_its_first_and_last_day_and_not_outside(accredit, small_group):
    accredit("skj", "2026-03-01", "2026-04-30")
    days = ["2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01"]

    found = [registers_on(small_group.training, day(one)) for one in days]
    line = [{"register": "SKJ", "activity": "20-1417", "points": "11.5"}]
    assert found == [[], line, line, []]


def test_two_at_once_are_refused_but_another_register_or_time_is_not(accredit):
    accredit("skj", "2026-01-01", "2026-12-31")
    accredit("skj", "2027-01-01", "2027-12-31")
    accredit("nip", "2026-01-01", "2026-12-31")

    with pytest.raises(Refused, match="another accreditation"):
        accredit("skj", "2026-12-31", "2028-01-01")
    assert Accreditation.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [{"valid_until": day("2025-12-31")}, {"points": "-1"}, {"activity_id": ""}, {"register": "bsn"}],
)
def test_the_database_refuses_what_can_not_be(small_group, wrong):
    values = {"register": "skj", "activity_id": "1", "points": "1"}
    values |= {"valid_from": day("2026-01-01"), "valid_until": day("2026-12-31")}

    with pytest.raises(IntegrityError), transaction.atomic():
        Accreditation.objects.create(training=small_group.training, **values | wrong)


@pytest.mark.parametrize(("number", "said"), [("10.00", "10"), ("5.50", "5.5"), ("0.25", "0.25"), ("100", "100")])
def test_a_figure_has_no_zeros_at_its_end(number, said):
    from decimal import Decimal

    assert figure(Decimal(number)) == said


# ── The list ───────────────────────────────────────────────────────────────────
@pytest.fixture
def enter(client):
    def entered(person):
        from django.contrib.auth.models import Permission

        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(person)
        return client

    return entered


def test_a_coordinator_keeps_those_of_her_trainings(enter, ilse, small_group):
    answer = enter(ilse).post(address("create"), typed(small_group.training))

    row = Accreditation.objects.get()
    assert (answer.status_code, row.activity_id, row.valid_until) == (302, "461735", day("2029-12-31"))
    enter(ilse).post(address("edit", row), typed(small_group.training, points="12,5", activity_id="461736", seen=1))
    row.refresh_from_db()
    assert (row.activity_id, figure(row.points)) == ("461736", "12.5")
    enter(ilse).post(address("delete", row))
    assert Accreditation.objects.count() == 0


def test_an_administrator_keeps_all_of_them(enter, petra, accredit, small_group):
    row = accredit("skj", "2026-01-01", "2026-12-31")

    browser = enter(petra)
    assert [refused(browser.get(where)) for where in (address("index"), address("edit", row))] == [False, False]


@pytest.mark.parametrize("who", ["samira", "noor", "marieke", "stranger"])
def test_for_others_there_is_no_list(request, enter, accredit, who):
    row = accredit("skj", "2026-01-01", "2026-12-31")
    browser = enter(request.getfixturevalue(who))

    assert [refused(browser.get(one)) for one in (address("index"), address("edit", row), address("create"))] == [
        True
    ] * 3


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["edit", "delete", "history"])
def test_another_training_is_not_hers(enter, ilse, small_group, accredit, other_training, action, method):
    row = accredit("skj", "2026-01-01", "2026-12-31", training=other_training, activity_id="geheim-77")
    browser = enter(ilse)

    assert refused(getattr(browser, method)(address(action, row), typed(small_group.training)))
    assert b"geheim-77" not in browser.get(address("index")).content
    browser.post(address("create"), typed(other_training))
    assert list(Accreditation.objects.values_list("activity_id", flat=True)) == ["geheim-77"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": "31-12-2026"},
        {"points": "veel"},
        {"points": "-1"},
        {"activity_id": ""},
        {"activity_id": "\x00"},
        {"training": "x"},
        {"valid_from": "x" * 50_000},
        {"register": "bsn"},
    ],
)
def test_what_can_not_be_is_said_at_the_field(enter, ilse, small_group, wrong):
    answer = enter(ilse).post(address("create"), typed(small_group.training, **wrong))

    assert (answer.status_code in (200, 400), Accreditation.objects.count()) == (True, 0)


def test_a_second_one_in_that_time_is_said_and_not_kept(enter, ilse, small_group, accredit):
    accredit("registerplein", "2029-01-01", "2030-12-31")

    answer = enter(ilse).post(address("create"), typed(small_group.training))
    assert (answer.status_code, Accreditation.objects.count()) == (200, 1)


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_costs_the_same_for_more_rows(enter, ilse, accredit, django_assert_num_queries, number):
    for place in range(number):
        accredit("skj", f"{2020 + place}-01-01", f"{2020 + place}-12-31")
    browser = enter(ilse)
    browser.get(address("index"))

    with django_assert_num_queries(LIST_QUERIES):
        assert browser.get(address("index")).status_code == 200


LIST_QUERIES = 16


# ── The certificate ────────────────────────────────────────────────────────────
@pytest.fixture
def certificate(small_group, a_meeting, ilse, module):
    """`certificate()` is Anna's: she was at a meeting of ten hours that ended yesterday."""

    def made():
        meeting = a_meeting(small_group)
        ends = datetime.datetime.now(datetime.UTC) - 24 * HOUR
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=ends - 10 * HOUR, ends_at=ends, break_minutes=0)
        meeting = Meeting.objects.select_related("group").get(pk=meeting.pk)
        place = enrol_oneself(small_group, make_person("Anna"))
        mark(meeting, place, "present", by=ilse)
        finish_all(place.enrolment, module)
        issue_certificates(small_group, by=ilse)
        return Certificate.objects.get()

    return made


def test_a_certificate_says_what_counted_on_its_last_day(accredit, certificate, browser_of, ilse):
    year = datetime.date.today().year
    accredit("skj", f"{year - 1}-01-01", f"{year + 1}-12-31")
    accredit("registerplein", f"{year - 3}-01-01", f"{year - 2}-12-31", activity_id="31-0000")

    found = certificate()

    assert (found.snapshot["registers"], found.snapshot["hours"]) == (
        [{"register": "SKJ", "activity": "20-1417", "points": "11.5"}],
        "10",
    )
    Accreditation.objects.all().delete()
    page = browser_of(ilse).get(f"/bewijs/{found.uuid}/").content.decode()
    assert ("<dt>SKJ</dt><dd>ID-nummer 20-1417, 11,5 punten</dd>" in page, "31-0000" in page) == (True, False)


@pytest.mark.parametrize("snapshot", [{"name": "Anna", "hours": "5.5"}, {}])
def test_an_older_certificate_still_shows(certificate, browser_of, ilse, snapshot):
    found = certificate()
    Certificate.objects.update(snapshot=snapshot)

    answer = browser_of(ilse).get(f"/bewijs/{found.uuid}/")
    assert (answer.status_code, "ID-nummer" in answer.content.decode()) == (200, False)
