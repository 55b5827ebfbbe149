"""The demo's meetings, who was there, and who stands ready: relative to the day on which it is loaded."""

from datetime import timedelta

from django.utils import timezone

from common.dates import AMSTERDAM
from mail.models import OutboxMail
from tests.training.demo.hands import load
from training.models import CalendarInvite, GroupPlace, Meeting, TrainingGroup


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
    ready = GroupPlace.objects.exclude(state="enrolled").select_related("enrolment__person", "group")

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
    assert (Meeting.objects.count(), TrainingGroup.objects.get(name="Breda").code) == (5, "VAN-MIJ")
