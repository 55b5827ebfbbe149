"""The menu Planning with its three lists: forms call the acts, and the holes of the lists' library stay shut."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.common.policy_desk import refused
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting
from tests.words import dutch
from training.cms.planning import DeskItem, PlanningMenu
from training.domain.finishing import replace_certificate, revoke_certificate
from training.domain.places import enrol_oneself, prepare_place
from training.models import Certificate, GroupPlace, Meeting, TrainingGroup

pytestmark = pytest.mark.django_db
COST_OF_LIST = 17
LISTS = {
    "groepen": "traininggroup",
    "bijeenkomsten": "meeting",
    "plaatsen": "groupplace",
    "bewijzen": "certificate",
}


def address(model, action, row=None):
    return reverse(f"planning_{model}_modeladmin_{action}", args=[row.pk] if row else [])


@standing
def rows(small_group, ilse, noor):
    """One row of Ilse's in each list."""
    place = prepare_place(small_group, make_person("Deelnemer 1"), by=ilse)
    return {
        "groepen": small_group,
        "bijeenkomsten": plan_meeting(small_group, ilse, noor),
        "plaatsen": place,
        "bewijzen": certificate_of(small_group),
    }


def certificate_of(group):
    """One of somebody who takes part in the group."""
    place = enrol_oneself(group, make_person("Anna"))
    snapshot = {"name": "Anna van Ginkel", "group": group.name}
    return Certificate.objects.create(enrolment=place.enrolment, snapshot=snapshot, snapshot_sha256="x")


def enter(client, person):
    from django.contrib.auth.models import Permission

    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    return client


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (TrainingGroup, Meeting, GroupPlace, Certificate)]


# ── The holes ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("action", ["edit", "inspect", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_row_of_another_is_not_there(client, roel, rows, name, action, method):
    before = everything()
    try:
        where = address(name, action, rows[name])
    except Exception:  # a list without this page has nothing to shut
        return
    answer = getattr(enter(client, roel), method)(where, {"name": "Gekaapt", "title": "Gekaapt"})

    assert (refused(answer), everything()) == (True, before)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("who", ["samira", "noor", "marieke", "stranger"])
def test_who_coordinates_nothing_has_no_list(request, client, rows, name, who):
    assert refused(enter(client, request.getfixturevalue(who)).get(address(name, "index")))


def test_an_administrator_reads_names_of_groups_and_neither_meetings_nor_places(client, petra, rows):
    browser = enter(client, petra)

    assert [refused(browser.get(address(name, "index"))) for name in LISTS] == [False, True, True, True]
    assert refused(browser.post(address("groepen", "edit", rows["groepen"]), {"name": "Gekaapt"}))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    ["group__coordinators__password__startswith=a", "enrolment__person__email__startswith=d", "wishes__contains=a",
     "snapshot__name__startswith=A", "onbekend=1", "groep=999999", "groep=x", "stand=x", "p=x", "q=%00"],
)  # fmt: skip
def test_what_is_no_filter_never_reaches_the_database(client, ilse, rows, name, query):
    answer = enter(client, ilse).get(f"{address(name, 'index')}?{query}")

    assert answer.status_code in (200, 302)
    if "__" in query:
        assert answer.url == address(name, "index")


@pytest.mark.parametrize("name", LISTS)
def test_nothing_that_others_refer_to_is_deleted(client, ilse, rows, name):
    before = everything()
    enter(client, ilse).post(address(name, "delete", rows[name]))

    assert everything() == before


def test_a_place_is_looked_up_and_not_edited(client, ilse, rows):
    before = everything()
    answer = enter(client, ilse).post(address("plaatsen", "edit", rows["plaatsen"]), {"state": "enrolled"})

    assert (refused(answer), everything()) == (True, before)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_and_exports_only_ones_own(client, ilse, roel, rows, name):
    mine, other = (enter(client, person).get(address(name, "index") + "?export=csv") for person in (ilse, roel))
    told = [b"".join(answer) if answer.streaming else answer.content for answer in (mine, other)]

    assert [b"Tilburg najaar" in words for words in told] == [True, False]


