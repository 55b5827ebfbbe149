"""A card is for one person, a certificate for them and who leads their group: nobody else reads them, in any role."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.personal_data.contents import copy_of
from accounts.personal_data.erasing import erase_now
from accounts.personal_data.retention import retain_all
from tests.words import dutch
from training.domain.finishing import issue_certificates
from training.domain.personal_cards import ERASED_WRITER, give_card, write_on_card
from training.domain.places import withdraw_place
from training.models import Attendance, CardMessage, Certificate, PersonalCard

WORDS = "Jij wachtte tot ze klaar was."
OTHERS = ("samira", "daan", "noor", "marieke", "ilse", "roel", "petra", "stranger")


@pytest.fixture
def anna(small_group, take_part, marieke, ilse):
    place = take_part("Anna van Ginkel", 165, 165)
    write_on_card(place, WORDS, by=marieke)
    issue_certificates(small_group, by=ilse)
    return place


def addresses(place):
    group, certificate = place.group.uuid, Certificate.objects.get(enrolment=place.enrolment)
    return {
        "end": f"/groep/{group}/afronding/",
        "group": f"/groep/{group}/",
        "certificate": f"/bewijs/{certificate.uuid}/",
        "number": f"/bewijs/?nummer={certificate.number}",
        "card": f"/planning/plaatsen/{place.uuid}/kaart/",
        "cards": f"/planning/groepen/{group}/kaarten/",
        "finish": f"/planning/groepen/{group}/afronden/",
        "list": "/cms/planning/bewijzen/",
        "export": "/cms/planning/bewijzen/?export=csv",
        "data": "/mijn/gegevens/",
    }


def read_by(browser, place, words):
    """Return which addresses show `words` to whom this browser is."""
    found = set()
    for name, where in addresses(place).items():
        answer = browser.get(where)
        content = b"".join(answer) if answer.streaming else answer.content
        if words in content.decode():
            found.add(name)
    return found


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("given", [False, True])
def test_nobody_else_reads_the_card(request, anna, ilse, browser_of, who, given):
    if given:
        give_card(anna, by=ilse)

    assert read_by(browser_of(request.getfixturevalue(who)), anna, WORDS) == ({"card"} if who == "marieke" else set())


def test_a_visitor_reads_neither(anna, ilse, browser_of):
    give_card(anna, by=ilse)

    assert read_by(browser_of(None), anna, WORDS) | read_by(browser_of(None), anna, "van Ginkel") == set()


def test_its_person_reads_the_card_from_when_it_is_given(anna, ilse, browser_of):
    browser = browser_of(anna.enrolment.person)
    before = read_by(browser, anna, WORDS)
    give_card(anna, by=ilse)

    assert (before, read_by(browser, anna, WORDS)) == (set(), {"end"})


# What shows whose certificate it is: the others never learn that Anna has one.
@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("noor", {"certificate", "cards"}),
        ("marieke", {"certificate", "cards"}),
        ("ilse", {"certificate", "cards", "finish", "list", "export"}),
        ("samira", {"group"}),
        ("daan", {"group"}),
        ("roel", set()),
        ("petra", set()),
        ("stranger", set()),
    ],
)
def test_who_reads_a_certificate(request, anna, browser_of, who, pages):
    assert read_by(browser_of(request.getfixturevalue(who)), anna, "van Ginkel") == pages


def test_who_was_a_trainer_reads_nothing_any_more(anna, marieke, browser_of):
    anna.group.trainers.remove(marieke)

    assert read_by(browser_of(marieke), anna, WORDS) | read_by(browser_of(marieke), anna, "van Ginkel") == set()


def test_who_leads_a_group_and_follows_it_never_writes_their_own_card(anna, noor, browser_of, take_part):
    from training.domain.places import enrol_oneself

    own = enrol_oneself(anna.group, noor)

    assert browser_of(noor).get(f"/planning/plaatsen/{own.uuid}/kaart/").status_code == 404


def test_they_stay_hers_when_she_leaves_the_group(anna, ilse, browser_of):
    give_card(anna, by=ilse)
    withdraw_place(anna, by=ilse)

    assert WORDS in browser_of(anna.enrolment.person).get(f"/groep/{anna.group.uuid}/afronding/").content.decode()


# ── Her copy ──
def told(person):
    return json.dumps(copy_of(person, timezone.now()), default=str, ensure_ascii=False)


def test_what_is_still_being_written_is_in_no_copy_but_its_writers(anna, ilse, marieke):
    before = [WORDS in told(person) for person in (anna.enrolment.person, marieke, ilse)]
    give_card(anna, by=ilse)

    assert before == [False, True, False]
    assert [WORDS in told(person) for person in (anna.enrolment.person, marieke, ilse)] == [True, True, False]


def test_a_certificate_is_in_the_copy(anna):
    assert Certificate.objects.get().number in told(anna.enrolment.person)


# ── Erased ──
def test_erased_her_card_goes_and_the_number_stays(anna, ilse, client):
    give_card(anna, by=ilse)
    number = Certificate.objects.get().number
    erase_now(anna.enrolment.person.uuid)

    certificate = Certificate.objects.get()
    assert (PersonalCard.objects.count(), CardMessage.objects.count()) == (0, 0)
    assert (certificate.number, certificate.snapshot, certificate.enrolment) == (number, {}, None)
    assert dutch("This certificate is no longer available.") in client.get(f"/bewijs/?nummer={number}").content.decode()


def test_erased_a_writer_is_nameless_on_the_card_of_another(anna, ilse, marieke, browser_of):
    give_card(anna, by=ilse)
    erase_now(marieke.uuid)

    message = CardMessage.objects.get()
    assert (message.author, message.author_name, message.words["words"]) == (None, ERASED_WRITER, WORDS)


def test_erased_a_writer_takes_along_what_was_not_given(anna, marieke):
    erase_now(marieke.uuid)

    assert CardMessage.objects.count() == 0


# ── Kept so long ──
def test_after_six_years_nobody_can_say_whose_it_was(anna, client, settings):
    number = Certificate.objects.get().number
    days = settings.RETENTION_DAYS["certificates"]
    for ahead, rows in ((days - 10, 2), (days + 10, 0)):
        list(retain_all(timezone.now() + timedelta(days=ahead)))
        assert Attendance.objects.count() == rows

    certificate = Certificate.objects.get()
    assert (certificate.snapshot, certificate.enrolment, certificate.number) == ({}, None, number)
    assert dutch("This certificate is no longer available.") in client.get(f"/bewijs/?nummer={number}").content.decode()
    again = retain_all(timezone.now() + timedelta(days=days + 10))
    assert [one.gone for one in again if one.name == "certificates"] == [0]
