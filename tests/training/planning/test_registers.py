"""Passing a group on to a register: who reads the numbers when, what is taken along, what people see of it."""

import datetime
import io

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from accounts.personal_data.contents import readable
from accounts.personal_data.erasing import erase_now
from common.refusals import Refused
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting
from tests.words import dutch
from training.domain.attendance import mark
from training.domain.places import enrol_oneself
from training.domain.register_delivery import deliver_late, keep_delivery, open_numbers
from training.domain.register_lists import register_lines, register_list
from training.domain.register_numbers import (
    forget_old_numbers,
    keep_number,
    passages_of,
    withdraw_leave,
)
from training.domain.standings import standings_of
from training.models import Enrolment, Meeting, RegisterDelivery, RegisterEvent, RegisterNumber
from training.planning_choices import Register, RegisterAct

PLEIN, SKJ = Register.REGISTERPLEIN, Register.SKJ
HOUR = datetime.timedelta(hours=1)


@standing
def over(small_group, ilse, noor):
    """Two meetings of two hours that are over, the last one yesterday: by the clock, at whatever hour this runs."""
    small_group.capacity = 9
    small_group.save()
    for place, meeting in enumerate([plan_meeting(small_group, ilse, noor, days=days) for days in (3, 5)], start=1):
        day = today() - datetime.timedelta(days=place)
        begins = timezone.make_aware(datetime.datetime.combine(day, datetime.time(13)))
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + 2 * HOUR, break_minutes=0)
        meeting.staff.update(starts_at=begins, ends_at=begins + 2 * HOUR)
    return list(Meeting.objects.filter(group=small_group).select_related("group").order_by("starts_at"))


@pytest.fixture
def take_part(small_group, over, ilse):
    """`take_part("Anna", 4610123)` allows her number; `there` are her minutes at each meeting."""

    def made(name, number=None, *, allows=True, there=(120, 120), register=PLEIN):
        person = make_person(name)
        place = enrol_oneself(small_group, person)
        for meeting, minutes in zip(over, there, strict=True):
            status = "present" if minutes == 120 else "partly" if minutes else "absent"
            mark(meeting, place, status, by=ilse, minutes=minutes if status == "partly" else None)
        if number:
            keep_number(person, register, str(number), may_pass_on=allows)
        return person

    return made


@pytest.fixture
def desk(ilse, browser_of, small_group):
    """`desk("get", "registerplein/")` is what Ilse gets at an address of registers of her group."""
    browser = browser_of(ilse)

    def visit(method, path, data=None):
        return getattr(browser, method)(f"/planning/groepen/{small_group.uuid}/registers/{path}", data or {})

    return visit


def deliver(group, by, *, day, run="", version=None, register=PLEIN):
    if version is None:
        version = register_list(group, register).delivery.version
    return keep_delivery(group, register, execution_number=run, day=day, version=version, by=by)


def acts(person):
    return list(RegisterEvent.objects.of_person(person).order_by("pk").values_list("act", "day"))


def today():
    return timezone.localdate()


def yesterday():
    return today() - datetime.timedelta(days=1)


# ── Who reads it ───────────────────────────────────────────────────────────────
def test_numbers_are_closed_until_they_are_opened_to_pass_them_on(small_group, take_part, desk, ilse):
    anna = take_part("Anna", 4610001)
    before = desk("get", "registerplein/").content.decode()
    answer = desk("post", "registerplein/nummers/")
    after = desk("get", "registerplein/").content.decode()

    assert ("4610001" in before, answer.status_code, "4610001" in after) == (False, 302, True)
    assert [act for act, _day in acts(anna)] == ["allowed", "opened"]
    assert open_numbers(small_group, PLEIN, by=ilse) == 0
    assert [act for act, _day in acts(anna)] == ["allowed", "opened"]