def test_a_certificate_is_read_and_not_edited(client, ilse, rows):
    before, certificate = everything(), rows["bewijzen"]
    browser = enter(client, ilse)
    answer = browser.get(address("bewijzen", "inspect", certificate))

    assert (answer.status_code, certificate.number in answer.content.decode()) == (200, True)
    for action in ("edit", "delete", "history"):
        assert refused(browser.get(address("bewijzen", action, certificate)))
        assert refused(browser.post(address("bewijzen", action, certificate), {"number": "GEKAAPT"}))
    assert everything() == before


def test_a_row_leads_to_its_certificate_and_to_the_acts(client, ilse, rows):
    certificate, browser = rows["bewijzen"], enter(client, ilse)
    place = certificate.enrolment.places.get()
    ways = [
        f"/bewijs/{certificate.uuid}/",
        f"/plaatsen/{place.uuid}/bewijs/",
        f"/plaatsen/{place.uuid}/bewijs/intrekken/",
    ]
    page = browser.get(address("bewijzen", "index")).content.decode()
    assert [way in page for way in ways] == [True, True, True]

    revoke_certificate(certificate, reason="Per ongeluk")
    page = browser.get(address("bewijzen", "index")).content.decode()
    assert [way in page for way in ways] == [True, False, False]


@pytest.mark.parametrize(
    ("state", "names"), [("geldig", ["Anna", "Cas"]), ("vervangen", ["Anna"]), ("ingetrokken", ["Bo"])]
)
def test_certificates_are_filtered_by_what_they_are_now(client, ilse, small_group, state, names):
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=9)
    for name in ("Anna", "Bo", "Cas"):
        place = enrol_oneself(small_group, make_person(name))
        Certificate.objects.create(enrolment=place.enrolment, snapshot={"name": name}, snapshot_sha256="x")
    replace_certificate(Certificate.objects.get(snapshot__name="Anna"), name="Anna", reason="Haar naam", by=ilse)
    revoke_certificate(Certificate.objects.get(snapshot__name="Bo"), reason="Per ongeluk")
    page = (
        enter(client, ilse)
        .get(address("bewijzen", "index"), {"stand": state, "groep": small_group.pk})
        .content.decode()
    )

    assert [name for name in ("Anna", "Bo", "Cas") if f">{name}<" in page.replace(" ", "").replace("\n", "")] == names


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_of_certificates_costs_the_same_for_more(client, ilse, small_group, django_assert_num_queries, count):
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=9)
    for number in range(count):
        place = enrol_oneself(small_group, make_person(f"Deelnemer {number}"))
        Certificate.objects.create(enrolment=place.enrolment, snapshot={}, snapshot_sha256="x")
    browser = enter(client, ilse)
    browser.get(address("bewijzen", "index"))

    with django_assert_num_queries(COST_OF_LIST):
        browser.get(address("bewijzen", "index"))


def test_an_export_says_states_in_words(client, ilse, rows):
    answer = enter(client, ilse).get(address("plaatsen", "index") + "?export=csv")
    words = (b"".join(answer) if answer.streaming else answer.content).decode()

    assert ["klaargezet" in words, "prepared" in words] == [True, False]


def test_what_the_form_only_remembers_is_not_seen(client, ilse, rows):
    page = enter(client, ilse).get(address("bijeenkomsten", "edit", rows["bijeenkomsten"])).content.decode()

    assert (page.count('name="seen"'), "w-hidden" in page) == (1, True)


# ── Forms call acts ────────────────────────────────────────────────────────────
def in_march():
    """Return a day that is always to come, in winter time."""
    return datetime.date(timezone.localdate().year + 1, 3, 19)


def meeting_values(meeting, **changed):
    day = f"{in_march():%d-%m-%Y}"
    return {
        "seen": meeting.version, "kind": "training", "format": "on_site", "title": meeting.title, "break_minutes": "15",
        "starts_at": f"{day} 10:00", "ends_at": f"{day} 13:00", "city": "Tilburg", **changed,
    }  # fmt: skip


