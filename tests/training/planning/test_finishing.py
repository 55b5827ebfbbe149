"""Coming to the end: the card comes first and holds nothing back; the certificate is what was copied, once."""

import datetime

import pytest
from django.utils import timezone

from accounts.personal_data.erasing import steps
from common.refusals import Refused
from tests.factories.enrolments import finish_all
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.attendance import mark
from training.domain.finishing import (
    forget_certificates,
    issue_certificates,
    replace_certificate,
    revoke_certificate,
    standings_of,
)
from training.domain.personal_cards import card_for, give_card, own_words, write_on_card
from training.domain.places import enrol_oneself
from training.models import Attendance, Certificate, Meeting, PersonalCard
from training.models.certificates import hash_of

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def over(small_group, a_meeting):
    """Two meetings of 2:45 that are over."""
    small_group.capacity = 5
    small_group.save()
    found = [a_meeting(small_group, days=days) for days in (3, 5)]
    for place, meeting in enumerate(found, start=1):
        begins = timezone.now() - 24 * place * HOUR
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + 3 * HOUR)
        meeting.staff.update(starts_at=begins, ends_at=begins + 3 * HOUR)
    return list(Meeting.objects.filter(group=small_group).select_related("group"))


@pytest.fixture
def take_part(small_group, over, module, ilse):
    """`take_part("Anna", 165, 90)` was there so many minutes, and did the module unless told otherwise."""

    def made(name, *minutes, did_module=True):
        place = enrol_oneself(small_group, make_person(name))
        for meeting, number in zip(over, minutes, strict=True):
            status = "present" if number == 165 else "partly" if number else "absent"
            mark(meeting, place, status, by=ilse, minutes=number if status == "partly" else None)
        if did_module:
            finish_all(place.enrolment, module)
        return place

    return made


def may_have(group):
    return {one.name: (one.part, one.did_modules, one.may_have) for one in standings_of(group)}


def test_the_rule_is_the_part_of_the_time_and_the_modules(small_group, take_part):
    take_part("Anna", 165, 165)
    take_part("Bo", 165, 99)  # 264 of 330 minutes: exactly 80 %
    take_part("Cas", 165, 98)
    take_part("Dina", 165, 165, did_module=False)

    assert may_have(small_group) == {
        "Anna": (100, True, True),
        "Bo": (80, True, True),
        "Cas": (79, True, False),
        "Dina": (100, False, False),
    }


def test_a_meeting_called_off_or_to_come_does_not_count(small_group, take_part, a_meeting, over):
    take_part("Anna", 165, 0)
    a_meeting(small_group, days=2)
    Meeting.objects.filter(pk=over[1].pk).update(state="cancelled")

    assert may_have(small_group)["Anna"] == (100, True, True)


def test_without_a_meeting_nobody_has_finished(small_group, people):
    enrol_oneself(small_group, people(1)[0])

    assert [one.may_have for one in standings_of(small_group)] == [False]