def test_only_who_was_there_long_enough_and_allows_it(small_group, take_part, desk, ilse):
    take_part("Anna", 4610001)
    take_part("Bo", 4610002, allows=False)
    take_part("Cas", 4610003, there=(120, 60))  # 180 of 240 minutes: 75 %
    take_part("Dina")
    take_part("Eef", 4610005, there=(120, 72))  # 192 of 240: exactly 80 %
    open_numbers(small_group, PLEIN, by=ilse)

    found = register_list(small_group, PLEIN)
    assert found.numbers == ["4610001", "4610005"]
    assert [(row.name, row.why_none) for row in found.without] == [
        ("Bo", "has not allowed it yet"),
        ("Dina", "no number yet"),
    ]
    everything = b"".join(desk("get", f"registerplein/{path}").content for path in ("", "lijst.csv", "lijst.txt"))
    assert [number in everything for number in (b"4610001", b"4610002", b"4610003")] == [True, False, False]


def test_taken_back_it_is_gone_and_a_new_number_is_closed_again(small_group, take_part, ilse):
    anna, bo = take_part("Anna", 4610001), take_part("Bo", 4610002)
    open_numbers(small_group, PLEIN, by=ilse)
    withdraw_leave(anna, PLEIN)
    keep_number(bo, PLEIN, "4610022", may_pass_on=True)

    assert register_list(small_group, PLEIN).numbers == []
    keep_number(anna, PLEIN, "4610001", may_pass_on=True)
    assert register_list(small_group, PLEIN).numbers == []
    assert open_numbers(small_group, PLEIN, by=ilse) == 2


def test_before_the_last_meeting_nothing_is_opened(small_group, take_part, a_meeting, desk):
    anna = take_part("Anna", 4610001)
    a_meeting(small_group, days=2)

    answer = desk("post", "registerplein/nummers/")

    assert (answer.status_code, "4610001" in answer.content.decode()) == (409, False)
    assert [act for act, _day in acts(anna)] == ["allowed"]


def test_another_register_knows_nothing_of_it(small_group, take_part, ilse):
    take_part("Anna", 4610001)
    take_part("Bo", 100012345, register=SKJ)
    open_numbers(small_group, PLEIN, by=ilse)
    open_numbers(small_group, SKJ, by=ilse)

    assert [register_list(small_group, one).numbers for one in (PLEIN, SKJ)] == [["4610001"], ["100012345"]]
    lines = register_lines(small_group, standings_of(small_group))
    assert [(one.register, one.ready, one.without) for one in lines] == [(SKJ, 1, 1), (PLEIN, 1, 1)]


@pytest.mark.parametrize("who", ["roel", "marieke", "noor", "samira", "petra"])
def test_who_does_not_lead_the_group_finds_nothing(request, small_group, take_part, browser_of, ilse, who):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    browser, start = browser_of(request.getfixturevalue(who)), f"/planning/groepen/{small_group.uuid}/"

    pages = ["registers/registerplein/", "registers/registerplein/lijst.xlsx", "verslag/", "verslag.csv"]
    assert [browser.get(start + page).status_code for page in pages] == [404] * 4
    posts = ["registers/registerplein/nummers/", "registers/registerplein/aangeleverd/"]
    data = {"day": f"{today():%d-%m-%Y}", "version": "0"}
    assert [browser.post(start + page, data).status_code for page in posts] == [404] * 2
    assert len(acts(anna)) == 2


# ── Taken along ────────────────────────────────────────────────────────────────
def test_the_file_says_what_the_screen_says(small_group, take_part, desk, ilse):
    take_part("=1+1", 4610002, there=(120, 90))
    take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=None, run="U-2027-9")

    sheet = load_workbook(io.BytesIO(desk("get", "registerplein/lijst.xlsx").content)).active
    _heading, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [[*row[:4], row[4].date(), row[6]] for row in rows] == [
        ["=1+1", "4610002", dutch("yes"), 3.5, yesterday(), "U-2027-9"],
        ["Anna", "4610001", dutch("yes"), 4, yesterday(), "U-2027-9"],
    ]
    assert [[cell.data_type for cell in column] for column in (sheet["A"][1:], sheet["B"][1:])] == [["s", "s"]] * 2
    assert desk("get", "registerplein/lijst.txt").content == b"4610002\r\n4610001\r\n"
    page = desk("get", "registerplein/").content.decode()
    assert ("4610002\n4610001\n" in page, "3,5<" in page) == (True, True)


