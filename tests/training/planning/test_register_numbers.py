"""Somebody's own register numbers: filled in, allowed, taken back, removed, and read by nobody else."""

import pytest
from django.db import IntegrityError, connection, transaction

from common.events import Unchangeable
from common.refusals import Refused
from tests.words import dutch
from training.domain.register_numbers import keep_number, number_in, own_registers, remove_number, withdraw_leave
from training.models import RegisterEvent, RegisterNumber
from training.planning_choices import Register

pytestmark = pytest.mark.django_db
PLEIN, SKJ = Register.REGISTERPLEIN, Register.SKJ


def acts(person):
    return list(RegisterEvent.objects.of_person(person).order_by("pk").values_list("act", "day"))


# ── One's own number ───────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [
        (PLEIN, " 4610 123 456 ", "4610123456"),
        (SKJ, "100012345", "100012345"),
        (Register.NIP, "00123456", "NIP-00123456"),
        (Register.NIP, "nip-00123456", "NIP-00123456"),
        (Register.NVO, "nvo-12345", "NVO-12345"),
        (Register.OTHER, "big-19012345678", "BIG-19012345678"),
        (PLEIN, "4610\x00123456", "4610123456"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(register, typed, kept):
    assert number_in(register, typed) == kept


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        (PLEIN, "123456789"),
        (PLEIN, "4610"),
        (PLEIN, "4610" + "1" * 40),
        (PLEIN, "4610१२३"),
        (SKJ, "SKJ 12"),
        (Register.NIP, "NIP-x"),
        (Register.OTHER, "123456782"),  # a BSN by its check; the letters of a register stand before every other number
        (Register.OTHER, "=HYPERLINK(1)"),
        (SKJ, " "),
        (SKJ, "\x00"),
    ],
)
def test_what_is_no_number_is_refused_with_how_one_looks(register, typed):
    with pytest.raises(Refused):
        number_in(register, typed)


def test_one_number_in_a_register_and_one_person_with_it(samira, daan):
    keep_number(samira, PLEIN, "4610111", may_pass_on=False)
    keep_number(samira, PLEIN, "4610222", may_pass_on=False)

    assert RegisterNumber.objects.get().number == "4610222"
    with pytest.raises(Refused, match="Somebody else"):
        keep_number(daan, PLEIN, "4610 222", may_pass_on=False)
    for other in ({"user": samira, "number": "4610333"}, {"user": daan, "number": "4610222"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterNumber.objects.create(register=PLEIN, **other)


def test_leave_is_given_and_taken_back_and_both_stay_on_record(samira):
    keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    for _time in range(2):
        withdraw_leave(samira, PLEIN)
    keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    remove_number(samira, PLEIN)

    assert [act for act, _day in acts(samira)] == ["allowed", "withdrawn", "allowed", "withdrawn"]
    assert RegisterNumber.objects.count() == 0


def test_what_happened_is_never_changed(samira):
    keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    event = RegisterEvent.objects.get()

    with pytest.raises(Unchangeable):
        event.save()
    with pytest.raises(Unchangeable):
        RegisterEvent.objects.update(act="opened")
    with pytest.raises(Exception, match="not changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE training_registerevent SET act = 'opened'")


# ── The page of one's own numbers ──────────────────────────────────────────────
def test_somebody_fills_in_allows_and_takes_back(samira, browser_of):
    browser = browser_of(samira)
    answer = browser.post(
        "/mijn/registernummers/registerplein/", {"number": "4610 123", "may_pass_on": "on"}, follow=True
    )

    page = answer.content.decode()
    assert ('value="4610123"' in page, dutch("Saved.") in page, dutch("may be passed on") in page) == (True, True, True)
    browser.post("/mijn/registernummers/registerplein/", {"withdraw": "1"})
    assert [(one.number, one.is_allowed) for one in RegisterNumber.objects.all()] == [("4610123", False)]
    browser.post("/mijn/registernummers/registerplein/", {"remove": "1"})
    assert RegisterNumber.objects.count() == 0


@pytest.mark.parametrize("typed", ["12", "4610<script>alert(1)</script>", "4610" + "9" * 50_000, "4610\x00x", ""])
def test_a_number_that_is_refused_stays_on_the_screen(samira, browser_of, typed):
    answer = browser_of(samira).post("/mijn/registernummers/registerplein/", {"number": typed, "may_pass_on": "on"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("registerplein_number_error" in page, "<script>alert" in page) == (True, False)
    assert typed.strip("\x00x").replace("<", "&lt;").replace(">", "&gt;")[:20] in page
    assert RegisterNumber.objects.count() == 0


def test_a_register_that_is_none_is_not_there(samira, browser_of):
    assert browser_of(samira).post("/mijn/registernummers/bsn/", {"number": "123456782"}).status_code == 404


def test_nobody_reads_anothers_numbers(samira, daan, browser_of):
    keep_number(samira, PLEIN, "4610777", may_pass_on=True)

    assert "4610777" not in browser_of(daan).get("/mijn/registernummers/").content.decode()
    assert [own.number for own in own_registers(daan)] == [None] * 5
