"""Somebody says that their attendance is not right and gets an answer; a certificate issued before is looked at."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.personal_data.erasing import erase_now
from accounts.personal_data.retention import retain_all
from common.refusals import Refused
from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.attendance import clear_mark, mark, mark_all_present
from training.domain.certificate_checks import let_certificate_hold
from training.domain.corrections import ask_correction, settle_correction, take_correction_back
from training.domain.desk import todos_of
from training.domain.finishing import issue_certificates, replace_certificate
from training.domain.meetings import cancel_meeting
from training.domain.places import enrol_oneself, move_place, withdraw_place
from training.models import Attendance, AttendanceChange, AttendanceCorrection, AttendanceEvent, Certificate
from training.models import TrainingGroup as Group

WORDS = "Ik was er wel, tot de pauze."
ANSWER = "Je hebt gelijk, ik zag je naam over het hoofd."


@pytest.fixture
def place(small_group, people):
    return enrol_oneself(small_group, people(1)[0])


@pytest.fixture
def person(place):
    return place.enrolment.person


@pytest.fixture
def held(place, small_group, a_meeting):
    return a_meeting(small_group, days=-1)


@pytest.fixture
def absent(held, place, ilse):
    return mark(held, place, "absent", by=ilse)


@pytest.fixture
def asked(absent, held, place, person):
    return ask_correction(held, place, words=WORDS, by=person)


@pytest.fixture
def certificate(held, place, ilse, small_group):
    """Issued for a meeting at which they were; the training has no modules here."""
    mark(held, place, "present", by=ilse)
    assert issue_certificates(small_group, by=ilse) == 1
    return Certificate.objects.get()


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def my_group(group):
    return reverse("training:my_group", args=[group.uuid])


def ask_at(meeting):
    return reverse("training:ask_correction", args=[meeting.group.uuid, meeting.uuid])


def settle_at(row):
    return reverse("training:settle_correction", args=[row.meeting.uuid, row.uuid])


def mark_at(meeting, place):
    return reverse("training:mark_one", args=[meeting.uuid, place.uuid])


def acts():
    return list(AttendanceEvent.objects.order_by("pk").values_list("act", flat=True))


# ── Saying it ──────────────────────────────────────────────────────────────────
def test_they_see_their_own_mark_and_say_that_it_is_not_right(absent, held, person, small_group):
    browser = signed_in(person)
    before = browser.get(my_group(small_group)).content.decode()
    browser.post(ask_at(held), {"words": WORDS})
    after = browser.get(my_group(small_group)).content.decode()

    assert f"<strong>{dutch('not there')}</strong>" in before
    assert [dutch("This is not right") in page for page in (before, after)] == [True, False]
    assert [WORDS in after, dutch("Not answered yet.") in after] == [True, True]
    assert Attendance.objects.get().status == "absent"


def test_said_again_it_is_the_same_with_other_words(asked, held, place, person):
    again = ask_correction(held, place, words="Tot elf uur.", by=person)

    assert (again.pk, AttendanceCorrection.objects.get().words) == (asked.pk, {"words": "Tot elf uur."})
    assert acts() == ["asked"]


@pytest.mark.parametrize("words", ["", "  ", "\x00", "veel " * 200])
def test_no_words_or_too_many_are_said_at_the_field(held, person, small_group, words):
    answer = signed_in(person).post(ask_at(held), {"words": words})
    page = answer.content.decode()

    assert (answer.status_code, AttendanceCorrection.objects.count()) == (409, 0)
    assert page.count("veel ") >= words.count("veel ")
    assert 'aria-invalid="true"' in page


def test_only_of_a_meeting_that_is_over_and_stood(place, person, small_group, a_meeting, ilse):
    to_come, off = a_meeting(small_group, days=3), a_meeting(small_group, days=4)
    off = cancel_meeting(off, by=ilse, reason="De zaal is dicht.")

    for meeting in (to_come, off):
        assert signed_in(person).post(ask_at(meeting), {"words": WORDS}).status_code == 409
    assert AttendanceCorrection.objects.count() == 0


def test_taken_back_nothing_of_it_is_kept_but_that_it_was(asked, held, person):
    signed_in(person).post(ask_at(held), {"back": "1"})

    assert (AttendanceCorrection.objects.count(), acts()) == (0, ["asked", "taken_back"])


def test_nobody_asks_it_for_another_and_no_participant_reads_it(
    asked, held, samira, stranger, roel, petra, small_group
):
    for one in (samira, stranger, roel, petra):
        assert signed_in(one).get(settle_at(asked)).status_code == 404
        assert signed_in(one).post(settle_at(asked), {"status": "present"}).status_code == 404
        assert WORDS not in signed_in(one).get(my_group(small_group), follow=True).content.decode()
    signed_in(stranger).post(ask_at(held), {"back": "1"})
    signed_in(samira).post(ask_at(held), {"back": "1"})
    assert AttendanceCorrection.objects.get().is_open


# ── Answering ──────────────────────────────────────────────────────────────────
def test_it_stands_on_the_desk_and_on_the_roll_until_it_is_answered(asked, held, ilse):
    browser = signed_in(ilse)
    roll = reverse("training:attendance", args=[held.uuid])
    before = [settle_at(asked) in browser.get(page).content.decode() for page in ("/planning/", roll)]
    browser.post(settle_at(asked), {"status": "present", "answer": ANSWER})
    after = [settle_at(asked) in browser.get(page).content.decode() for page in ("/planning/", roll)]

    assert (before, after) == ([True, True], [False, False])


def test_a_trainer_changes_it_with_words_back(asked, held, marieke, person, small_group):
    signed_in(marieke).post(settle_at(asked), {"status": "partly", "minutes": "90", "answer": ANSWER})

    page = signed_in(person).get(my_group(small_group)).content.decode()
    row = Attendance.objects.get()
    assert (row.status, row.minutes) == ("partly", 90)
    assert [ANSWER in page, dutch("It was changed.") in page, "Marieke de Wit" in page] == [True] * 3
    assert acts() == ["asked", "changed"]
    assert list(AttendanceChange.objects.order_by("pk").values_list("from_status", "to_status", "minutes")) == [
        ("", "absent", None),
        ("absent", "partly", 90),
    ]
    mail = OutboxMail.objects.get(kind="correction-settled")
    assert (mail.person, ANSWER in str(mail.words), WORDS in str(mail.words)) == (person, False, False)


def test_left_as_it_is_asks_for_words(asked, ilse, person, small_group):
    browser = signed_in(ilse)
    empty = browser.post(settle_at(asked), {"status": "leave", "answer": " "})
    assert (empty.status_code, AttendanceCorrection.objects.get().state) == (409, "open")

    browser.post(settle_at(asked), {"status": "leave", "answer": "Je tekende niet, en niemand zag je."})
    page = signed_in(person).get(my_group(small_group)).content.decode()
    assert Attendance.objects.get().status == "absent"
    assert ["niemand zag je" in page, dutch("It stays as it is.") in page, acts()] == [True, True, ["asked", "left"]]


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"status": "late"}, 422), ({"status": ""}, 422), ({"status": "partly", "minutes": "900"}, 409),
     ({"status": "\x00"}, 422), ({"status": "partly", "minutes": "9" * 5_000}, 409)],
)  # fmt: skip
def test_what_can_not_be_changes_nothing_and_gives_the_words_back(asked, ilse, typed, status):
    answer = signed_in(ilse).post(settle_at(asked), {**typed, "answer": ANSWER})

    assert (answer.status_code, AttendanceCorrection.objects.get().state) == (status, "open")
    assert ANSWER in answer.content.decode()
    assert Attendance.objects.get().status == "absent"


def test_answered_twice_the_second_says_so_and_loses_nothing(asked, ilse):
    settle_correction(asked, by=ilse, status="present", answer=ANSWER)
    answer = signed_in(ilse).post(settle_at(asked), {"status": "absent", "answer": "Nee, toch niet."})

    assert (answer.status_code, Attendance.objects.get().status) == (409, "present")
    assert "Nee, toch niet." in answer.content.decode()
    with pytest.raises(Refused):
        take_correction_back(asked, by=ilse)


def test_asked_before_they_left_it_is_still_answered_with_words(asked, place, ilse):
    withdraw_place(place, by=ilse)

    settle_correction(asked, by=ilse, answer="Je bent er nu niet meer bij.")
    assert AttendanceCorrection.objects.get().state == "left"


def test_words_go_with_the_person_and_a_year_after_the_answer(asked, ilse, person):
    settle_correction(asked, by=ilse, status="present", answer=ANSWER)
    list(retain_all(timezone.now() + datetime.timedelta(days=364)))
    assert AttendanceCorrection.objects.get().answer == {"answer": ANSWER}
    list(retain_all(timezone.now() + datetime.timedelta(days=366)))
    row = AttendanceCorrection.objects.get()
    assert (row.words, row.answer, row.state) == ({}, {}, "changed")

    erase_now(person.uuid)
    assert (AttendanceCorrection.objects.count(), acts()) == (0, ["asked", "changed"])


# ── After a certificate ────────────────────────────────────────────────────────
def test_a_change_after_a_certificate_asks_why_and_keeps_what_was_typed(certificate, held, place, ilse):
    browser = signed_in(ilse)
    answer = browser.post(mark_at(held, place), {"status": "partly", "minutes": "77", "reason": " "})
    page = answer.content.decode()

    assert (answer.status_code, Attendance.objects.get().status) == (409, "present")
    assert [dutch("A certificate was issued already. Say why this changes.") in page, 'value="77"' in page] == [
        True
    ] * 2
    certificate.refresh_from_db()
    assert certificate.check_since is None


def test_with_a_reason_the_certificate_is_to_be_checked_and_it_shows(certificate, held, place, ilse, small_group):
    signed_in(ilse).post(mark_at(held, place), {"status": "absent", "reason": "Lijst op papier klopte niet"})

    page = signed_in(ilse).get(reverse("training:finish_group", args=[small_group.uuid])).content.decode()
    with translation.override("nl"):
        todo = [one.title for one in todos_of([small_group]) if "Deelnemer 1" in one.title]
    assert Attendance.objects.get().status == "absent"
    assert [dutch("Check this certificate.") in page, "Lijst op papier klopte niet" in page] == [True, True]
    assert (todo, acts()) == ([dutch("Check the certificate of {name}").format(name="Deelnemer 1")], ["check"])


def test_taking_a_mark_back_asks_why_too(certificate, held, place, ilse):
    with pytest.raises(Refused, match="Say why"):
        clear_mark(held, place, by=ilse)
    clear_mark(held, place, by=ilse, reason="Per ongeluk")

    certificate.refresh_from_db()
    assert (certificate.check_reason, Attendance.objects.count()) == ("Per ongeluk", 0)


def test_the_same_again_asks_nothing(certificate, held, place, ilse):
    mark(held, place, "present", by=ilse)

    certificate.refresh_from_db()
    assert certificate.check_since is None


def test_looked_at_and_it_holds(certificate, held, place, ilse, small_group):
    mark(held, place, "partly", minutes=160, by=ilse, reason="Vijf minuten later")
    signed_in(ilse).post(reverse("training:certificate_holds", args=[place.uuid]))

    certificate.refresh_from_db()
    assert (certificate.check_since, certificate.check_reason, certificate.is_valid) == (None, "", True)
    assert let_certificate_hold(place, by=ilse) is False
    assert acts() == ["check", "holds"]


def test_replaced_it_says_the_hours_as_they_are_now(certificate, held, place, ilse):
    mark(held, place, "partly", minutes=60, by=ilse, reason="Ging eerder weg")
    new = replace_certificate(Certificate.objects.get(), name="Deelnemer 1", reason="Uren", by=ilse)

    assert (new.check_since, new.snapshot["hours"]) == (None, "1")
    assert [one.pk for one in Certificate.objects.to_check()] == []
    assert acts() == ["check", "replaced"]


def test_only_who_leads_the_group_says_that_it_holds(
    certificate, held, place, ilse, marieke, noor, roel, petra, samira
):
    mark(held, place, "absent", by=ilse, reason="Fout")
    for one in (marieke, noor, roel, petra, samira):
        answer = signed_in(one).post(reverse("training:certificate_holds", args=[place.uuid]))
        assert answer.status_code == 404
    assert Certificate.objects.to_check().count() == 1


def test_a_meeting_after_the_certificate_asks_no_reason(certificate, place, ilse, small_group, a_meeting):
    later = a_meeting(small_group, days=1)
    later.__class__.objects.filter(pk=later.pk).update(
        starts_at=timezone.now() - datetime.timedelta(hours=1), ends_at=timezone.now() + datetime.timedelta(hours=1)
    )

    assert mark_all_present(later, by=ilse) == 1
    assert Certificate.objects.to_check().count() == 0


def test_all_present_leaves_who_has_a_certificate(certificate, held, place, ilse, small_group, a_meeting):
    before = a_meeting(small_group, days=-3)
    Group.objects.filter(pk=small_group.pk).update(capacity=3)
    enrol_oneself(small_group, make_person("Nieuw"))

    assert mark_all_present(before, by=ilse) == 1
    assert before.attendance.get().place.enrolment.person.display_name == "Nieuw"


def test_a_correction_after_the_certificate_asks_the_reason_on_its_own_page(certificate, held, place, person, ilse):
    row = ask_correction(held, place, words="Ik ging om elf uur weg.", by=person)
    browser = signed_in(ilse)
    values = {"status": "partly", "minutes": "90", "answer": "Dank je."}
    refused = browser.post(settle_at(row), values)
    done = browser.post(settle_at(row), {**values, "reason": "Zij zei het zelf"})

    assert [refused.status_code, done.status_code] == [409, 302]
    assert ["Dank je." in refused.content.decode(), 'name="reason"' in refused.content.decode()] == [True, True]
    assert Certificate.objects.to_check().get().check_reason == "Zij zei het zelf"


def test_a_change_in_the_group_before_flags_the_certificate_of_the_new_one(place, held, ilse, small_group, other_group):
    mark(held, place, "present", by=ilse)
    there = move_place(place, other_group, by=ilse, counts_along=True)
    Certificate.objects.create(enrolment=there.enrolment, snapshot={}, snapshot_sha256="x", issued_by=ilse)

    with pytest.raises(Refused, match="Say why"):
        clear_mark(held, place, by=ilse)
    clear_mark(held, place, by=ilse, reason="Was de verkeerde")
    assert Certificate.objects.to_check().count() == 1


def test_the_reasons_go_when_the_person_is_erased(certificate, held, place, ilse, person):
    mark(held, place, "absent", by=ilse, reason="Was ziek gemeld")
    erase_now(person.uuid)

    assert Certificate.objects.get().check_reason == ""


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [2, 12])
def test_the_roll_costs_the_same(small_group, a_meeting, ilse, django_assert_num_queries, number):
    Group.objects.filter(pk=small_group.pk).update(capacity=20)
    held = a_meeting(small_group, days=-1)
    for one in range(number):
        there = enrol_oneself(small_group, make_person(f"Mens {one}"))
        ask_correction(held, there, words=WORDS, by=there.enrolment.person)
    browser, roll = signed_in(ilse), reverse("training:attendance", args=[held.uuid])
    browser.get(roll)

    with django_assert_num_queries(10):
        browser.get(roll)


# ── In the list of certificates ────────────────────────────────────────────────
def test_the_list_of_certificates_says_which_one_is_to_be_checked(certificate, held, place, ilse, small_group):
    from django.contrib.auth.models import Permission

    ilse.user_permissions.add(Permission.objects.get(codename="access_admin"))
    listed = reverse("planning_bewijzen_modeladmin_index") + "?stand=controleer"
    before = signed_in(ilse).get(listed).content.decode()
    mark(held, place, "absent", by=ilse, reason="Fout")
    after = signed_in(ilse).get(listed).content.decode()

    assert [certificate.number in page for page in (before, after)] == [False, True]
    assert dutch("to be checked") in after.split(certificate.number)[1]
