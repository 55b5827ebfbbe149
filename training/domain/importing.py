"""People into a group from a list: first a look at what would happen, kept for a day, then all of it in one go."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.domain.people import create_person, people_with, person_with
from accounts.domain.roles import give_role
from common.refusals import Refused
from training.domain.places import prepare_place
from training.imports.columns import FIELDS
from training.imports.people import people_of_file, people_of_rows, people_of_text, sentence
from training.models import GroupPlace, ImportBatch, ImportRow
from training.planning_choices import ImportAction, PlaceSource, PlaceState

LASTS = timedelta(days=1)  # how long a list can be confirmed, and its words are kept
REMEMBERED = timedelta(days=30)  # how long we can say that it was used or expired
PIECE = 20  # lists that the chore clears at a time


@dataclass(frozen=True)
class Counts:
    """What confirming a list would do, in people; `waiting` are those of the placed that no seat is left for."""

    new: int = 0
    existing: int = 0
    already_in: int = 0
    errors: int = 0
    waiting: int = 0

    @property
    def placed(self):
        return self.new + self.existing


@dataclass(frozen=True)
class Confirmed:
    """What confirming did: how many people have a seat, and how many wait for one."""

    seated: int
    waiting: int


# ── Acts ───────────────────────────────────────────────────────────────────────
def make_batch(*, group, by, upload=None, text=None, rows=None):
    """Read a list and return the ImportBatch to look at; nobody is added, asked or told yet.

    `upload` is (name, bytes) of a CSV or XLSX, `text` what was pasted, `rows` a list of {field: text} (columns.FIELDS).
    Raises Refused with a sentence for what can't be read as a list of people; then nothing is kept.
    """
    if group.is_ended:
        raise Refused(_("This group has ended. Nobody can be put in it any more."))
    entries = read(upload=upload, text=text, rows=rows)
    here = people_with(one.person.email for one in entries if one.person.email)
    inside = people_inside(group)
    mark_people(entries, here)
    with transaction.atomic():
        now = timezone.now()
        name = upload[0][:200] if upload else ""
        batch = ImportBatch.objects.create(group=group, made_by=by, filename=name, made_at=now, expires_at=now + LASTS)
        ImportRow.objects.bulk_create((row_of(batch, one, here, inside) for one in entries), batch_size=500)
    return batch


@transaction.atomic
def confirm_batch(batch, *, by):
    """Give everybody of the list who can have one a place in the group, and return Confirmed. Nobody is mailed.

    New people get an account without a password; who is here already keeps name and address. Raises Refused for a list
    that was used or has expired, and for a group that takes nobody any more; then nothing was done.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("group").get(pk=batch.pk)
    refuse_ended(batch)
    rows = list(batch.rows.to_place().select_related("person"))
    people = [person for person in (person_of(row, by=by) for row in rows) if person.is_active]
    places = [prepare_place(batch.group, person, by=by, source=PlaceSource.IMPORT) for person in people]
    batch.confirmed_at = timezone.now()
    batch.save(update_fields=["confirmed_at"])
    batch.rows.exclude(action=ImportAction.ERROR).delete()  # the wrong ones can still be taken along for a day
    waiting = sum(place.state == PlaceState.WAITING for place in places)
    return Confirmed(seated=len(places) - waiting, waiting=waiting)


def forget_old_lists(at=None):
    """The worker's chore: erase the words of lists whose day is over, and a month later the lists; return how many."""
    at = at or timezone.now()
    gone, _per_model = ImportBatch.objects.filter(expires_at__lte=at - REMEMBERED).delete()
    over = ImportBatch.objects.filter(expires_at__lte=at).filter(~Q(filename="") | Q(rows__isnull=False))
    numbers = list(over.values_list("pk", flat=True).distinct()[:PIECE])
    ImportRow.objects.filter(batch__in=numbers).delete()
    return gone + ImportBatch.objects.filter(pk__in=numbers).update(filename="")


