"""How long is kept who was asked for a group and never came, and what people wished there (settings.RETENTION_DAYS)."""

from django.db.models import Exists, OuterRef, Q

from training.choices import EnrolmentState
from training.models import Enrolment, GroupPlace, Meeting, PlaceEvent
from training.planning_choices import ENDED_GROUPS, LIVE, TOGETHER

AT_ONCE = 1_000  # places; it runs every day


def never_came(before, now):
    """Erase the places of who was asked or waited, never took part, and is out of it for so long, with the note that
    they wrote; return how many. Their events stay, and lead nowhere.
    """
    events = PlaceEvent.objects.filter(place_key=OuterRef("uuid")).order_by()
    asked = GroupPlace.objects.exclude(state__in=LIVE).filter(Exists(events), attendance=None)
    asked = asked.exclude(Exists(events.filter(to_state__in=TOGETHER))).exclude(Exists(events.filter(at__gte=before)))
    found = dict(asked.order_by("pk").values_list("pk", "enrolment")[:AT_ONCE])
    GroupPlace.objects.filter(pk__in=found).delete()
    _empty_enrolments(found.values()).delete()
    return len(found)


def wishes(before, now):
    """Empty what could be taken into account at meetings, which may be about health, of places that ended or whose
    group met for the last time so long ago; return how many.
    """
    left = PlaceEvent.objects.filter(place_key=OuterRef("uuid"), at__gte=before).order_by()
    meetings = Meeting.objects.filter(group=OuterRef("group")).order_by()
    met = Exists(meetings.filter(ends_at__lt=before)) & ~Exists(meetings.filter(ends_at__gte=before))
    over = (~Q(state__in=LIVE) & ~Exists(left)) | met | (Q(group__state__in=ENDED_GROUPS) & ~Exists(left))
    return GroupPlace.objects.exclude(wishes="").filter(over).update(wishes={})


def _empty_enrolments(numbers):
    """Those in which nothing was ever done."""
    left = Enrolment.objects.filter(pk__in=set(numbers), state=EnrolmentState.LEFT, places=None, certificates=None)
    return left.filter(step_progress=None, module_progress=None, answers=None, personal_card=None)