@pytest.mark.parametrize("path", ["lijst.exe", "bestaat-niet/"])
def test_another_kind_or_register_is_not_there(desk, over, path):
    assert desk("get", f"registerplein/{path}" if "exe" in path else path).status_code == 404


# ── Passed on ──────────────────────────────────────────────────────────────────
def test_passed_on_stands_with_who_noted_it_and_in_everybodys_own_data(small_group, take_part, desk, ilse, browser_of):
    anna, bo = take_part("Anna", 4610001), take_part("Bo", 4610002, allows=False)
    desk("post", "registerplein/nummers/")
    form = {"day": f"{today():%d-%m-%Y}", "execution_number": "U1", "version": "0"}

    assert desk("post", "registerplein/aangeleverd/", form).status_code == 302

    row = RegisterDelivery.objects.get()
    assert (row.delivered_on, row.marked_by, row.execution_number, row.version) == (today(), ilse, "U1", 1)
    assert acts(anna)[2:] == [("delivered", today())]
    assert acts(bo) == []
    told = browser_of(anna).get("/mijn/registernummers/").content.decode()
    assert (dutch("your number and your hours were passed on") in told, small_group.name in told) == (True, True)
    assert [one.group for one in passages_of(anna)] == [small_group.name, small_group.name, ""]


def test_the_same_again_is_nothing_and_another_day_corrects(small_group, take_part, ilse):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    for day in (today(), today(), yesterday(), None, None):
        deliver(small_group, ilse, day=day)

    assert acts(anna)[2:] == [("delivered", today()), ("delivered", yesterday()), ("undone", None)]
    assert register_list(small_group, PLEIN).delivery.delivered_on is None


def test_who_comes_to_it_later_has_a_day_of_their_own(small_group, take_part, ilse):
    anna, bo = take_part("Anna", 4610001), take_part("Bo")
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=yesterday())
    keep_number(bo, PLEIN, "4610002", may_pass_on=True)
    open_numbers(small_group, PLEIN, by=ilse)

    assert [row.name for row in register_list(small_group, PLEIN).late] == ["Bo"]
    for _time in range(2):
        version = register_list(small_group, PLEIN).delivery.version
        deliver_late(small_group, PLEIN, day=today(), version=version, by=ilse)

    assert [acts(one)[2:] for one in (anna, bo)] == [[("delivered", yesterday())], [("delivered", today())]]
    found = register_list(small_group, PLEIN)
    assert [(row.name, row.delivered_on) for row in found.rows] == [("Anna", yesterday()), ("Bo", today())]
    assert (found.late, found.delivery.delivered_on) == ([], yesterday())


def test_correcting_the_day_leaves_out_who_came_to_it_later(small_group, take_part, ilse):
    anna, bo = take_part("Anna", 4610001), take_part("Bo")
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=yesterday())
    keep_number(bo, PLEIN, "4610002", may_pass_on=True)
    open_numbers(small_group, PLEIN, by=ilse)

    deliver(small_group, ilse, day=today())

    assert [acts(one)[2:] for one in (anna, bo)] == [[("delivered", yesterday()), ("delivered", today())], []]


def test_a_number_that_changed_after_it_was_passed_on_is_late(small_group, take_part, ilse):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=today())
    keep_number(anna, PLEIN, "4610009", may_pass_on=True)
    open_numbers(small_group, PLEIN, by=ilse)

    assert [row.number for row in register_list(small_group, PLEIN).late] == ["4610009"]