def test_a_meeting_is_moved_and_one_comes_back_to_its_page(client, ilse, rows):
    meeting = rows["bijeenkomsten"]
    values = meeting_values(meeting, room="zaal 4", confirm="1")
    answer = enter(client, ilse).post(address("bijeenkomsten", "edit", meeting), values)
    moved = Meeting.objects.get(pk=meeting.pk)

    assert answer.url == reverse("training:meeting", args=[meeting.uuid])
    assert (f"{moved.starts_at:%Y-%m-%d %H:%M}", moved.room, moved.version) == (
        f"{in_march()} 09:00",
        "zaal 4",
        meeting.version + 1,
    )
    assert set(moved.staff.values_list("starts_at", flat=True)) == {moved.starts_at}


def test_a_clash_says_what_to_do_about_it_and_the_reason_lets_it_pass(client, ilse, rows, training, a_meeting):
    other = a_meeting(make_group(training, "Eindhoven", coordinators=[ilse]), title="Elders")
    browser, meeting = enter(client, ilse), rows["bijeenkomsten"]
    for one in (meeting, other):
        confirm = {"confirm": "1"} if one == meeting else {}
        answer = browser.post(address("bijeenkomsten", "edit", one), meeting_values(one, **confirm))
    words = answer.content.decode()
    passed = browser.post(
        address("bijeenkomsten", "edit", other), meeting_values(other, why_clash="Noor wisselt.", confirm="1")
    )

    assert "Tilburg najaar" in words
    assert dutch("Choose another time, or write at the end of the form why it is all right.") in words
    assert (passed.status_code, other.staff.get().reason_for_clash) == (302, "Noor wisselt.")


def test_what_came_meanwhile_is_not_overwritten(client, ilse, rows):
    meeting = rows["bijeenkomsten"]
    values = meeting_values(meeting, seen=meeting.version - 1, room="zaal 9")
    answer = enter(client, ilse).post(address("bijeenkomsten", "edit", meeting), values)

    assert (answer.status_code, Meeting.objects.get(pk=meeting.pk).room) == (409, "")
    said = dutch("{name} changed this meanwhile. Look at both, then save again.").format(name="Ilse Verbruggen")
    assert [said in answer.content.decode(), "zaal 9" in answer.content.decode()] == [True, True]


@pytest.mark.parametrize("wrong", ["28-03-2027 02:30", "31-11-2027 09:30", "x", ""])
def test_a_time_that_is_none_is_said(client, ilse, rows, wrong):
    meeting = rows["bijeenkomsten"]
    answer = enter(client, ilse).post(
        address("bijeenkomsten", "edit", meeting), meeting_values(meeting, starts_at=wrong)
    )

    assert (answer.status_code, Meeting.objects.get(pk=meeting.pk).version) == (200, meeting.version)


def test_a_new_group_is_hers_and_tells_nobody(client, ilse, training):
    values = {
        "training": training.pk, "name": "Oss", "code": "JLMW-2027-01", "capacity": "12", "minimum": "6",
        "waiting": "automatic", "cancel_until_hours": "48", "remind_days": "2", "attendance_percent": "80",
        "holiday_region": "zuid",
    }  # fmt: skip
    answer = enter(client, ilse).post(address("groepen", "create"), values)
    made = TrainingGroup.objects.get(code="JLMW-2027-01")

    assert answer.url == reverse("training:planned_group", args=[made.uuid])
    assert (made.state, made.seats_taken, list(made.coordinators.all())) == ("concept", 0, [ilse])


