"""The demo's meetings, relative to the day of loading: who was there, who stands ready, what there is at the end."""

from datetime import timedelta

from django.utils import timezone

from common.dates import AMSTERDAM
from mail.models import OutboxMail
from tests.training.demo.hands import load
from training.domain.finishing import certificate_with, revoke_certificate
from training.domain.finishing_mails import KINDS
from training.domain.standings import standings_of
from training.emails import AFTERCARE_TOLD
from training.models import (
    Aftercare,
    CalendarInvite,
    CardMessage,
    Certificate,
    GroupPlace,
    Meeting,
    PersonalCard,
    TrainingGroup,
)


def test_the_groups_have_their_meetings(loaded):
    found = {
        group.code: [
            (meeting.title, meeting.state, sorted(row.user.display_name for row in meeting.staff.all()))
            for meeting in group.meetings.order_by("ordinal")
        ]
        for group in TrainingGroup.objects.all()
    }
    both, now = ["Marieke de Wit", "Noor"], timezone.now()
    today = Meeting.objects.get(title="Afspraken nakomen")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())

    assert found == {
        "JLMW-2026-07": [
            ("Luisteren en doorvragen", "held", both),
            ("Afspraken nakomen", "held" if today.ends_at <= now else "confirmed", both),
            ("Tijd geven", "concept", ["Marieke de Wit"]),
            ("Er zijn en weggaan", "confirmed", both),
        ],
        "JLMW-2026-08": [("Naast elkaar staan", "concept", ["Sietske Hoekstra"])],
        "JLMW-2026-05": [
            (title, "held", both)
            for title in ("Beginnen met luisteren", "Doorvragen", "Iets extra’s doen", "Afscheid en dankjewel")
        ],
    }
    assert monday <= timezone.localdate(today.starts_at) < monday + timedelta(days=7)
    assert {one.starts_at.astimezone(AMSTERDAM).hour for one in Meeting.objects.all()} == {13}


def test_the_meeting_that_is_over_is_filled_in(loaded):
    held = Meeting.objects.get(title="Luisteren en doorvragen")
    marks = {
        row.place.enrolment.person.display_name: (row.status, row.minutes)
        for row in held.attendance.exclude(status="present").select_related("place__enrolment__person")
    }

    assert marks == {"Dennis Claassen": ("signed_off", None), "Wouter van der Heijden": ("partly", 90)}
    assert held.attendance.count() == 9


def test_some_people_stand_ready_one_waits_and_one_wrote_a_wish(loaded):
    ready = GroupPlace.objects.exclude(state__in=["enrolled", "finished"]).select_related("enrolment__person", "group")

    assert sorted((one.group.name, one.enrolment.person.display_name, one.state) for one in ready) == [
        ("Breda", "Tineke Bakx", "waiting"),
        ("Tilburg najaar", "Mohammed Azzouzi", "prepared"),
        ("Tilburg najaar", "Roos Timmermans", "prepared"),
    ]
    assert [place.enrolment.person.display_name for place in GroupPlace.objects.all() if place.wishes] == [
        "Yvonne Smits"
    ]


def test_nobody_is_mailed_about_the_demos_meetings(loaded):
    assert list(CalendarInvite.objects.exclude(unsettled_until=None)) == []
    assert OutboxMail.objects.filter(about__startswith="group:").count() == 0


def test_what_a_visitor_planned_stays(loaded):
    Meeting.objects.filter(title="Tijd geven").update(title="Iets anders")
    TrainingGroup.objects.filter(name="Breda").update(code="VAN-MIJ")

    load()

    assert Meeting.objects.filter(title="Iets anders").count() == 1
    assert (Meeting.objects.count(), TrainingGroup.objects.get(name="Breda").code) == (9, "VAN-MIJ")


# ── The group that is over ─────────────────────────────────────────────────────
def finished():
    return TrainingGroup.objects.get(name="Tilburg zomer")


def test_each_of_the_group_is_at_another_point(loaded):
    found = {
        one.name: (bool(one.certificate), one.writers, one.has_got_card, one.place.state)
        for one in standings_of(finished())
    }

    assert finished().state == "finished"
    assert found == {
        "Hanneke Bos": (True, 2, True, "finished"),
        "Lieke Jansen": (True, 1, False, "finished"),
        "Ton Verhagen": (False, 0, False, "enrolled"),
    }


def test_hannekes_certificate_has_a_number_that_anybody_can_check(loaded):
    certificate = Certificate.objects.get(enrolment__person__display_name="Hanneke Bos")

    assert certificate_with(certificate.number).is_valid
    assert (certificate.snapshot["name"], certificate.snapshot["hours"]) == ("Hanneke Bos", "11")


def test_the_card_waits_for_her_and_the_words_of_noor_for_her_person(loaded):
    row = Aftercare.objects.get()

    assert (PersonalCard.objects.get(given_at__isnull=False).read_at, row.read_at) == (None, None)
    assert (row.person.display_name, row.reader.display_name) == ("Noor", "Marieke de Wit")


def test_nobody_is_mailed_about_it(loaded):
    assert OutboxMail.objects.filter(kind__in=[*KINDS, AFTERCARE_TOLD]).count() == 0


def test_what_a_visitor_did_at_the_end_stays(loaded):
    revoke_certificate(Certificate.objects.get(enrolment__person__display_name="Lieke Jansen"), reason="Kijken.")
    CardMessage.objects.filter(card__given_at=None).delete()
    Aftercare.objects.all().delete()

    load()

    assert (Certificate.objects.valid().count(), CardMessage.objects.count(), Aftercare.objects.count()) == (1, 2, 0)
