"""Who may enrol by themselves, and why not (yet), in a sentence for each state of a group. Read only."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.models import GroupPlace
from training.planning_choices import ENDED_GROUPS, GroupState, PlaceState


def why_closed(group):
    """Return the sentence that says why nobody can enrol in `group` now."""
    today = timezone.localdate()
    if group.state == GroupState.CANCELLED:
        return _("This group is called off.")
    if group.state == GroupState.FINISHED:
        return _("This group has finished.")
    if group.enrol_until and group.enrol_until < today:
        return _("Enrolling was possible until {day}.").format(day=_day(group.enrol_until))
    if group.state != GroupState.OPEN:
        return _("This group is closed: nobody can enrol at the moment.")
    if group.enrol_from and today < group.enrol_from:
        return _("Enrolling is possible from {day}.").format(day=_day(group.enrol_from))
    return _("It is not known yet from when you can enrol.")


def days_to_enrol(group):
    """Return when people may enrol by themselves in an open group, in a sentence; nothing where no day was chosen."""
    if not group.enrol_from:
        return ""
    if not group.enrol_until:
        return _("People may enrol from {day}.").format(day=_day(group.enrol_from))
    return _("People may enrol from {first} until {last}.").format(
        first=_day(group.enrol_from), last=_day(group.enrol_until)
    )


def place_elsewhere(person, group):
    """Return the GroupPlace that `person` has in another group of the same training that goes on, or None."""
    others = GroupPlace.objects.live().of(person).filter(group__training=group.training_id)
    others = others.exclude(group=group.pk).exclude(group__state__in=ENDED_GROUPS).exclude(state=PlaceState.FINISHED)
    return others.select_related("group").order_by("pk").first()


def why_elsewhere(place):
    """Return the sentence for who wants to enrol and has a place in another group of this training."""
    name = place.group.name
    if place.state == PlaceState.WAITING:
        return _("You stand on the waiting list of {group}. Leave it first, then you can enrol here.").format(
            group=name
        )
    if place.is_together:
        return _("You take part in {group} already. Do you want to change? Ask who leads your group.").format(
            group=name
        )
    return _("A place is kept for you in {group}. Say no to it first, then you can enrol here.").format(group=name)


def _day(day):
    return date_format(day, "DATE_FORMAT")
