"""What the screens and chores of planning cost on the data that is there: queries, milliseconds and the size of the
answer. Run inside Django, on a site filled by `load_demo --participants N --groups M`; nothing that it does stays.

    DJANGO_SETTINGS_MODULE=config.settings PYTHONPATH=site .venv/bin/python scripts/bench/planning.py [screens | chores]
"""

import io
import json
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":  # this folder is no place to import from: it would hide other modules of the same names
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    import django

    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import User
from training.domain import calendars, reminders
from training.domain.calendar_feed import feed_address, feed_of
from training.models import CalendarInvite, GroupPlace, Meeting, TrainingGroup

TIMES = 3
ALL, FEW = "coordinatie@voorbeeld.test", "coordinator-001@rond.voorbeeld.test"


def measured(name, act):
    """Return `{name, queries, cpu, ms, slowest, answer}`: the queries of the second time; of three more times the
    milliseconds of the fastest, and of this process's own CPU (on SQLite with the database's) the median.
    """
    act()  # what is made once a process is made now
    asked = []
    with connection.execute_wrapper(Asked(asked)):
        answer = act()
    taken, worked = [], []
    for _time in range(TIMES):
        begun, busy = time.perf_counter(), time.process_time()
        act()
        taken.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - busy))
    return {
        "name": name,
        "queries": len(asked),
        "cpu": round(statistics.median(worked), 1),
        "ms": round(min(taken), 1),
        "slowest": "{:.0f} ms {}".format(*max(asked)) if asked else "",
        "answer": answer,
    }


class Asked:
    """Notes every query with its milliseconds; the site's own middleware may empty Django's list of them."""

    def __init__(self, asked):
        self.asked = asked

    def __call__(self, execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.asked.append((1000 * (time.perf_counter() - begun), f"{sql} {params}"[:2000]))


def page(person, address, **posted):
    """Return what opens `address` as `person` (nobody: None) and gives `status, bytes`."""
    client = Client()
    if person:
        client.force_login(person)

    def opened():
        response = client.post(address, posted) if posted else client.get(address)
        expected = 302 if posted else 200
        if response.status_code != expected:
            raise SystemExit(f"{address} answered {response.status_code}.")
        return f"{len(response.content) // 1024} kB"

    return opened


# ── What is measured ───────────────────────────────────────────────────────────
def screens():
    few, everything = User.objects.get(email=FEW), User.objects.get(email=ALL)
    for who, person in (("8 groups", few), ("all groups", everything)):
        yield f"desk, {who}", page(person, "/planning/")
        yield f"desk as a list, another month, {who}", page(person, f"/planning/?als=lijst&maand={another_month()}")
        yield from lists(who, person)
    yield from of_group(few)
    yield "all groups, administrator", page(administrator(), "/cms/planning/groepen/")
    yield from feeds(few)


def lists(who, person):
    group = TrainingGroup.objects.filter(coordinators=person).order_by("pk").first()
    for path, queries in {
        "groepen": ("", "?stand=closed", f"?training={group.training_id}", "?q=Meting", "?o=5", "?p=2"),
        "bijeenkomsten": ("", f"?groep={group.pk}", "?stand=confirmed", "?q=Luisteren", "?p=3"),
        "plaatsen": ("", f"?groep={group.pk}", "?stand=waiting", "?q=Zo", "?p=3"),
    }.items():
        for query in queries:
            if "p=" not in query or person.email == ALL:
                yield (
                    f"list {path}{query.split('=')[0] and ' ' + query.split('=')[0]}, {who}",
                    page(person, f"/cms/planning/{path}/{query}"),
                )


def of_group(person):
    group = TrainingGroup.objects.filter(coordinators=person, state="closed").order_by("pk").first()
    meeting = group.meetings.filter(state="held").order_by("-starts_at").first() or group.meetings.first()
    here, there = f"/planning/groepen/{group.uuid}", f"/planning/bijeenkomsten/{meeting.uuid}"
    yield "group with its overview", page(person, f"{here}/")
    yield "overview as a file (XLSX)", page(person, f"{here}/overzicht.xlsx")
    yield "coming to the end", page(person, f"{here}/afronden/")
    yield "meeting", page(person, f"{there}/")
    yield "attendance", page(person, f"{there}/aanwezig/")
    yield "sheet to sign", page(person, f"{there}/tekenlijst/")
    people = "\n".join(f"Nieuw {number}\tnieuw{number}@import.test" for number in range(500))
    yield "bring 500 people (read, look)", page(person, f"{here}/mensen-toevoegen/", text=f"naam\te-mail\n{people}")
    yield "look at 500 people", page(person, newest_list(person, f"{here}/mensen-toevoegen/", people))
    place = GroupPlace.objects.filter(group=group, state="enrolled").select_related("enrolment__person").first()
    yield "Mijn groep", page(place.enrolment.person, f"/groep/{group.uuid}/")


def newest_list(person, address, people):
    client = Client()
    client.force_login(person)
    return client.post(address, {"text": f"naam\te-mail\n{people}"})["Location"]


def feeds(few):
    trainer = User.objects.get(email="trainer-001@rond.voorbeeld.test")
    participant = User.objects.get(email="p000001@voorbeeld.test")
    people = (("participant", participant), ("trainer of 20 groups", trainer), ("coordinator of 8 groups", few))
    for who, person in (*people, ("coordinator of all groups", User.objects.get(email=ALL))):
        address = feed_address(feed_of(person))
        yield f"calendar address, {who}", page(None, address[address.index("/agenda/") :])


def chores():
    yield "calendars, nothing due", calendars.settle_invites
    yield "reminders, nothing due", lambda: reminders.remind(timezone.now() - timedelta(days=1_000))
    yield "check_planning", lambda: call_command("check_planning", stdout=io.StringIO())
    coming = CalendarInvite.objects.filter(meeting__ends_at__gt=timezone.now())
    coming.update(unsettled_until=timezone.now(), sequence=None, method="")
    yield f"calendars, {calendars.AT_ONCE} mails", calendars.settle_invites
    yield from of_reminders()


def of_reminders():
    """Four hundred meetings of which the reminder is due, some minutes after one another."""
    soon = timezone.now() + timedelta(hours=2)
    for number, meeting in enumerate(Meeting.objects.filter(state="confirmed").order_by("pk")[:400]):
        starts = soon + timedelta(minutes=number)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=3))
    yield f"reminders of 400 meetings, one run ({reminders.AT_ONCE} meetings)", reminders.remind
    while reminders.remind():
        pass
    yield "reminders of 400 meetings, all queued before", reminders.remind


def administrator():
    return User.objects.get(email="beheer@demo.test")


def another_month():
    return f"{timezone.localdate().replace(day=1) - timedelta(days=3):%Y-%m}"


def main(wanted):
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        for name, act in screens() if wanted != "chores" else ():
            tell(measured(name, act))
        for name, act in chores() if wanted != "screens" else ():
            tell(measured(name, act))
        transaction.set_rollback(True)


def tell(found):
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
