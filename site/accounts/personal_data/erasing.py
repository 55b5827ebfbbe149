"""Erasing a person: step by step, each step its own transaction that is noted in the request, so that it can be cut off
at any point and goes on where it was.

Every step may be done twice: what is gone is gone. Nothing here writes a name, an address or a word to a log.
"""

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from accounts.choices import DeletionState
from accounts.models import DeletionRequest, User
from accounts.personal_data.archive import erase_copies
from accounts.personal_data.closing import close_account
from accounts.personal_data.files import erase_file
from accounts.personal_data.mishaps import what_and_where
from accounts.personal_data.people import erase_row_of
from accounts.personal_data.registry import records
from accounts.personal_data.rows import in_erasing_order, rows_of
from accounts.personal_data.traces import TRACES
from common import erasures

ERASED = "person"  # in the log of erasures

_extra = {}


class ErasingStopped(Exception):
    """A step failed: it names the request, the step, the kind of error and where, never what the database said (that
    may quote the very words that have to go).
    """


def erase_also(name, act):
    """Register a step for what the registry can't say: `act(person)`, run before any row goes.

    Raises ValueError when `name` is another step's. The act may be run twice and must then change nothing more.
    """
    if _extra.setdefault(name, act) is not act:
        raise ValueError(f"There is another step with the name {name}.")


def erase_due_people(at=None):
    """The worker's chore: erase one person whose time to think is over; return 1, or 0 when there is none."""
    at = at or timezone.now()
    request = DeletionRequest.objects.due(at).take(at)
    if request is None:
        return 0
    carry_out(request, at=at)
    return 1


def erase_now(person_uuid, *, at=None):
    """Erase somebody by hand, whether their time to think is over or not; return the DeletionRequest.

    Goes on with an erasing that was cut off. Raises User.DoesNotExist when nobody with this number is here and nothing
    is left to do.
    """
    at = at or timezone.now()
    request = DeletionRequest.objects.under_way().filter(person_uuid=person_uuid).first()
    if request is None:
        person = User.objects.get(uuid=person_uuid)
        request = DeletionRequest.objects.create(person=person, person_uuid=person_uuid, asked_at=at, due_at=at)
    carry_out(request, at=at)
    return request


def erase_again(person_uuid):
    """Erase somebody whom a backup brought back; return True when they were there, or still half."""
    try:
        erase_now(person_uuid)
    except User.DoesNotExist:
        return False
    return True


def carry_out(request, *, at=None):
    """Do all steps of `request` that are not done yet, in order; raises ErasingStopped when one fails.

    What is done stays done: the next call goes on there.
    """
    for name, act in steps():
        try:
            _do_once(request, name, act)
        except Exception as error:
            if isinstance(error, ProtectedError | RestrictedError):
                # Somebody wrote a row about this person meanwhile: from the beginning, next time.
                DeletionRequest.objects.filter(pk=request.pk).update(steps_done=[])
            raise ErasingStopped(f"{request.uuid}, {name}: {what_and_where(error)}") from None
    _finish(request, at or timezone.now())


def steps():
    """Return the steps as (name, act) in their order; `act(person)`."""
    going = in_erasing_order(record for record in records() if record.goes)
    # The request itself loses its person at the very end, or nobody would know whom to go on with.
    staying = [record for record in records() if record.links() and record.model is not DeletionRequest]
    return [
        ("close", close_account),
        # Once nobody can undo it any more, and before anything is gone.
        ("erasures log", note_in_log),
        *TRACES.items(),
        *sorted(_extra.items()),
        ("copies", erase_copies),
        *((f"rows:{record.label}", _RowsGo(record)) for record in going),
        *((f"links:{record.label}", _LinksAreEmptied(record)) for record in staying),
        ("person", erase_row_of),
    ]


def note_in_log(person):
    """Write down outside the database that `person` goes: a backup that is put back knows nothing of it."""
    erasures.note(ERASED, person.uuid)


def _do_once(request, name, act):
    with transaction.atomic():
        row = DeletionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if name in row.steps_done or row.state not in DeletionState.under_way():
            return
        if row.person:  # None once the last step was done
            act(row.person)
            row.refresh_from_db(fields=["person"])
        row.state, row.steps_done = DeletionState.ERASING, [*row.steps_done, name]
        row.save(update_fields=["state", "steps_done"])


def _finish(request, at):
    """Leave of the request no more than that somebody with this number was erased."""
    with transaction.atomic():
        DeletionRequest.objects.filter(person_uuid=request.person_uuid).update(person=None)
        DeletionRequest.objects.filter(pk=request.pk, state__in=DeletionState.under_way()).update(
            state=DeletionState.DONE, ended_at=at, taken_at=None, steps_done=[]
        )
    request.refresh_from_db()


class _RowsGo:
    """Deletes the rows of one model that are a person's own, and their files before them."""

    def __init__(self, record):
        self.record = record

    def __call__(self, person):
        rows = rows_of(self.record, person)
        files = [one for one in self.record.model_fields() if isinstance(one, models.FileField)]
        for row in rows if files else ():
            for one in files:
                erase_file(getattr(row, one.name))
        # By number: a queryset with `distinct()` can't be deleted.
        self.record.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


class _LinksAreEmptied:
    """Empties the fields that name a person in the rows of one model that are not theirs."""

    def __init__(self, record):
        self.record = record

    def __call__(self, person):
        for name in self.record.links():
            one = self.record.model._meta.get_field(name)
            if one.many_to_many:
                through = one.remote_field.through._base_manager
                through.filter(**{f"{one.m2m_reverse_field_name()}_id": person.pk}).delete()
            else:
                self.record.model._base_manager.filter(**{name: person.pk}).update(**{name: None})
