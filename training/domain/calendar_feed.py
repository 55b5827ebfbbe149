"""Somebody's private calendar address, and what a calendar program reads there."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from common.policies import has_role
from home.models import ContactSettings
from training.calendar import ical
from training.domain.calendars import event_for, organizer_of
from training.models import CalendarFeed, CalendarInvite, GroupPlace, Meeting, MeetingStaff, PlaceEvent
from training.planning_choices import TOGETHER, MeetingState, PlaceState, StaffRole
from training.policies import TrainingGroupPolicy

CALLED_OFF_STAYS = timedelta(days=30)
BACK = timedelta(days=365)
SALT = "calendar-feed"
REMEMBERED = 60 * 24 * 60 * 60  # seconds


def feed_of(user):
    """Return the CalendarFeed of `user`, a new one that is not kept when they never chose anything about it."""
    return CalendarFeed.objects.filter(user=user).first() or CalendarFeed(user=user)


def feed_address(feed):
    """Return the whole address of a feed; whoever has it reads the calendar, so it is shown to its person alone."""
    return settings.SITE_URL + reverse("training:calendar_feed", args=[_signed(feed)])


def rotate_feed(user):
    """Give the calendar another address: the old one is nothing any more. Return the CalendarFeed."""
    feed = CalendarFeed.objects.get_or_create(user=user)[0]
    CalendarFeed.objects.filter(pk=feed.pk).update(version=F("version") + 1)
    feed.refresh_from_db()
    return feed


def put_by_mail(user, by_mail):
    """Choose whether meetings come by mail as well, or by the address alone."""
    CalendarFeed.objects.update_or_create(user=user, defaults={"by_mail": by_mail})


def person_behind(token):
    """Return the User whose calendar this is, or None for an address that is not, or not any more, one of ours."""
    try:
        number, _mark, version = signing.Signer(salt=SALT).unsign(token).partition("~")
    except signing.BadSignature:
        return None
    user = User.objects.filter(uuid=number, is_active=True).first()
    return user if user and feed_of(user).version == int(version) else None


def calendar_of(user, at=None):
    """Return the calendar of `user` as text: a year back, everything to come, what was called off for 30 days."""
    contact = ContactSettings.current()
    with translation.override(user.language):
        events = [_event(meeting, user, contact) for meeting in meetings_in_calendar(user, at)]
        return ical.feed(events, name=str(_("Jouw leven is mijn werk")))


def same_since(user, tag, at=None):
    """Return since when, in whole seconds of the clock, the calendar of `user` reads as `tag` says: now when it read
    otherwise before. No row could tell: leaving a group, or another name of it, is nowhere written in a meeting.
    """
    kept, key, now = caches["limits"], f"calendar-reads:{user.pk}", int((at or timezone.now()).timestamp())
    before, since = kept.get(key, ("", 0))
    if before == tag:
        return since
    kept.set(key, (tag, now), REMEMBERED)
    return now


def file_of(meeting, user):
    """Return one meeting as a file to put in a calendar by hand."""
    return ical.publish([_event(meeting, user, ContactSettings.current())])


def meetings_in_calendar(user, at=None):
    """The meetings that stand in the calendar of `user`, the first one first; each group's coordinators with it.

    Who leads them or the group needs the role for it now.
    """
    at = at or timezone.now()
    # Three questions apart: joined in one, a database looks through everybody's places.
    mine = (
        Q(group__in=_places_in_calendar(user).order_by().values("group"))
        | Q(pk__in=_staff(user).order_by().values("meeting"))
        | Q(group__in=TrainingGroupPolicy().led_by(user).order_by().values("pk"))
    )
    shown = Q(state__in=[MeetingState.CONFIRMED, MeetingState.HELD], ends_at__gt=at - BACK)
    called_off = Q(state=MeetingState.CANCELLED, changed_at__gt=at - CALLED_OFF_STAYS)
    found = Meeting.objects.filter(mine, shown | called_off).select_related("group")
    return found.prefetch_related("group__coordinators").order_by("starts_at", "pk")


def _places_in_calendar(user):
    """Where they sit, and where they sat when the whole group was called off: that stays for a while, as such."""
    sat_in_it = PlaceEvent.objects.filter(
        place_key=OuterRef("uuid"), from_state__in=TOGETHER, to_state=PlaceState.CANCELLED
    )
    called_off = Q(Exists(sat_in_it), state=PlaceState.CANCELLED)
    return GroupPlace.objects.filter(Q(state__in=TOGETHER) | called_off).of(user)


def _staff(user):
    led_as = {StaffRole.TRAINER: Role.TRAINER, StaffRole.CO_TRAINER: Role.CO_TRAINER}
    return MeetingStaff.objects.filter(
        user=user, role__in=[led for led, role in led_as.items() if has_role(user, role)]
    )


def _event(meeting, user, contact):
    invite = CalendarInvite(meeting=meeting, user=user, uid=_uid(meeting, user), sequence=meeting.version - 1)
    invite.dtstamp = meeting.changed_at
    return event_for(invite, _organizer(meeting.group), cancelled=meeting.is_cancelled, contact=contact)


def _organizer(group):
    coordinators = sorted(group.coordinators.all(), key=lambda person: person.pk)
    return coordinators[0] if coordinators else organizer_of(group)


def _uid(meeting, user):
    """A feed has numbers of its own: a program that has both the mail and the feed keeps them apart."""
    return f"{meeting.uuid}-{user.uuid.hex[:8]}"


def _signed(feed):
    return signing.Signer(salt=SALT).sign(f"{feed.user.uuid}~{feed.version}")
