"""Somebody's own register numbers: filled in, allowed, taken back, removed, and read by nobody else."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from common.events import Unchangeable
from common.refusals import Refused
from tests.words import dutch
from training.domain import register_numbers
from training.domain.register_numbers import (
    LEAVE,
    Unusual,
    keep_number,
    number_in,
    own_registers,
    remove_number,
    withdraw_leave,
)
from training.models import RegisterEvent, RegisterNumber, registers
from training.models.registers import WORDS_OF_LEAVE
from training.planning_choices import Register
from training.views import register_numbers as views

pytestmark = pytest.mark.django_db
PLEIN, SKJ = Register.REGISTERPLEIN, Register.SKJ


def acts(person):
    return list(RegisterEvent.objects.of_person(person).order_by("pk").values_list("act", "day"))


# ── One's own number ───────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [
        (PLEIN, " 4610 123 456 ", "4610123456"),
        (PLEIN, "BIG-4610123456", "4610123456"),
        (SKJ, "100012345", "100012345"),
        (Register.NIP, "00123456", "NIP-00123456"),
        (Register.NIP, "nip-00123456", "NIP-00123456"),
        (Register.NIP, "123456", "NIP-00123456"),
        (Register.NIP, "NIP123456", "NIP-00123456"),
        (Register.NVO, "nvo-12345", "NVO-12345"),
        (Register.OTHER, "big-19012345678", "BIG-19012345678"),
        (PLEIN, "4610\x00123456", "4610123456"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(register, typed, kept):
    assert number_in(register, typed) == kept


@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [
        (PLEIN, "123456789", "123456789"),
        (PLEIN, "4610", "4610"),
        (SKJ, "SKJ 12", "SKJ12"),
        (Register.NIP, "NIP-001234567", "NIP-001234567"),
        (Register.NVO, "P/2026-1", "P/2026-1"),
        (Register.OTHER, "12", "12"),
    ],
)
def test_a_number_that_looks_otherwise_is_kept_by_who_is_sure(register, typed, kept):
    with pytest.raises(Unusual, match="right all the same"):
        number_in(register, typed)

    assert number_in(register, typed, is_sure=True) == kept
    assert number_in(register, typed, before=kept) == kept  # theirs already: they said so once


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        (PLEIN, "4610" + "1" * 40),
        (PLEIN, "4610१२३"),
        (PLEIN, "123456782"),  # a BSN by its check
        (Register.NIP, "123456782"),
        (Register.NVO, "1234.56.782"),
        (Register.OTHER, "123456782"),
        (Register.NIP, "NIP-x"),
        (Register.OTHER, "=HYPERLINK(1)"),
        (SKJ, " "),
        (SKJ, "\x00"),
    ],
)
def test_what_is_no_number_is_refused_however_sure_one_is(register, typed):
    with pytest.raises(Refused):
        number_in(register, typed, is_sure=True)


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


# ── To which words ─────────────────────────────────────────────────────────────
FIRST_WORDS = "8f9a9697afbe682e8543b5b73253cf430e177b730269fe612216ef4310e51f26"


def test_the_words_of_leave_have_a_version():
    """Other words are another version: then raise WORDS_OF_LEAVE, and put its number and its fingerprint here."""
    found = hashlib.sha256("\n".join(str(one) for one in LEAVE).encode()).hexdigest()

    assert (WORDS_OF_LEAVE, found) == (1, FIRST_WORDS)


def other_words(monkeypatch):
    for module in (register_numbers, registers, views):
        monkeypatch.setattr(module, "WORDS_OF_LEAVE", 2)


def test_with_other_words_nobody_reads_it_until_they_say_yes_again(samira, monkeypatch, browser_of):
    row = keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    other_words(monkeypatch)

    assert (row.is_allowed, row.is_asked_again, row.open_from) == (False, True, None)
    page = browser_of(samira).get("/mijn/registernummers/").content.decode()
    state = page.split('class="register__state">')[1].split("<")[0]
    assert state == dutch("asks your yes again")

    row = keep_number(samira, PLEIN, "4610111", may_pass_on=True, words=2)
    assert (row.is_allowed, row.allowed_words) == (True, 2)
    assert list(RegisterEvent.objects.order_by("pk").values_list("act", "words")) == [("allowed", 1), ("allowed", 2)]


def test_a_yes_to_other_words_than_those_of_now_is_no_yes(samira, monkeypatch, browser_of):
    browser, where = browser_of(samira), "/mijn/registernummers/registerplein/"
    other_words(monkeypatch)
    values = {"number": "4610111", "may_pass_on": "on"}
    answers = [browser.post(where, values | words) for words in ({"words": "1"}, {"words": "x"}, {})]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert RegisterNumber.objects.count() == RegisterEvent.objects.count() == 0
    page = answers[0].content.decode()
    assert dutch("What you say yes to changed meanwhile. Read it once more, then save.") in page
    assert ('value="4610111"' in page, 'name="words" value="2"' in page) == (True, True)
    assert browser.post(where, values | {"words": "2"}).status_code == 302


def test_a_leave_for_other_words_is_taken_back_as_well(samira, monkeypatch):
    keep_number(samira, PLEIN, "4610111", may_pass_on=True)
    other_words(monkeypatch)
    withdraw_leave(samira, PLEIN)

    assert [act for act, _day in acts(samira)] == ["allowed", "withdrawn"]
    assert list(RegisterNumber.objects.values_list("allowed_at", "allowed_words")) == [(None, None)]


# ── The page of one's own numbers ──────────────────────────────────────────────
def test_somebody_fills_in_allows_and_takes_back(samira, browser_of):
    browser = browser_of(samira)
    answer = browser.post(
        "/mijn/registernummers/registerplein/", {"number": "4610 123", "may_pass_on": "on", "words": "1"}, follow=True
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


def test_a_number_that_looks_otherwise_is_asked_about_once(samira, browser_of):
    browser, where = browser_of(samira), "/mijn/registernummers/registerplein/"
    first = browser.post(where, {"number": "99 12 345", "words": "1"})
    page = first.content.decode()

    assert (first.status_code, RegisterNumber.objects.count()) == (422, 0)
    assert ('value="99 12 345"' in page, page.count('name="is_sure"')) == (True, 1)
    assert browser.post(where, {"number": "99 12 345", "is_sure": "on", "words": "1"}).status_code == 302
    assert browser.post(where, {"number": "9912345", "may_pass_on": "on", "words": "1"}).status_code == 302
    assert [(one.number, one.is_allowed) for one in RegisterNumber.objects.all()] == [("9912345", True)]


def test_a_register_that_is_none_is_not_there(samira, browser_of):
    assert browser_of(samira).post("/mijn/registernummers/bsn/", {"number": "123456782"}).status_code == 404


def test_nobody_reads_anothers_numbers(samira, daan, browser_of):
    keep_number(samira, PLEIN, "4610777", may_pass_on=True)

    assert "4610777" not in browser_of(daan).get("/mijn/registernummers/").content.decode()
    assert [own.number for own in own_registers(daan)] == [None] * 5