def test_issued_once_to_who_may_have_one(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    take_part("Cas", 0, 0)

    assert [issue_certificates(small_group, by=ilse) for _time in range(2)] == [1, 0]

    certificate = Certificate.objects.get()
    assert certificate.enrolment == anna.enrolment
    assert (certificate.snapshot["name"], certificate.snapshot["hours"], len(certificate.snapshot["dates"])) == (
        "Anna",
        "5.5",
        2,
    )
    assert certificate.snapshot_sha256 == hash_of(certificate.snapshot)


def test_what_it_says_stays_when_everything_else_changes(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    anna.enrolment.person.display_name = "Hanna"
    anna.enrolment.person.save()
    Attendance.objects.filter(place=anna).delete()

    assert Certificate.objects.get().snapshot["name"] == "Anna"


def test_another_name_is_another_certificate(small_group, take_part, ilse, client):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    old = Certificate.objects.get()

    new = replace_certificate(old, name="Anna de Vries", reason="Haar hele naam", by=ilse)

    assert (new.snapshot["name"], new.replaces) == ("Anna de Vries", old)
    assert list(Certificate.objects.valid()) == [new]
    assert issue_certificates(small_group, by=ilse) == 0
    page = client.get("/bewijs/", {"nummer": old.number.lower()}).content.decode()
    assert dutch("No. This certificate was replaced by another one.") in page


def test_taken_back_with_a_reason_once(small_group, take_part, ilse):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    certificate = Certificate.objects.get()

    with pytest.raises(Refused, match="Say why"):
        revoke_certificate(certificate, reason=" ")
    revoke_certificate(certificate, reason="Per ongeluk")
    with pytest.raises(Refused, match="already"):
        revoke_certificate(certificate, reason="Nog eens")


def test_the_page_that_checks_says_yes_or_no_and_no_name(small_group, take_part, ilse, client):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    number = Certificate.objects.get().number

    page = client.get("/bewijs/", {"nummer": f" {number.lower()} "}).content.decode()

    assert dutch("Yes. This certificate is valid.") in page
    assert "Anna" not in page
    for other in ("ABC", "\x00", "x" * 5_000, "é"):
        assert client.get("/bewijs/", {"nummer": other}).status_code in (200, 400)


def test_erased_the_number_stays_and_says_no_more(small_group, take_part, ilse, client):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    before = Certificate.objects.get()

    for _time in range(2):
        forget_certificates(anna.enrolment.person)

    after = Certificate.objects.get()
    assert (after.snapshot, after.snapshot_sha256) == ({}, before.snapshot_sha256)
    page = client.get("/bewijs/", {"nummer": after.number}).content.decode()
    assert dutch("This certificate is no longer available.") in page
    assert "certificates" in [name for name, _act in steps()]


# ── The card ──
def test_each_writer_has_one_text_that_nobody_else_reads(small_group, take_part, ilse, marieke, browser_of):
    anna = take_part("Anna", 165, 165)
    write_on_card(anna, "Eerst zo.", by=marieke)
    write_on_card(anna, "Jij wachtte tot ze klaar was.", by=marieke)

    assert own_words(anna, marieke) == "Jij wachtte tot ze klaar was."
    assert own_words(anna, ilse) == ""
    page = browser_of(anna.enrolment.person).get(f"/groep/{small_group.uuid}/afronding/").content.decode()
    assert "Jij wachtte" not in page
    assert "Jij wachtte" not in browser_of(ilse).get(f"/planning/plaatsen/{anna.uuid}/kaart/").content.decode()


def test_given_it_is_read_and_can_no_longer_be_changed(small_group, take_part, ilse, marieke, browser_of):
    anna = take_part("Anna", 165, 165)
    with pytest.raises(Refused, match="Nobody wrote"):
        give_card(anna, by=ilse)
    write_on_card(anna, "Jij wachtte tot ze klaar was.", by=marieke)
    give_card(anna, by=ilse)

    page = browser_of(anna.enrolment.person).get(f"/groep/{small_group.uuid}/afronding/").content.decode()

    assert page.index("Jij wachtte") < page.index(dutch("Certificate"))
    assert PersonalCard.objects.get().read_at is not None
    with pytest.raises(Refused, match=r"given|gegeven"):
        write_on_card(anna, "Toch anders", by=marieke)


def test_no_card_holds_no_certificate_back(small_group, take_part, ilse):
    take_part("Anna", 165, 165)

    assert (issue_certificates(small_group, by=ilse), PersonalCard.objects.count()) == (1, 0)


def test_an_empty_text_takes_it_away(take_part, marieke):
    anna = take_part("Anna", 165, 165)
    write_on_card(anna, "Iets", by=marieke)
    write_on_card(anna, " ", by=marieke)

    assert (own_words(anna, marieke), card_for(anna.enrolment)) == ("", None)


def test_too_many_words_are_given_back(take_part, marieke, browser_of):
    anna = take_part("Anna", 165, 165)

    answer = browser_of(marieke).post(f"/planning/plaatsen/{anna.uuid}/kaart/", {"words": "heel veel " * 300})

    assert (answer.status_code, answer.content.decode().count("heel veel heel veel")) == (422, 150)


@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_the_same_for_more_people(small_group, take_part, django_assert_num_queries, number):
    for place in range(number):
        take_part(f"Deelnemer {place}", 165, 165)

    with django_assert_num_queries(7):
        standings_of(small_group)