@pytest.mark.parametrize(
    "day",
    [
        "31-11-2027",
        "x" * 50_000,
        "\x00",
        f"{datetime.date.today() + datetime.timedelta(days=2):%d-%m-%Y}",
        f"{datetime.date.today() - datetime.timedelta(days=9):%d-%m-%Y}",
    ],
    ids=["no such day", "long", "zero", "to come", "before the last meeting"],
)
def test_a_day_that_can_not_be_is_refused_and_nothing_typed_is_lost(small_group, take_part, desk, ilse, day):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)

    answer = desk("post", "registerplein/aangeleverd/", {"day": day, "execution_number": "U-77", "version": "0"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("id_day_error" in page, "U-77" in page, day[:11] in page) == (True, True, True)
    assert (RegisterDelivery.objects.count(), len(acts(anna))) == (0, 2)


def test_without_an_open_number_there_is_nothing_to_pass_on(small_group, take_part, ilse):
    take_part("Anna", 4610001)

    with pytest.raises(Refused, match="no number to pass on"):
        deliver(small_group, ilse, day=today())


def test_what_somebody_else_did_meanwhile_is_shown_first(small_group, take_part, desk, ilse):
    take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=yesterday(), run="U1")

    form = {"day": f"{today():%d-%m-%Y}", "execution_number": "U2", "version": "0"}
    answer = desk("post", "registerplein/aangeleverd/", form)

    page = answer.content.decode()
    assert (answer.status_code, RegisterDelivery.objects.get().execution_number, "U2" in page) == (409, "U1", True)
    assert desk("post", "registerplein/aangeleverd/", form | {"version": "1"}).status_code == 302
    assert RegisterDelivery.objects.get().delivered_on == today()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_forged_version_is_no_error_of_ours(take_part, desk, version):
    take_part("Anna", 4610001)

    answer = desk("post", "registerplein/aangeleverd/", {"day": "", "execution_number": "", "version": version})
    assert answer.status_code in (409, 422)


# ── In one's own data ──────────────────────────────────────────────────────────
def test_the_copy_of_ones_data_has_the_number_and_what_happened_with_it(small_group, take_part, ilse):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=today())

    topics = {one["topic"].key: one["records"] for one in readable(anna, timezone.now())["topics"]}
    events, numbers = ([[line.value for line in row] for row in one["rows"]] for one in topics["registers"])
    assert [row[:2] for row in numbers] == [["Registerplein", "4610001"]]
    assert [row[1:] for row in events] == [
        ["Registerplein", str(RegisterAct.ALLOWED.label), "1"],  # to which words
        ["Registerplein", str(RegisterAct.OPENED.label), small_group.name],
        ["Registerplein", str(RegisterAct.DELIVERED.label), small_group.name, date_format(today())],
    ]


# ── Erased, and kept no longer than needed ─────────────────────────────────────
def test_erased_the_number_is_gone_and_what_happened_leads_nowhere(small_group, take_part, ilse):
    anna = take_part("Anna", 4610001)
    open_numbers(small_group, PLEIN, by=ilse)
    deliver(small_group, ilse, day=today())
    key = anna.uuid

    erase_now(key)

    assert (RegisterNumber.objects.count(), RegisterEvent.objects.filter(person_key=key).count()) == (0, 3)
    assert register_list(small_group, PLEIN).rows == []


def test_who_takes_part_in_nothing_any_more_keeps_no_number_for_ever(take_part):
    anna, bo = take_part("Anna", 4610001), take_part("Bo", 4610002)
    RegisterNumber.objects.update(changed_at=timezone.now() - datetime.timedelta(days=900))
    Enrolment.objects.filter(person=bo).update(state="left")
    before = timezone.now() - datetime.timedelta(days=730)

    assert (forget_old_numbers(before, timezone.now()), RegisterNumber.objects.get().user) == (1, anna)


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_the_same_for_more_people(small_group, take_part, django_assert_num_queries, number):
    for place in range(number):
        take_part(f"Deelnemer {place}", 4610100 + place)

    with django_assert_num_queries(13):
        register_list(small_group, PLEIN)
