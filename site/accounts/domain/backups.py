"""A backup: the database, the uploads and the log of erasures in one folder, with a list that says what belongs there.

The keys are not in it (docs/host.md): with them in the same place, whoever finds a backup reads every answer.
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from common import dumps, erasures
from common.refusals import Refused

SCHEMA = 1
MANIFEST, UPLOADS, LOG = "manifest.json", "uploads", "erasures.log"


@dataclass(frozen=True)
class Backup:
    """A whole backup in `folder`. `files` is `{path in the folder: {"size": bytes, "sha256": digest}}`."""

    folder: Path
    made_at: object
    database: str
    migrations: list
    files: dict

    @property
    def uploads(self):
        """The paths of the uploads below the folder of uploads."""
        return [name.removeprefix(f"{UPLOADS}/") for name in self.files if name.startswith(f"{UPLOADS}/")]

    @property
    def size(self):
        """Bytes in all."""
        return sum(file["size"] for file in self.files.values())


def make_backup(folder, *, at=None):
    """Write a backup to `folder` and return it as a Backup; all that was acknowledged before the call is in it.

    The site may be in use. The folder appears when the backup is whole: a cut-off one is called `<folder>.part`.
    Raises Refused for a folder that has something in it or lies among the uploads, DumpFailed, and OSError.
    """
    folder, at = Path(folder).absolute(), at or timezone.now()
    _refuse_place(folder)
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    dumps.take(part / dumps.dump_name())  # before the uploads: every file that it names is on the disk by then
    _copy_uploads(part / UPLOADS)
    _copy_if_there(erasures.log_path(), part / LOG)
    _write_manifest(part, at)
    part.rename(folder)
    _sync(folder.parent)
    return read_backup(folder)


def read_backup(folder):
    """Return the Backup in `folder`; raises Refused when there is no whole one."""
    folder = Path(folder).absolute()
    try:
        told = json.loads((folder / MANIFEST).read_text())
        if told["schema"] != SCHEMA:
            raise Refused(f"{folder} holds a backup of another kind ({told['schema']}).")
        return Backup(folder, parse_datetime(told["made_at"]), told["database"], told["migrations"], told["files"])
    except (OSError, ValueError, KeyError) as error:
        raise Refused(f"{folder} holds no whole backup.") from error


def damage_to(backup):
    """Return a sentence for each file of `backup` that is missing or is not what it was."""
    found = []
    for name, told in backup.files.items():
        path = backup.folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.stat().st_size != told["size"] or digest_of(path) != told["sha256"]:
            found.append(f"{name} was changed")
    return found


def digest_of(path):
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder):
    """Return the files below `folder` as paths from there, in order; links are not followed."""
    return sorted(
        Path(root, name).relative_to(folder)
        for root, _folders, names in os.walk(folder)
        for name in names
        if Path(root, name).is_file() and not Path(root, name).is_symlink()
    )


def _refuse_place(folder):
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} has something in it. Name a new folder.")
    if folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise Refused(f"{folder} lies among the uploads. Name another folder.")


def _copy_uploads(target):
    source = Path(settings.MEDIA_ROOT)
    target.mkdir(mode=0o700)
    for name in files_in(source):
        _copy_if_there(source / name, target / name)


def _copy_if_there(source, target):
    """Copy one file to the disk; what somebody took away meanwhile is not missed."""
    try:
        reading = source.open("rb")
    except FileNotFoundError:
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with reading, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
        shutil.copyfileobj(reading, writing)
        writing.flush()
        os.fsync(writing.fileno())


def _write_manifest(part, at):
    files = {str(name): _told_of(part / name) for name in files_in(part)}
    told = {
        "schema": SCHEMA,
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "files": files,
    }
    with (part / MANIFEST).open("w") as file:
        json.dump(told, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    _sync(part)


def _told_of(path):
    return {"size": path.stat().st_size, "sha256": digest_of(path)}


def _sync(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