# ── Questions ──────────────────────────────────────────────────────────────────
def counts_of(batch):
    """Return the Counts of an ImportBatch as the group is now; two queries."""
    numbers = dict(batch.rows.order_by().values_list("action").annotate(number=Count("pk")))
    new, existing = numbers.get(ImportAction.ADD, 0), numbers.get(ImportAction.LINK, 0)
    return Counts(
        new=new,
        existing=existing,
        already_in=numbers.get(ImportAction.ALREADY_IN, 0),
        errors=numbers.get(ImportAction.ERROR, 0),
        waiting=how_many_wait(batch.group, new + existing),
    )


def how_many_wait(group, people):
    """Return how many of so many more people would come on the waiting list: all, when somebody waits already."""
    if group.places.in_queue().exists():
        return people
    return max(0, people - group.seats_free)


def errors_of(row):
    """Return what is wrong with an ImportRow, in sentences."""
    return [sentence(error, row.raw) for error in row.errors]


def refuse_ended(batch):
    """Raise Refused when the list was used or has expired."""
    if batch.confirmed_at:
        raise Refused(_("This list was used already. Nothing was done twice."))
    if not batch.is_open():
        raise Refused(_("This list is more than a day old, so we no longer have it. Choose or paste it again."))


def wrong_rows(batch):
    """Return (heading, rows) of the rows that are not right, to correct and bring in again: only the columns that the
    list has, then the row's number and what is wrong.
    """
    rows = list(batch.rows.wrong())
    fields = [field for field in FIELDS if any(field in row.raw for row in rows)] or ["name", "email"]
    heading = [*(headings()[field] for field in fields), _("row"), _("what is wrong")]
    return heading, [
        [*(row.raw.get(field, "") for field in fields), row.number, " ".join(errors_of(row))] for row in rows
    ]


def example_rows():
    """Return (heading, rows) of a list as we like it best; nobody in it is real."""
    heading = [headings()[field] for field in FIELDS if field != "name"]
    return heading, [
        ["Sanne", "van der", "Heijden", "sanne@voorbeeld.nl", "06 12 34 56 78", "Stichting Voorbeeld"],
        ["Samira", "", "El Amrani", "samira@voorbeeld.nl", "", ""],
    ]


def headings():
    return {
        "first_name": _("first name"),
        "infix": _("infix"),
        "last_name": _("last name"),
        "name": _("name"),
        "email": _("e-mail address"),
        "phone": _("phone"),
        "organisation": _("organisation"),
    }


# ── Pieces ─────────────────────────────────────────────────────────────────────
def read(*, upload, text, rows):
    if upload is not None:
        name, content = upload
        return people_of_file(content, name)
    return people_of_text(text) if text is not None else people_of_rows(rows)


def people_inside(group):
    """Return the keys of the people who have a place in `group` now, the waiting list included."""
    return set(GroupPlace.objects.filter(group=group).live().values_list("enrolment__person", flat=True))


def mark_people(entries, here):
    """Add what only the accounts can say: one person behind two addresses, and accounts that were closed."""
    first = {}
    for one in entries:
        person = here.get(one.person.email)
        if person is None or one.errors:
            continue
        if not person.is_active:
            one.errors.append(["account_closed", None])
        elif first.setdefault(person.pk, one.number) != one.number:
            one.errors.append(["person_double", first[person.pk]])


def row_of(batch, entry, here, inside):
    person = here.get(entry.person.email)
    return ImportRow(
        batch=batch,
        number=entry.number,
        raw=entry.raw,
        parsed=entry.person.as_words(),
        errors=entry.errors,
        action=action_for(entry, person, inside),
        person=person,
    )


def action_for(entry, person, inside):
    if entry.errors:
        return ImportAction.ERROR
    if person is None:
        return ImportAction.ADD
    return ImportAction.ALREADY_IN if person.pk in inside else ImportAction.LINK


def person_of(row, *, by):
    """Return who a row is about, with a new account where nobody has the address by now."""
    return row.person or person_with(row.parsed["email"]) or new_person(row, by=by)


def new_person(row, *, by):
    try:
        person = create_person(row.parsed["email"], name=row.name_in_list, is_proven=False)
    except IntegrityError:  # they came in by another way this very second
        return person_with(row.parsed["email"])
    give_role(person, Role.PARTICIPANT, by=by)
    return person
