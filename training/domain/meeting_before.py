"""How a meeting was when calendars were last told of it: as long as nothing has left, a change can be taken back."""

from datetime import UTC

from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_datetime

from training.domain.hearing import hearing_of
from training.models import CalendarInvite, Meeting

TIMES = ("starts_at", "ends_at")
KEPT = (
    "kind",
    "format",
    "title",
    *TIMES,
    "break_minutes",
    "place_name",
    "street",
    "postcode",
    "city",
    "room",
    "route",
    "join_url",
    "state",
    "cancel_reason",
)


def kept_of(meeting):
    """Return what is kept of a meeting before it changes: what was kept already, while that has not been told."""
    if meeting.before_change:
        return meeting.before_change
    clash = meeting.staff.exclude(reason_for_clash="").values_list("reason_for_clash", flat=True).first()
    return _values(meeting) | {"why_clash": clash or ""}


def remember(meeting, before):
    """Keep `before` (kept_of) when the change that was just written differs from it and somebody is going to hear of
    it; else nothing.
    """
    is_other = any(before[name] != value for name, value in _values(meeting).items())
    meeting.before_change = before if is_other and hearing_of(meeting) else None
    meeting.save(update_fields=["before_change"])


def can_be_taken_back(meeting):
    """Return whether a change of `meeting` waits of which no mail was made yet; a query where one may."""
    return meeting.before_change is not None and meeting.invites.filter(unsettled_until__isnull=False).exists()


def waiting_changes(groups):
    """Return the queryset of the meetings of `groups` of which the same holds."""
    unsettled = CalendarInvite.objects.filter(meeting=OuterRef("pk"), unsettled_until__isnull=False)
    return Meeting.objects.filter(Exists(unsettled), group__in=groups, before_change__isnull=False)


def put_back(meeting):
    """Let `meeting` be, unsaved, as it was; return the reason why somebody led two meetings at once then."""
    before = dict(meeting.before_change)
    why_clash = before.pop("why_clash")
    for name, value in before.items():
        setattr(meeting, name, parse_datetime(value) if name in TIMES else value)
    return why_clash


def _values(meeting):
    values = {name: getattr(meeting, name) for name in KEPT}
    return values | {name: values[name].astimezone(UTC).isoformat() for name in TIMES}
