"""Ilse's group on her desk, with a meeting that is over and one to come, and what its people said about themselves."""

import datetime
import uuid

from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from training.domain.calendar_feed import feed_address, feed_of
from training.domain.meetings import NewMeeting, add_meetings, change_meeting, confirm_meeting
from training.domain.personal_cards import write_on_card
from training.domain.place_invitations import answer_invitation, invite_prepared
from training.domain.place_mails import tell_welcome
from training.domain.places import prepare_place
from training.domain.seen import seen_of_meeting, seen_with_people
from training.domain.staff import assign_staff
from training.forms.planning import sealed
from training.models import Certificate, GroupPlace, Meeting, TrainingGroup

ROWS = """
# The coordinator's desk
training:desk
    -              in/405   404/405  404/405  404/405  404/405  404/405  200/405  200/405  404/405
training:planned_group
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:overview_file
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
training:finish_group
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
training:issue_certificates
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->   405/404  405/404
training:write_card
    samira's       in/403   404/404  404/404  404/404  200/->+  200/->+  200/->+  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:give_cards
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:put_finished
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/409  405/404  405/404
training:cards_to_write
    ilse's         in/405   404/405  404/405  404/405  200/405  200/405  200/405  404/405  404/405
training:issue_one_certificate
    samira's       in/403   404/404  404/404  404/404  404/404  404/404  200/->   404/404  404/404
training:revoke_certificate
    samira's       in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
training:give_card
    samira's       405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:replace_certificate
    samira's       in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
training:plan_series
    ilse's         in/403   404/404  404/404  404/404  404/404  404/404  200/422  404/404  404/404
training:put_team_on_meetings
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:confirm_meetings
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:invite_group
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:put_group_state
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:cancel_group
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:copy_group
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:hand_group_over
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:change_place
    samira's       405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
    none           405/403  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
training:move_place
    samira's       in/403   404/404  404/404  404/404  404/404  404/404  200/422  404/404  404/404
training:meeting
    to come        in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:confirm_meeting
    concept        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:cancel_meeting
    to come        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:add_staff
    to come        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:drop_staff
    to come        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:take_meeting_back
    to come        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:reminders
    ilse's         in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
training:nudge
    ilse's         in/403   404/404  404/404  404/404  404/404  404/404  200/->   404/404  404/404
training:mail_not_arrived
    returned       in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:take_mail_back
    waiting        405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:attendance
    over           in/405   404/405  404/405  404/405  200/405  200/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:mark_all
    over           405/403  405/404  405/404  405/404  405/->+  405/->+  405/->+  405/404  405/404
training:mark_one
    over           405/403  405/404  405/404  405/404  405/->+  405/->+  405/->+  405/404  405/404
training:sign_in_sheet
    over           in/405   404/405  404/405  404/405  200/405  200/405  200/405  404/405  404/405
training:led_meeting
    to come        in/405   404/405  404/405  404/405  200/405  200/405  200/405  404/405  404/405

# Somebody's own group
training:place_invitation
    open           200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+
    answered       410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410
    forged         410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410
training:my_groups
    -              in/405   200/405  ->/405   ->/405   200/405  200/405  200/405  200/405  200/405
training:my_group
    ilse's         in/405   404/405  200/405  200/405  ->/405   ->/405   ->/405   404/405  404/405
training:my_end
    ilse's         in/405   404/405  200/405  200/405  404/405  404/405  404/405  404/405  404/405
training:certificate_name
    ilse's         405/403  405/404  405/422  405/->+  405/404  405/404  405/404  405/404  405/404
training:certificate
    samira's       in/405   404/405  200/405  404/405  200/405  200/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:check_certificate
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
training:join_group
    ilse's         in/403   404/404  ->/->    ->/->    404/404  404/404  404/404  404/404  404/404
    open           in/403   200/->+  200/409  200/409  200/->+  200/->+  200/->+  200/->+  200/->+
training:answer_place
    ilse's         405/403  405/404  405/->   405/->   405/404  405/404  405/404  405/404  405/404
training:wishes
    ilse's         405/403  405/404  405/->+  405/->+  405/404  405/404  405/404  405/404  405/404
training:leave_group
    ilse's         in/403   404/404  200/409  200/409  404/404  404/404  404/404  404/404  404/404
training:come
    to come        405/403  405/404  405/->+  405/->+  405/404  405/404  405/404  405/404  405/404
training:my_calendar
    -              in/403   200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
training:calendar_feed
    samira's       200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    forged         404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:meeting_file
    to come        in/405   404/405  200/405  200/405  200/405  200/405  200/405  404/405  404/405
"""
# A link that only its receiver has says to whoever opens it which group it is about.
LINKS = {
    ("training:place_invitation", "open"): "the name of a group",
    ("training:calendar_feed", "samira's"): "the name of a group",
}
NOWHERE = uuid.UUID(int=7)


