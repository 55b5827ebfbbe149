"""Who hears of a change, before it is made: counted by the very question that sends the mails (`method_due`)."""

from copy import copy
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.names import by_name, sort_key
from mail.models import OutboxMail
from training.domain.calendars import method_due, people_of
from training.domain.place_mails import about_group
from training.emails import GROUP_CANCELLED, QUIET
from training.models import CalendarInvite, GroupPlace, Meeting
from training.planning_choices import MeetingState


@dataclass(frozen=True)
class Hearing:
    """The people whom a mail about a meeting goes to, each in one list: who takes part, who leads it, who coordinates
    the group, and who no longer belongs to it.
    """

    participants: list = field(default_factory=list)
    leaders: list = field(default_factory=list)
    coordinators: list = field(default_factory=list)
    others: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.number)

    @property
    def number(self):
        return len(self.participants) + len(self.leaders) + len(self.coordinators) + len(self.others)

    @property
    def lists(self):
        """Return `[(how many and what they are, their names)]`, the empty ones left out."""
        counted = (
            (self.participants, ngettext("%(number)s participant", "%(number)s participants", len(self.participants))),
            (self.leaders, ngettext("%(number)s trainer", "%(number)s trainers", len(self.leaders))),
            (self.coordinators, ngettext("%(number)s coordinator", "%(number)s coordinators", len(self.coordinators))),
            (self.others, ngettext("%(number)s who was in it", "%(number)s who were in it", len(self.others))),
        )
        return [
            (words % {"number": len(people)}, [person.display_name for person in people])
            for people, words in counted
            if people
        ]

    @property
    def words(self):
        """Return who gets a mail, in one sentence."""
        if not self:
            return _("Nobody gets a mail.")
        who = " + ".join(words for words, _names in self.lists)
        return ngettext("%(who)s gets a mail.", "%(who)s get a mail.", self.number) % {"who": who}


@dataclass(frozen=True)
class Roles:
    """What people are to a meeting, as sets of their numbers."""

    belonging: set
    together: set
    leading: set


def roles_of(meeting):
    """Return the Roles of a meeting at this moment; five queries."""
    together = GroupPlace.objects.filter(group=meeting.group_id).together()
    return Roles(
        belonging=people_of(meeting),
        together=set(together.values_list("enrolment__person", flat=True)),
        leading=set(meeting.staff.values_list("user", flat=True)),
    )


def hearing_of(meeting, at=None, *, roles=None):
    """Return the Hearing of what calendars would be told of `meeting` as it is in memory, saved or not, once the quiet
    minutes are over. `roles` are those before an act that takes people out of the group.
    """
    at = at or timezone.now() + QUIET
    belonging = people_of(meeting)
    invites = {one.user_id: one for one in CalendarInvite.objects.filter(meeting=meeting)}
    people = User.objects.filter(pk__in=belonging | invites.keys()).select_related("calendar_feed")
    told = []
    for user in by_name(people):
        invite = invites.get(user.pk) or CalendarInvite(meeting=meeting)
        invite.user = user
        if method_due(invite, meeting, belongs=user.pk in belonging, at=at):
            told.append(user)
    return _in_lists(told, roles or roles_of(meeting)) if told else Hearing()


def hearing_once_confirmed(meeting):
    """Return the Hearing of a meeting in concept for the case that it is confirmed."""
    confirmed = copy(meeting)
    confirmed.state = MeetingState.CONFIRMED
    return hearing_of(confirmed)


def _in_lists(told, roles):
    hearing = Hearing()
    for user in told:
        if user.pk not in roles.belonging:
            hearing.others.append(user)
        elif user.pk in roles.together:
            hearing.participants.append(user)
        elif user.pk in roles.leading:
            hearing.leaders.append(user)
        else:
            hearing.coordinators.append(user)
    return hearing


def foresee(act, *args, **options):
    """Return `(meeting, Hearing)`: how the meeting that `act` returns would be, and who would hear of it. All that the
    act does is taken back before this returns; what it raises is raised here.
    """
    with transaction.atomic():
        meeting = act(*args, **options)
        hearing = hearing_of(meeting)
        transaction.set_rollback(True)
    return meeting, hearing


@dataclass(frozen=True)
class GroupHearing:
    """Who hears that a whole group is called off: `told` are the names of who gets the mail that explains it,
    `meetings` the pairs (Meeting, Hearing) of what goes out of calendars.
    """

    told: list
    meetings: list


def foresee_group(act, group, **options):
    """Return the GroupHearing of an act that calls `group` off; all of it is taken back before this returns."""
    with transaction.atomic():
        upcoming = Meeting.objects.filter(group=group).upcoming().select_related("group")
        roles = {meeting.pk: roles_of(meeting) for meeting in upcoming}
        act(group, **options)
        mails = OutboxMail.objects.without_words().filter(kind=GROUP_CANCELLED, about=about_group(group))
        told = [mail.person.display_name for mail in mails.select_related("person")]
        meetings = Meeting.objects.filter(pk__in=roles).select_related("group").order_by("starts_at", "pk")
        found = [(meeting, hearing_of(meeting, roles=roles[meeting.pk])) for meeting in meetings]
        transaction.set_rollback(True)
    return GroupHearing(sorted(told, key=sort_key), found)


def why_nobody(meeting):
    """Return the sentence that says why nobody hears of a meeting, whatever changes; nothing where people do."""
    if meeting.ends_at <= timezone.now():
        return _("The meeting is over. Calendars stay as they are.")
    if not meeting.is_announced and not meeting.is_cancelled:
        return _("The meeting is still in concept. People hear of it when you confirm it.")
    return ""
