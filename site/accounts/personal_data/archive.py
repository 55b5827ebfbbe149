"""The copy that somebody takes along: a ZIP with data.json (docs/own-data.md has its schema) and the same to read."""

import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.choices import ExportState
from accounts.models import DataExport
from accounts.personal_data.contents import copy_of, readable
from accounts.personal_data.mishaps import what_and_where

MOST_TRIES = 3


class CopyFailed(Exception):
    """A copy could not be made: it names the copy, the kind of error and where, never what was to be in it."""


def ask_copy(person, *, at=None):
    """Note that `person` wants a copy and return the DataExport; one that is being made already is it."""
    waiting = DataExport.objects.waiting().filter(person=person)
    try:
        with transaction.atomic():
            return waiting.first() or DataExport.objects.create(person=person, asked_at=at or timezone.now())
    except IntegrityError:  # a double click: the other one was first
        return DataExport.objects.filter(person=person).latest("asked_at")


def make_copies(at=None):
    """The worker's chore: make the copy of who waits longest and return 1, or 0 when nobody waits.

    The file is written beside its place and then put there, so that a worker that is killed leaves no half one; who
    asked is served by the next worker after ten minutes, and is told after three tries that it did not work.
    """
    at = at or timezone.now()
    export = DataExport.objects.waiting().take(at)
    if export is None:
        return 0
    export.tries += 1
    export.save(update_fields=["tries"])
    try:
        write_zip(export, at)
    except Exception as error:
        _give_back(export)
        raise CopyFailed(f"{export.uuid}: {what_and_where(error)}") from None
    days = settings.RETENTION_DAYS["exports"]
    made = DataExport.objects.filter(pk=export.pk, state=ExportState.ASKED).update(
        state=ExportState.READY, ready_at=at, expires_at=at + timedelta(days=days), file_name=_name(export)
    )
    if not made:  # the person was erased, or closed the account, while it was being made
        file_of(export).unlink(missing_ok=True)
    return 1


def file_of(export):
    """Return the Path of the file of `export`, there or not; nothing in it comes from a request."""
    return Path(settings.EXPORTS_DIR) / _name(export)


def erase_copies(person):
    """Erase the files of all copies of `person`, whatever their state; return how many copies there were."""
    return sum(erase_copy(export) for export in DataExport.objects.filter(person=person))


def erase_ended_copies(at=None):
    """The worker's chore: erase the files whose day is over; return how many copies."""
    return sum(erase_copy(export) for export in DataExport.objects.ended(at or timezone.now()))


def sweep(at=None):
    """Erase files older than an hour that no row knows: a killed worker left them. Return how many."""
    before = ((at or timezone.now()) - timedelta(hours=1)).timestamp()
    known = {_name(export) for export in DataExport.objects.filter(state=ExportState.READY)}
    old = [path for path in Path(settings.EXPORTS_DIR).glob("*.zip*") if path.stat().st_mtime < before]
    left = [path for path in old if path.name not in known]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def erase_copy(export):
    """Erase the file and note that it is gone; returns 1. Again changes nothing."""
    file_of(export).unlink(missing_ok=True)
    _part_of(export).unlink(missing_ok=True)
    open_states = (ExportState.ASKED, ExportState.READY)
    DataExport.objects.filter(pk=export.pk, state__in=open_states).update(state=ExportState.GONE, file_name="")
    return 1


def write_zip(export, at):
    """Write the ZIP of `export` to its place, readable by the site's own account alone."""
    person = export.person
    with translation.override(person.language):
        copy = copy_of(person, at)
        page = render_to_string("own_data/copy/index.html", readable(person, at))
        style = render_to_string("own_data/copy/style.css")
    folder, part = Path(settings.EXPORTS_DIR), _part_of(export)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
            archive.writestr("index.html", page)
            archive.writestr("style.css", style)
        file.flush()
        os.fsync(file.fileno())
    part.replace(file_of(export))


def _give_back(export):
    """Let another worker try again later, or give it up after the last try."""
    _part_of(export).unlink(missing_ok=True)
    if export.tries >= MOST_TRIES:
        DataExport.objects.filter(pk=export.pk, state=ExportState.ASKED).update(state=ExportState.FAILED)


def _name(export):
    return f"{export.uuid}.zip"


def _part_of(export):
    return Path(settings.EXPORTS_DIR) / f"{_name(export)}.part"
