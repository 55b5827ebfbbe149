"""Putting a backup back: database, uploads, and then everything that was erased since, before anybody can read it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import checks
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accounts.domain.backups import LOG, UPLOADS, damage_to, files_in, read_backup
from accounts.models import User
from accounts.personal_data.compacting import clear_traces
from accounts.personal_data.retention import retain_all
from common import dumps, erasures
from common.refusals import Refused


@dataclass(frozen=True)
class Restored:
    """What a restore did: the Backup, how many people and files there are now, `{kind: how much}` was erased again, and
    the numbers of lines of the log that could not be read.
    """

    backup: object
    people: int
    files: int
    erased: dict
    unread: list


def restore(folder, *, overwrite=False, log=None):
    """Make the site what the backup in `folder` says, without what was erased since, and return a Restored.

    Everybody is signed out, what is past its period goes, and the database forgets it. Reads the log of erasures of
    this machine and the one in the backup, and `log` (a path), another copy of it. After an interruption the same call
    begins anew; until it is done, `manage.py check` fails, and thereby the start of the server.

    Raises Refused when there are people here already and not `overwrite`, or when the backup is damaged, of another
    kind of database or of a newer site; then nothing was changed. Raises UnknownKind (likewise), DumpFailed,
    ErasingStopped, DatabaseIsBusy and OSError.
    """
    backup = read_backup(folder)
    known, unread = _read_logs(backup, log)
    erasures.check_kinds(known)
    _refuse_backup(backup)
    if _has_people() and not (overwrite or marker().exists()):
        raise Refused("There are people in this database. To write over them: --overwrite.")
    _mark()
    erasures.keep(known)
    dumps.put_back(backup.folder / dumps.dump_name())
    _forget_what_was_read()
    call_command("migrate", interactive=False, verbosity=0)
    files = _put_uploads_back(backup)
    erased = erasures.replay(known)
    Session.objects.all().delete()  # who signed out, or lost a role or a device since, is not in again
    for _period in retain_all():
        pass
    clear_traces()
    marker().unlink()
    return Restored(backup, User.objects.count(), files, erased, unread)


# ── Before anything is changed ─────────────────────────────────────────────────
def _read_logs(backup, log):
    if log and not Path(log).is_file():
        raise Refused(f"There is no log of erasures at {log}.")
    found, unread = [], []
    for path in (erasures.log_path(), backup.folder / LOG, *([log] if log else [])):
        lines, cut_off = erasures.read_log(path)
        found += lines
        unread += cut_off
    return list(dict.fromkeys(found)), unread


def _refuse_backup(backup):
    if backup.database != connection.vendor:
        raise Refused(f"This is a backup of {backup.database}; this site runs on {connection.vendor}.")
    if newer := _unknown_migrations(backup):
        raise Refused(f"This is a backup of a newer site: it has {', '.join(newer[:3])}.")
    if damage := damage_to(backup):
        raise Refused(f"This backup is damaged: {', '.join(damage[:5])}.")


def _unknown_migrations(backup):
    """Migrations of our own apps that this code has not; packages rename theirs now and then."""
    own = {config.label for config in apps.get_app_configs() if _is_ours(config)}
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [f"{app}.{name}" for app, name in backup.migrations if app in own and (app, name) not in known]


def _is_ours(config):
    path = Path(config.path)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


def _has_people():
    tables = connection.introspection.table_names()
    return User._meta.db_table in tables and User.objects.exists()


# ── The mark of a restore under way ────────────────────────────────────────────
def marker():
    """Return the path of the file that is there while a restore is not done."""
    return erasures.log_path().with_name("restore-under-way")


def _mark():
    marker().parent.mkdir(parents=True, exist_ok=True)
    with marker().open("w") as file:
        os.fsync(file.fileno())


def check_restore(app_configs, **kwargs):
    """A system check: who was erased may be there again until a restore is done, so nothing starts before."""
    if not marker().exists():
        return []
    hint = "Run manage.py restore again."
    return [checks.Error("A backup was being put back, and that is not done.", hint=hint, id="accounts.E001")]


# ── Putting it back ────────────────────────────────────────────────────────────
def _forget_what_was_read():
    ContentType.objects.clear_cache()
    for alias in settings.CACHES:
        caches[alias].clear()


def _put_uploads_back(backup):
    """Make the uploads those of the backup and return how many; a file that no row knows could never be erased."""
    target, wanted = Path(settings.MEDIA_ROOT), set(backup.uploads)
    target.mkdir(parents=True, exist_ok=True)
    for name in files_in(target):
        if str(name) not in wanted:
            (target / name).unlink()
    for name in wanted:
        _put_file_back(backup.folder / UPLOADS / name, target / name)
    return len(wanted)


def _put_file_back(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, beside)
    beside.replace(target)
