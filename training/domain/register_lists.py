"""Who of a group may be passed on to a register: the numbers, the hours, and who has none. Read only."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.dates import net_hours, on_the_wall
from common.names import sort_key
from training.domain.accreditations import accreditations_on
from training.domain.standings import held_meetings, standings_of
from training.models import Meeting, RegisterDelivery, RegisterEvent, RegisterNumber
from training.planning_choices import Register, RegisterAct


@dataclass
class RegisterRow:
    """Somebody who was there long enough. `opened_at` is when their number was last read to pass it on, `delivered_at`
    and `delivered_on` when that was done, as far as the number is still the same and they still allow it.
    """

    standing: object
    own: object = None
    opened_at: object = None
    delivered_at: object = None
    delivered_on: object = None

    @property
    def name(self):
        """The name as it stands on the certificate: that is how a register knows somebody."""
        return self.standing.name_on_certificate

    @property
    def person(self):
        return self.standing.place.enrolment.person

    @property
    def hours(self):
        """The net hours that they were there, as a Decimal."""
        return net_hours(self.standing.minutes)

    @property
    def may_be_passed_on(self):
        return self.own is not None and self.own.is_allowed

    @property
    def is_open(self):
        return self.may_be_passed_on and self.opened_at is not None and self.opened_at >= self.own.open_from

    @property
    def is_delivered(self):
        return self.delivered_on is not None and not (self.own and self.own.changed_at > self.delivered_at)

    @property
    def number(self):
        """Their number, once it was opened and as long as they allow it; else nothing."""
        return self.own.number if self.is_open else ""

    @property
    def why_none(self):
        return _("no number yet") if self.own is None else _("has not allowed it yet")


@dataclass
class RegisterList:
    """One group for one register. `rows` are those who were there long enough, by name."""

    group: object
    register: Register
    delivery: object
    last_day: object = None
    meetings_to_come: bool = False
    accreditation: object = None
    rows: list = field(default_factory=list)

    @property
    def ready(self):
        """Those who have a number and allow it."""
        return [row for row in self.rows if row.may_be_passed_on]

    @property
    def closed(self):
        """Those whose number nobody read yet."""
        return [row for row in self.ready if not row.is_open]

    @property
    def opened(self):
        return [row for row in self.ready if row.is_open]

    @property
    def numbers(self):
        return [row.number for row in self.opened]

    @property
    def without(self):
        """Those who have no number, or do not allow it."""
        return [row for row in self.rows if not row.may_be_passed_on]

    @property
    def delivered(self):
        return [row for row in self.opened if row.is_delivered]

    @property
    def late(self):
        """Those who came to it after the others were passed on."""
        return [row for row in self.opened if not row.is_delivered] if self.delivery.delivered_on else []


@dataclass
class RegisterLine:
    """A register in a few words, for the page on which a group is finished."""

    register: Register
    ready: int
    without: int
    delivered_on: object = None
    activity: str = ""


def register_list(group, register):
    """Return the RegisterList of `group` for `register`: thirteen queries, however many people."""
    register, meetings = Register(register), held_meetings(group)
    last_day = _last_day(meetings)
    standings = [one for one in standings_of(group) if one.was_there]
    numbers = _numbers(standings, register)
    told = _told(group, register)
    accredited = {one.register: one for one in accreditations_on(group.training, last_day)}
    return RegisterList(
        group,
        register,
        RegisterDelivery.objects.select_related("marked_by").filter(group=group, register=register).first()
        or RegisterDelivery(group=group, register=register),
        last_day=last_day,
        meetings_to_come=Meeting.objects.filter(group=group).upcoming().exists(),
        accreditation=accredited.get(register),
        rows=sorted((_row(one, numbers, told) for one in standings), key=lambda row: sort_key(row.name)),
    )


def register_lines(group, standings):
    """Return a RegisterLine for each register that counts this training, or in which somebody of `standings` has a
    number; four queries.
    """
    there = [one for one in standings if one.was_there]
    people = {one.place.enrolment.person_id for one in there}
    numbers = list(RegisterNumber.objects.filter(user__in=people))
    ready = [number.register for number in numbers if number.is_allowed]
    deliveries = {one.register: one for one in RegisterDelivery.objects.filter(group=group)}
    day = _last_day(held_meetings(group))
    accredited = {one.register: one for one in accreditations_on(group.training, day)}
    known = {number.register for number in numbers} | deliveries.keys() | accredited.keys()
    return [
        RegisterLine(
            register,
            ready=ready.count(register),
            without=len(people) - ready.count(register),
            delivered_on=deliveries[register].delivered_on if register in deliveries else None,
            activity=accredited[register].activity_id if register in accredited else "",
        )
        for register in Register
        if register in known
    ]


def table_of(found):
    """Return `(heading, lines)` for a file: the same people and numbers as on the screen."""
    heading = [
        _("Name"),
        _("Number"),
        _("Present"),
        _("Net hours"),
        _("Date"),
        _("ID number"),
        _("Number of this run"),
    ]
    activity = found.accreditation.activity_id if found.accreditation else ""
    run = found.delivery.execution_number
    return heading, [[row.name, row.number, _("yes"), row.hours, found.last_day, activity, run] for row in found.opened]


def _row(standing, numbers, told):
    person = standing.place.enrolment.person
    return RegisterRow(standing, numbers.get(person.pk), **told.get(person.uuid, {}))


def _numbers(standings, register):
    people = [one.place.enrolment.person_id for one in standings]
    return {one.user_id: one for one in RegisterNumber.objects.filter(user__in=people, register=register)}


def _told(group, register):
    """Return `{person's public number: what was last done with theirs in this group}`; one query."""
    told = {}
    for event in RegisterEvent.objects.filter(group_key=group.uuid, register=register).order_by("at", "pk"):
        one = told.setdefault(event.person_key, {})
        if event.act == RegisterAct.OPENED:
            one["opened_at"] = event.at
        else:
            one["delivered_at"], one["delivered_on"] = event.at, event.day
    return told


def _last_day(meetings):
    return on_the_wall(meetings[-1].ends_at).date() if meetings else None
