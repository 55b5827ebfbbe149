"""What stands in people's calendars follows what the site knows: a change marks it, a few quiet minutes later a mail
settles it, if anything that matters is different by then.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common.dates import span_words
from home.models import ContactSettings
from mail.domain.outbox import queue_mail
from training.calendar import ical
from training.domain.calendar_told import key_of, known_by, told_of, was_of, where_now
from training.emails import CALENDAR_CANCEL, CALENDAR_REQUEST, QUIET
from training.models import CalendarInvite, Meeting
from training.planning_choices import InviteMethod, MeetingFormat

AT_ONCE = 20  # invites; a chore does a small piece


# ── Marking ────────────────────────────────────────────────────────────────────
def unsettle_person(group, person):
    """Somebody came into the group or left it: look at all its meetings that are still to come, for them alone."""
    _unsettle(Meeting.objects.filter(group=group, ends_at__gt=timezone.now()), [person.pk])


def unsettle_meeting(meeting):
    """Something about the meeting changed, or who leads it: look at it for everybody."""
    if meeting.ends_at > timezone.now():
        _unsettle([meeting], people_of(meeting) | set(meeting.invites.values_list("user_id", flat=True)))


def people_of(meeting):
    """Return the numbers of who has the meeting in their calendar: who takes part, who leads it, who coordinates."""
    group = meeting.group
    return (
        set(group.places.together().values_list("enrolment__person", flat=True))
        | set(meeting.staff.values_list("user", flat=True))
        | set(group.coordinators.values_list("pk", flat=True))
    )


def _unsettle(meetings, people):
    until = timezone.now() + QUIET
    there = [CalendarInvite(meeting=meeting, user_id=pk) for meeting in meetings for pk in people]
    CalendarInvite.objects.bulk_create(there, ignore_conflicts=True)
    marked = CalendarInvite.objects.filter(meeting__in=[one.meeting for one in there], user__in=people)
    marked.update(unsettled_until=until)


def unsettled_of(group):
    """Return the invites about which a mail may follow, for the coordinator to see."""
    return CalendarInvite.objects.filter(meeting__group=group, unsettled_until__isnull=False)


# ── Settling ───────────────────────────────────────────────────────────────────
def settle_invites(at=None):
    """Send what is due to people's calendars; return how many were looked at. A chore of the mail worker: several may
    run at once, for each locks what it takes.
    """
    at = at or timezone.now()
    # The numbers first: joined with meetings and people, a database would read all that are due. And without any there
    # is no transaction, which on SQLite would take the only lock there is, each second.
    numbers = list(CalendarInvite.objects.unsettled(at).values_list("pk", flat=True)[:AT_ONCE])
    return _settle_all(numbers, at) if numbers else 0


def _settle_all(numbers, at):
    with transaction.atomic():
        # Meetings before their invites, as an act on a meeting takes them; one in somebody's hands waits for a next
        # round. The other way round each would wait for the other.
        meetings = Meeting.objects.filter(invites__in=numbers).order_by().values("pk")
        held = Meeting.objects.filter(pk__in=meetings).select_for_update(skip_locked=True, no_key=True)
        due = CalendarInvite.objects.unsettled(at).filter(
            pk__in=numbers, meeting__in=list(held.values_list("pk", flat=True))
        )
        due = due.select_for_update(skip_locked=True, of=("self",))
        invites, people = list(due.select_related("meeting__group", "user__calendar_feed")), {}
        for invite in invites:
            if invite.meeting_id not in people:
                people[invite.meeting_id] = people_of(invite.meeting)
            _settle(invite, at, belongs=invite.user_id in people[invite.meeting_id])
        told = {invite.meeting_id for invite in invites}
        Meeting.objects.filter(pk__in=told, before_change__isnull=False).update(before_change=None)
    return len(invites)


def _settle(invite, at, *, belongs):
    invite.unsettled_until = None
    meeting = invite.meeting
    method = method_due(invite, meeting, belongs=belongs, at=at)
    if method:
        _tell(invite, method, fingerprint_of(meeting), at)
    invite.save()


def method_due(invite, meeting, *, belongs, at):
    """Return what a mail about `meeting` would say to the user of `invite` at this moment, an InviteMethod, or None for
    no mail. `belongs` says whether the meeting is for them (`people_of`). Who sends and who looks ahead both ask here.
    """
    if meeting.ends_at <= at or not _wants_mail(invite.user):
        return None
    wanted = meeting.is_announced and belongs
    if wanted and (not invite.stands or invite.fingerprint != fingerprint_of(meeting)):
        return InviteMethod.REQUEST
    return InviteMethod.CANCEL if invite.stands and not wanted else None


def _wants_mail(user):
    """Whoever follows their calendar by its address alone, and whose account is closed, gets none."""
    return user.is_active and (not hasattr(user, "calendar_feed") or user.calendar_feed.by_mail)


def _tell(invite, method, print_now, at):
    is_request, stood, is_unknown = method == InviteMethod.REQUEST, invite.stands, invite.told is None
    known, meeting, user = known_by(invite), invite.meeting, invite.user
    invite.sequence = 0 if invite.sequence is None else invite.sequence + 1
    invite.method, invite.fingerprint, invite.dtstamp = method, print_now, at
    invite.told = {"now": told_of(meeting) if is_request else None, "before": known}
    organizer, contact = organizer_of(meeting.group), ContactSettings.current()
    with translation.override(user.language):
        event = event_for(invite, organizer, contact=contact)
        context = _written_with(meeting, known if is_request else None)
        ics = ical.request(event) if is_request else ical.cancel(event)
    queue_mail(
        CALENDAR_REQUEST if is_request else CALENDAR_CANCEL,
        to=user.email,
        key=key_of(invite),
        person=user,
        about=f"group:{meeting.group.uuid}",
        context=context | {"is_change": is_request and stood and (is_unknown or bool(known)), "contact": contact},
        sender_name=organizer.display_name if organizer else "",
        reply_to=organizer.email if organizer else "",
        ics=ics,
    )


def _written_with(meeting, known):
    """Return what a mail about `meeting` is written with, but who it is for, in the language that is active."""
    was = was_of(known, meeting)
    return {
        "meeting": meeting,
        "when": when_words(meeting),
        "where": where_now(meeting, was),
        "was": was,
        "group": meeting.group,
        "group_url": group_url(meeting.group),
        "calendar_url": settings.SITE_URL + reverse("training:my_calendar"),
    }


def when_words(meeting):
    """Return when a meeting is, in the language that is active."""
    return span_words(meeting.starts_at, meeting.ends_at, online=meeting.format != MeetingFormat.ON_SITE)


# ── As the calendar has it ─────────────────────────────────────────────────────
def fingerprint_of(meeting):
    """Return what changes when something changes that somebody must hear of: never a note, a plan or a typo in them."""
    return ical.fingerprint(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        location=meeting.location,
        join_url=meeting.join_url,
        title=meeting.title,
        state="cancelled" if meeting.is_cancelled else "stands",
    )


def organizer_of(group):
    """Return who people write to about the group: the first of its coordinators, or None."""
    return group.coordinators.order_by("pk").first()


def group_url(group):
    return settings.SITE_URL + reverse("training:my_group", args=[group.uuid])


def event_for(invite, organizer, *, cancelled=None, contact=None):
    """Return the ical.Event of `invite`, in the language that is active; many at once give their ContactSettings."""
    meeting, user = invite.meeting, invite.user
    is_off = meeting.is_cancelled or invite.method == InviteMethod.CANCEL if cancelled is None else cancelled
    return ical.Event(
        uid=ical.new_uid(invite.uid),
        sequence=invite.sequence or 0,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=f"{meeting.title} ({meeting.group.name})",
        location=meeting.location,
        description=_no_longer(meeting) if is_off else _where_to_answer(meeting),
        organizer_name=organizer.display_name if organizer else str(_("Jouw leven is mijn werk")),
        organizer_address=(contact or ContactSettings.current()).email,  # a mailbox that people read, and nobody's own
        attendee_name=user.display_name,
        attendee_address=user.email,
        stamp=invite.dtstamp or meeting.changed_at,
        cancelled=is_off,
    )


def _where_to_answer(meeting):
    online = _("You also find the link for coming online there.") if meeting.join_url else ""
    return ical.describe(group_url(meeting.group), online)


def _no_longer(meeting):
    """Who reads this has nothing to answer any more."""
    if meeting.is_cancelled:
        return f"{_('This meeting is called off.')} {meeting.cancel_reason}".strip()
    return _("You are no longer expected at this meeting.")
