"""What a calendar program reads: invitations, what is called off, and the calendar somebody follows (iCalendar, iTIP).

Pure text: who gets it, and when, is the domain's. One invitation holds one meeting and one attendee, for in a REQUEST
or a CANCEL there may be one UID only (RFC 5546); nobody sees in it who else comes. Answers of calendar programs are
not read, so nobody is asked for one (RSVP=FALSE): the first line of the description says where to tell.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vCalAddress, vDuration, vText
from icalendar import Event as Component

from common.dates import on_the_wall
from common.text import without_controls
from mail.domain.words import one_line, with_plain_domain

PRODUCT = "-//Jouw leven is mijn werk//Planning//NL"
LOOK_AGAIN = "PT4H"  # four hours: how often a program that follows a calendar may ask for it
# Constant, not made by the library: the same meeting gives the same bytes, whatever tzdata the machine has.
ZONE = Timezone.from_ical(
    "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Amsterdam",
            "X-LIC-LOCATION:Europe/Amsterdam",
            "BEGIN:DAYLIGHT",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "DTSTART:19700329T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "TZNAME:CET",
            "DTSTART:19701025T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        ]
    )
)


@dataclass(frozen=True)
class Event:
    """One meeting as one person has it in their calendar.

    `starts_at`, `ends_at` and `stamp` are aware; `stamp` is the moment of this message, in a feed that of its last
    change. `sequence` rises with each message about the same `uid`. Make `description` with `describe`. Without an
    `organizer_address` it is the site's own.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    location: str
    description: str
    organizer_name: str
    organizer_address: str
    attendee_name: str
    attendee_address: str
    stamp: datetime
    cancelled: bool = False


# ── What is sent and shown ─────────────────────────────────────────────────────
def request(event):
    """Return the text of an invitation, or of its change, for `mail.domain.outbox.queue_mail(ics=...)`. Raises
    ValueError for an event that is called off.
    """
    if event.cancelled:
        raise ValueError("A meeting that is called off is no invitation: use cancel().")
    return _text("REQUEST", [_component(event, "CONFIRMED", with_attendee=True)])


def cancel(event):
    """Return the text that takes the event out of the calendar of its attendee; its `sequence` is a new one."""
    return _text("CANCEL", [_component(event, "CANCELLED", with_attendee=True)])


def publish(events, *, name=""):
    """Return a file with all these events to download once; it follows no change. `name` is what the calendar is
    called.
    """
    return _text("PUBLISH", _listed(events), name=name)


def feed(events, *, name=""):
    """Return what a program that follows somebody's calendar gets, the called off ones among them as such."""
    return _text(None, _listed(events), name=name, is_feed=True)


def describe(answer_at, text=""):
    """Return a description: first where to say that you can't come, then `text`.

    `answer_at` is an address of this site for whoever is signed in, as that of their group. People share calendars, so
    neither it nor `text` may hold a link that opens something by itself; raises ValueError for an address elsewhere or
    with more than a path.
    """
    site, given = urlsplit(settings.SITE_URL), urlsplit(answer_at)
    if (given.scheme, given.netloc) != (site.scheme, site.netloc) or given.query or given.fragment:
        raise ValueError("A calendar is shared: only a plain address of this site stands in it.")
    first = _("Can't make it? Tell us here: %(address)s") % {"address": answer_at}
    return f"{first}\n\n{text.strip()}" if text.strip() else first


def new_uid(number=None):
    """Return a UID for one meeting of one person; keep it, for a change is only seen as one under the same UID."""
    return f"{number or uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}"


def fingerprint(*, starts_at, ends_at, location, join_url, title, state, zone="Europe/Amsterdam"):
    """Return 64 signs that change when something changes that a person must hear of, and with nothing else."""
    moments = [moment.astimezone(UTC).isoformat(timespec="seconds") for moment in (starts_at, ends_at)]
    told = [*moments, zone, *(one_line(str(text)) for text in (location, join_url, title, state))]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


# ── How it is written ──────────────────────────────────────────────────────────
def _text(method, components, *, name="", is_feed=False):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", one_line(name))
    if is_feed:
        calendar.add("refresh-interval", vDuration.from_ical(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", LOOK_AGAIN)
    calendar.add_component(ZONE)
    for component in components:
        calendar.add_component(component)
    return calendar.to_ical().decode()


def _listed(events):
    """Attendees stand in no list: programs would ask whoever follows it for an answer (RFC 5546 forbids it as well)."""
    return [_component(event, "CANCELLED" if event.cancelled else "CONFIRMED") for event in events]


def _component(event, status, *, with_attendee=False):
    component = Component()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.stamp.astimezone(UTC))
    component.add("dtstart", on_the_wall(event.starts_at))
    component.add("dtend", on_the_wall(event.ends_at))
    component.add("summary", one_line(event.title))
    if location := one_line(event.location):
        component.add("location", location)
    if description := without_controls(event.description).strip():
        component.add("description", description)
    component.add("organizer", _person(event.organizer_name, event.organizer_address))
    if with_attendee:
        component.add("attendee", _attendee(event))
    component.add("status", status)
    component.add("class", "PRIVATE")
    component.add("transp", "OPAQUE")
    return component


def _attendee(event):
    """They said yes on the site; asked for an answer, Outlook would send one that nobody reads."""
    attendee = _person(event.attendee_name, event.attendee_address)
    attendee.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    return attendee


def _person(name, address):
    address = address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]  # every event has an organizer with an address
    person = vCalAddress(f"mailto:{with_plain_domain(address)}")
    person.params["CN"] = vText(one_line(name).replace('"', "") or address)  # the library would write ^' for a quote
    return person
