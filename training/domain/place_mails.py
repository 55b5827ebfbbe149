"""What people are told about their place in a group. Each mail exists once for each place (its key says which)."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from home.models import ContactSettings
from mail.domain.outbox import cancel_mails, queue_mail
from training.emails import (
    GROUP_CANCELLED,
    PLACE_FROM_QUEUE,
    PLACE_GONE,
    PLACE_INVITATION,
    PLACE_NUDGE,
    PLACE_WAITING,
    PLACE_WELCOME,
    QUIET,
)
from training.models import CalendarFeed, GroupPlace, Meeting
from training.planning_choices import TOGETHER, PlaceState

# In which states of the place a mail about it is still true.
STILL_TRUE = {
    PLACE_INVITATION: [PlaceState.INVITED],
    PLACE_NUDGE: [PlaceState.INVITED],
    PLACE_WELCOME: TOGETHER,
    PLACE_WAITING: [PlaceState.WAITING],
    PLACE_FROM_QUEUE: TOGETHER,
    PLACE_GONE: [PlaceState.WITHDRAWN],
    GROUP_CANCELLED: [PlaceState.CANCELLED],
}


def still_true(mail):
    """Return whether what `mail` says of a place holds at this moment, for somebody who can still come in: the outbox
    asks right before sending.
    """
    places = GroupPlace.objects.filter(uuid=mail.key.split(":")[1], enrolment__person__is_active=True)
    return places.filter(state__in=STILL_TRUE[mail.kind]).exists()


def about_group(group):
    return f"group:{group.uuid}"


def cancel_place_mails(place):
    """Take back what has not left yet about this place and return how many mails that was; what takes meetings out of a
    calendar still goes.
    """
    return sum(cancel_mails(key_prefix=f"{kind}:{place.uuid}") for kind in STILL_TRUE)


def tell_invited(place, token, *, by, until):
    """Ask somebody whether they take the place that is kept for them; `token` opens the question."""
    context = asked_with(place, address_of(token), by=by, until=until)
    return _queue(PLACE_INVITATION, place, by=by, context=context, unique=token[:16])


def tell_nudged(place, token, *, by, until, unique):
    """Ask once more; `token` opens the same question as before, and the link of the first mail works as well."""
    context = asked_with(place, address_of(token), by=by, until=until)
    return _queue(PLACE_NUDGE, place, by=by, context=context, unique=unique)


def address_of(token):
    return settings.SITE_URL + reverse("training:place_invitation", args=[token])


def asked_with(place, link, *, by, until):
    """Return what a mail that asks somebody is written with, but who it is for."""
    return {
        "group": place.group,
        "by": by.display_name,
        "link": link,
        "until": until,
        "meetings": _announced(place.group),
    }


def tell_welcome(place):
    """Say welcome with all dates, and how many calendar mails follow."""
    return _queue(PLACE_WELCOME, place, context=_with_calendar(place))


def tell_waiting(place):
    return _queue(PLACE_WAITING, place, context={"turn": turn_of(place)})


def tell_from_queue(place):
    return _queue(PLACE_FROM_QUEUE, place, context=_with_calendar(place))


def tell_gone(place):
    return _queue(PLACE_GONE, place)


def tell_group_cancelled(place, *, reason, sat_in_it=True):
    return _queue(GROUP_CANCELLED, place, context={"reason": reason, "sat_in_it": sat_in_it})


def turn_of(place):
    """Return how many wait up to and with this place: 1 is next."""
    return place.group.places.in_queue().filter(queue_no__lte=place.queue_no).count()


def _with_calendar(place):
    """The dates, the `number` of mails for the calendar that follow, and where somebody has the address of theirs."""
    meetings = _announced(place.group)
    by_mail = not CalendarFeed.objects.filter(user=place.enrolment.person, by_mail=False).exists()
    calendar_url = settings.SITE_URL + reverse("training:my_calendar")
    return {"meetings": meetings, "number": len(meetings) if by_mail else 0, "calendar_url": calendar_url}


def _announced(group):
    """The meetings that people may count on and that are still to come."""
    return list(Meeting.objects.announced().upcoming().filter(group=group))


def _queue(kind, place, *, by=None, context=None, unique=""):
    person, group = place.enrolment.person, place.group
    contact = by or group.coordinators.order_by("pk").first()
    shared = {
        "group": group,
        "group_url": settings.SITE_URL + reverse("training:my_group", args=[group.uuid]),
        "contact": ContactSettings.current(),
    }
    return queue_mail(
        kind,
        to=person.email,
        key=":".join(filter(None, [kind, str(place.uuid), unique])),
        context=shared | (context or {}),
        person=person,
        about=about_group(group),
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
        not_before=timezone.now() + QUIET,
    )