def plan_meetings(world):
    """Samira has wishes; of two who were invited one said no, with a note; two people stand ready."""
    plant, group, now = world.words.plant, world.group, timezone.now()
    group.capacity = 20
    group.save()
    world.open_group = make_group(world.training, "Staat open", coordinators=[world.roel])
    TrainingGroup.objects.filter(pk=world.open_group.pk).update(state="open", enrol_from=timezone.localdate())
    team = "ilse noor marieke"
    world.samira_place = GroupPlace.objects.of(world.samira).get(group=group)
    world.samira_place.wishes = {"wishes": plant("the wishes of samira", "samira ilse noor marieke")}
    world.samira_place.save()
    ask(world, note=plant("the note with a no", "ilse"))
    rows = [
        NewMeeting("Over", now - datetime.timedelta(days=3), now - datetime.timedelta(days=3, hours=-3)),
        NewMeeting("Straks", now + datetime.timedelta(days=3), now + datetime.timedelta(days=3, hours=3)),
        NewMeeting("Later", now + datetime.timedelta(days=9), now + datetime.timedelta(days=9, hours=3)),
    ]
    world.over, world.to_come, world.concept = add_meetings(group, rows, by=world.ilse)
    for meeting in (world.over, world.to_come, world.concept):
        assign_staff(meeting, world.noor, "co_trainer", by=world.ilse)
    assign_staff(world.to_come, world.marieke, "trainer", by=world.ilse)
    for meeting in (world.over, world.to_come):
        confirm_meeting(meeting, by=world.ilse)
    finish(world)
    note, plan = plant("the note about a meeting", "ilse"), plant("the plan of a meeting", team)
    world.to_come.refresh_from_db()
    change_meeting(world.to_come, version=world.to_come.version, by=world.ilse, note=note, plan=plan)


def finish(world):
    """Marieke wrote on Samira's card, that is not given yet; Samira has a certificate with a name of her own."""
    write_on_card(world.samira_place, world.words.plant("the words on a card", "marieke"), by=world.marieke)
    name = world.words.plant("the name on a certificate", "samira ilse marieke noor")
    world.certificate = Certificate.objects.create(
        enrolment=world.enrolment, snapshot={"name": name}, snapshot_sha256="x", issued_by=world.ilse
    )


def ask(world, *, note):
    """Invite two people, let one say no, and put a third in."""
    tokens = {}
    for name in ("Genodigd", "Neen"):
        place = prepare_place(world.group, make_person(name), by=world.ilse)
        invite_prepared(world.group, by=world.ilse)
        mail = OutboxMail.objects.get(key__startswith=f"place-invitation:{place.uuid}")
        tokens[name] = mail.words["text"].split("/groep/uitnodiging/")[1].split("/")[0]
    answer_invitation(tokens["Neen"], says_yes=False, note=note)
    world.open_token, world.answered_token = tokens["Genodigd"], tokens["Neen"]
    prepare_place(world.group, make_person("Klaar"), by=world.ilse)
    world.returned = OutboxMail.objects.get(person__display_name="Genodigd")
    refused = {"state": "refused", "next_at": None, "reason": "550 no such user", "words": ""}
    OutboxMail.objects.filter(pk=world.returned.pk).update(**refused)
    world.welcome = tell_welcome(world.samira_place)


def group_at(world):
    return {"uuid": world.group.uuid}


def nowhere(world):
    return {"uuid": NOWHERE}


def meeting_at(name, **more):
    return lambda world: {"uuid": getattr(world, name).uuid, **{key: value(world) for key, value in more.items()}}


def place_at(world):
    return {"uuid": world.samira_place.uuid}