def test_fewer_seats_than_people_is_refused_in_words(client, ilse, rows):
    from training.domain.groups import FIELDS

    group = rows["groepen"]
    TrainingGroup.objects.filter(pk=group.pk).update(seats_taken=2)
    values = {name: getattr(group, name) for name in FIELDS if getattr(group, name) is not None}
    answer = enter(client, ilse).post(
        address("groepen", "edit", group), {**values, "capacity": "1", "coordinators": [ilse.pk]}
    )

    assert (answer.status_code, TrainingGroup.objects.get(pk=group.pk).capacity) == (200, 2)
    assert answer.context["form"].errors["capacity"] == [
        dutch("{number} seats are taken. A group can't have fewer than that.").format(number=2)
    ]


NEW = {
    "name": "Oss", "code": "JLMW-2027-01", "capacity": "12", "minimum": "6", "waiting": "automatic",
    "cancel_until_hours": "48", "remind_days": "2", "attendance_percent": "80", "holiday_region": "zuid",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"minimum": "13"}, "minimum", "The fewest people can't be more than the seats."),
        ({"enrol_from": "2027-03-02", "enrol_until": "2027-03-01"}, "enrol_until", "Enrolling ends after it begins."),
        ({"code": "SAME"}, "code", "Another group has this code already. Choose another one."),
        ({"capacity": "0", "minimum": "0"}, "capacity", None),
        ({"capacity": "veel"}, "capacity", None),
        ({"name": "x\x00"}, "name", None),
        ({"name": "x" * 81}, "name", None),
        ({"trainers": ["999999"]}, "trainers", None),
        ({"training": "999999"}, "training", None),
        ({"enrol_from": "31-11-2027"}, "enrol_from", None),
    ],
)
def test_what_can_not_be_is_said_at_its_field_and_nothing_typed_is_lost(
    client, ilse, group, training, wrong, field, sentence
):
    TrainingGroup.objects.filter(pk=group.pk).update(code="SAME")
    answer = enter(client, ilse).post(address("groepen", "create"), {**NEW, "training": training.pk, **wrong})
    form = answer.context["form"]

    assert (answer.status_code, list(form.errors), TrainingGroup.objects.count()) == (200, [field], 1)
    assert sentence is None or form.errors[field] == [dutch(sentence)]
    assert (form["code"].value(), form["name"].value()) == (wrong.get("code", NEW["code"]), wrong.get("name", "Oss"))


def test_a_new_group_is_there_and_nobody_was_told(client, ilse, training):
    page = enter(client, ilse).post(address("groepen", "create"), {**NEW, "training": training.pk}, follow=True)
    said = [str(message).strip() for message in page.context["messages"]]

    assert said == [dutch("{group} is made. Nobody was told.").format(group="Oss")]
    assert page.request["PATH_INFO"] == reverse(
        "training:planned_group", args=[TrainingGroup.objects.get(name="Oss").uuid]
    )


def test_the_only_training_is_chosen_and_people_are_ticked_by_their_role(
    client, ilse, roel, marieke, noor, samira, training
):
    form = enter(client, ilse).get(address("groepen", "create")).context["form"]

    def shown(name):
        return [str(label) for _value, label in form.fields[name].choices]

    assert form["training"].value() == training.pk
    assert {name: shown(name) for name in ("coordinators", "trainers", "co_trainers")} == {
        "coordinators": ["Roel Aarts", "Ilse Verbruggen"],  # by their last names
        "trainers": ["Marieke de Wit"],
        "co_trainers": ["Noor"],
    }
    assert {type(form.fields[name].widget).__name__ for name in ("coordinators", "trainers", "co_trainers")} == {
        "CheckboxSelectMultiple"
    }


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_forms_bring_what_makes_them_fit_a_phone(client, ilse, rows, name):
    page = enter(client, ilse).get(address(name, "index"))

    assert b"css/components/cms-lists" in page.content


def test_the_menu_leads_back_to_the_desk(client, ilse, marieke):
    first = PlanningMenu().get_submenu_items()[0]
    shown = [DeskItem("", "").is_shown(type("Request", (), {"user": person})) for person in (ilse, marieke)]

    assert (str(first.label), first.url, shown) == ("This week", reverse("training:desk"), [True, False])
