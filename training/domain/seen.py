"""What somebody saw of a meeting or a group before they call it off: where it is otherwise by now, they are told both
and nothing is called off until they press once more.
"""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.dates import span_words
from common.names import sort_key
from common.refusals import Refused
from training.domain.versions import who_changed
from training.models import GroupPlace, Meeting
from training.planning_choices import MeetingState, PlaceState

NOWHERE = "–"


class OtherThanSeen(Refused):
    """It is no longer as somebody saw it; `changes` are sentences with what they saw and what it is now."""

    def __init__(self, sentence, changes=()):
        self.changes = list(changes)
        super().__init__(sentence)


# ── What there is to see ───────────────────────────────────────────────────────
def seen_of_meeting(meeting):
    """Return what people go by of a meeting, as JSON may keep it."""
    return {
        "number": meeting.ordinal,
        "title": meeting.title,
        "from": meeting.starts_at.isoformat(),
        "until": meeting.ends_at.isoformat(),
        "place": meeting.location,
        "online": meeting.join_url,
        "state": meeting.state,
    }


def seen_of_group(group, meetings):
    """Return the same of a group with its `meetings` that are not over."""
    coming = [one for one in meetings if not one.is_cancelled and one.ends_at > timezone.now()]
    return {"name": group.name, "meetings": {str(one.uuid): seen_of_meeting(one) for one in coming}}


def seen_with_people(group):
    """Return the same with the names of who knows of their place; two queries."""
    knowing = GroupPlace.objects.filter(group=group).live().exclude(state=PlaceState.PREPARED)
    people = knowing.values_list("enrolment__person__uuid", "enrolment__person__display_name")
    found = seen_of_group(group, Meeting.objects.filter(group=group).order_by("starts_at", "pk"))
    return found | {"people": {str(number): name for number, name in people}}


# ── What differs ───────────────────────────────────────────────────────────────
def refuse_unseen_meeting(meeting, seen):
    """Raise OtherThanSeen when it is no longer as it was `seen`; None asks nothing, and who saw nothing is refused."""
    changes = [] if seen is None else meeting_changes(seen, seen_of_meeting(meeting))
    if changes or seen == {}:
        sentence = _("{name} changed this meeting meanwhile. Nothing is called off yet.")
        sentence = sentence.format(name=who_changed(meeting))
        raise OtherThanSeen(sentence if changes else _("Nothing is called off yet. Look at it, then press."), changes)


def refuse_unseen_group(group, seen):
    """The same for a group with its meetings, and its people where those were seen."""
    changes = [] if seen is None else group_changes(seen, seen_with_people(group))
    if changes:
        raise OtherThanSeen(_("This group changed meanwhile. Nothing is called off yet."), changes)
    if seen == {}:
        raise OtherThanSeen(_("Nothing is called off yet. Look at it, then press."))


def meeting_changes(seen, now):
    """Return a sentence for each thing of a meeting that is otherwise now than it was seen."""
    asked = ((_("Title"), _title), (_("When"), _when), (_("Where"), _where), (_("State"), _state))
    pairs = [(label, words(seen), words(now)) for label, words in asked] if seen else []
    return [_other(label, was, is_now) for label, was, is_now in pairs if was != is_now]


def group_changes(seen, now):
    """Return a sentence for each thing of a group that is otherwise now than it was seen."""
    if not seen:
        return []
    found = [] if seen["name"] == now["name"] else [_other(_("Name"), seen["name"], now["name"])]
    return [*found, *_meetings_changes(seen["meetings"], now["meetings"]), *_people_changes(seen, now)]


def _meetings_changes(seen, now):
    for number, was in seen.items():
        if number in now:
            if _line(was) != _line(now[number]):
                yield _other(_meeting(was), _line(was), _line(now[number]))
        elif parse_datetime(was["until"]) > timezone.now():
            yield _("{what} is no longer there. You saw: {seen}.").format(what=_meeting(was), seen=_line(was))
    for number in [number for number in now if number not in seen]:
        yield _("{what} is new: {now}.").format(what=_meeting(now[number]), now=_line(now[number]))


def _people_changes(seen, now):
    if "people" not in seen:
        return
    came, left = (
        sorted((one[number] for number in one.keys() - other.keys()), key=sort_key)
        for one, other in ((now["people"], seen["people"]), (seen["people"], now["people"]))
    )
    if came:
        yield _("New in the group: {names}.").format(names=", ".join(came))
    if left:
        yield _("No longer in the group: {names}.").format(names=", ".join(left))


def _other(what, seen, now):
    return _("{what}: you saw {seen}. Now it is {now}.").format(what=what, seen=seen or NOWHERE, now=now or NOWHERE)


def _meeting(seen):
    return _("Meeting {number}").format(number=seen["number"])


def _title(seen):
    return seen["title"]


def _line(seen):
    return ", ".join(part for part in (_title(seen), _when(seen), _where(seen)) if part)


def _when(seen):
    return span_words(parse_datetime(seen["from"]), parse_datetime(seen["until"]))


def _where(seen):
    return ", ".join(part for part in (seen["place"], seen["online"]) if part)


def _state(seen):
    return str(MeetingState(seen["state"]).label).lower()