OF_GROUP = (
    "finish_group",
    "issue_certificates",
    "give_cards",
    "put_finished",
    "cards_to_write",
    "plan_series",
    "put_team_on_meetings",
    "confirm_meetings",
    "invite_group",
    "put_group_state",
    "cancel_group",
    "reminders",
    "nudge",
    "copy_group",
    "hand_group_over",
)
OF_PERSON = ("my_end", "certificate_name", "my_group", "answer_place", "wishes", "leave_group")
OBJECTS = {
    **{f"training:{name}": {"ilse's": group_at} for name in (*OF_GROUP, *OF_PERSON)},
    "training:join_group": {"ilse's": group_at, "open": lambda world: {"uuid": world.open_group.uuid}},
    "training:overview_file": {"ilse's": lambda world: {"uuid": world.group.uuid, "kind": "csv"}},
    "training:write_card": {"samira's": place_at, "none": nowhere},
    "training:give_card": {"samira's": place_at},
    "training:replace_certificate": {"samira's": place_at},
    "training:revoke_certificate": {"samira's": place_at},
    "training:issue_one_certificate": {"samira's": place_at},
    "training:certificate": {"samira's": lambda world: {"uuid": world.certificate.uuid}, "none": nowhere},
    "training:planned_group": {"ilse's": group_at, "none": nowhere},
    "training:change_place": {"samira's": place_at, "none": nowhere},
    "training:move_place": {"samira's": place_at},
    "training:meeting": {"to come": meeting_at("to_come"), "none": nowhere},
    "training:confirm_meeting": {"concept": meeting_at("concept")},
    "training:cancel_meeting": {"to come": meeting_at("to_come")},
    "training:add_staff": {"to come": meeting_at("to_come")},
    "training:drop_staff": {"to come": meeting_at("to_come", person_uuid=lambda world: world.marieke.uuid)},
    "training:take_meeting_back": {"to come": meeting_at("to_come")},
    "training:mail_not_arrived": {"returned": lambda world: {"uuid": world.returned.uuid}, "none": nowhere},
    "training:take_mail_back": {"waiting": lambda world: {"uuid": world.welcome.uuid}},
    "training:attendance": {"over": meeting_at("over"), "none": nowhere},
    "training:mark_all": {"over": meeting_at("over")},
    "training:mark_one": {"over": meeting_at("over", place_uuid=lambda world: world.samira_place.uuid)},
    "training:led_meeting": {"to come": meeting_at("to_come")},
    "training:sign_in_sheet": {"over": meeting_at("over")},
    "training:place_invitation": {
        "open": lambda world: {"token": world.open_token},
        "answered": lambda world: {"token": world.answered_token},
        "forged": lambda world: {"token": "x" * 43},
    },
    "training:come": {
        "to come": lambda world: {"uuid": world.group.uuid, "meeting_uuid": world.to_come.uuid},
    },
    "training:calendar_feed": {
        "samira's": lambda world: feed_address(feed_of(world.samira)).removeprefix("http://localhost:8000"),
        "forged": lambda world: "/agenda/x:y.ics",
    },
    "training:meeting_file": {"to come": meeting_at("to_come")},
}
BODIES = {
    "training:put_group_state": lambda world: {"state": "open"},
    "training:cancel_group": lambda world: {
        "reason": "Te weinig mensen.",
        "was": sealed(seen_with_people(world.group), world.group),
        "confirm": "1",
    },
    "training:copy_group": lambda world: {"name": "Nog een keer"},
    "training:hand_group_over": lambda world: {"to": world.roel.pk},
    "training:change_place": lambda world: {"act": "withdraw"},
    "training:cancel_meeting": lambda world: {
        "reason": "De zaal is dicht.",
        "was": sealed(seen_of_meeting(Meeting.objects.get(pk=world.to_come.pk)), world.to_come),
        "confirm": "1",
    },
    "training:take_meeting_back": lambda world: {"seen": Meeting.objects.get(pk=world.to_come.pk).version},
    "training:reminders": lambda world: {"dagen": "5", "seen": TrainingGroup.objects.get(pk=world.group.pk).version},
    "training:add_staff": lambda world: {"user": world.fatma.pk, "role": "co_trainer"},
    "training:write_card": lambda world: {"words": "Wat was je er voor haar."},
    "training:certificate_name": lambda world: {"name": "S. El Amrani"},
    "training:revoke_certificate": lambda world: {"reason": "Per ongeluk."},
    "training:issue_one_certificate": lambda world: {"reason": "Zij haalde het in."},
    "training:replace_certificate": lambda world: {"name": "S. El Amrani", "reason": "Haar naam."},
    "training:mark_one": lambda world: {"status": "absent"},
    "training:place_invitation": lambda world: {"answer": "yes"},
    "training:answer_place": lambda world: {"answer": "yes"},
    "training:wishes": lambda world: {"wishes": "Ik eet geen vlees."},
    "training:come": lambda world: {"come": "no"},
    "training:my_calendar": lambda world: {"rotate": "1"},
}
