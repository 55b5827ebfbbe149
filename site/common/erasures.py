"""The log of what was erased, outside the database: it says what has to go again after a backup was put back.

A line is `<time> <kind> <uuid>` and nothing else: the public number of what was erased, never a word of it. Apps say in
`AppConfig.ready()` how a kind is erased again: `register("person", act)`. Lines are only ever added.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

_acts = {}


class UnknownKind(Exception):
    """The log names kinds that nothing here can erase: the site that wrote it was a newer one."""


@dataclass(frozen=True)
class Erasure:
    """One line of the log."""

    at: datetime
    kind: str
    uuid: UUID

    def __str__(self):
        return f"{self.at.isoformat(timespec='seconds')} {self.kind} {self.uuid}"


def register(kind, act):
    """Say how to erase a `kind` (one word) again: `act(uuid)` returns True when something was there to erase.

    It may be called for what was never there, and twice. Raises ValueError when the kind has another act.
    """
    if kind.split() != [kind]:
        raise ValueError("A kind is one word.")
    if _acts.setdefault(kind, act) is not act:
        raise ValueError(f"There is another act for the kind {kind}.")


def log_path():
    return Path(settings.ERASURES_LOG)


def note(kind, uuid, *, at=None):
    """Add a line to the log; when this returns, it is on the disk. Raises OSError when it can't be written.

    Call it before the last of what it is about is gone: what is not in the log can't be erased again.
    """
    _append([Erasure(at or timezone.now(), kind, UUID(str(uuid)))])


def read_log(path):
    """Return `(erasures, unread)`: the lines of the file at `path`, and the numbers of those that can't be read.

    Without a file both are empty. A line is cut off when the machine stops while it is written: the erasing it is about
    had not gone on then, and notes it again.
    """
    path, erasures, unread = Path(path), [], []
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            at, kind, uuid = line.split()
            erasures.append(Erasure(datetime.fromisoformat(at), kind, UUID(uuid)))
        except ValueError:
            unread.append(number)
    return erasures, unread


def keep(erasures: Iterable[Erasure]):
    """Add to the log those that it doesn't have yet: a backup may bring lines that this machine never saw."""
    known = {str(one) for one in read_log(log_path())[0]}
    _append([one for one in erasures if str(one) not in known])


def check_kinds(erasures: Iterable[Erasure]):
    """Raise UnknownKind when one of them could not be erased again."""
    unknown = sorted({one.kind for one in erasures} - _acts.keys())
    if unknown:
        raise UnknownKind(f"The log of erasures names what this site can't erase: {', '.join(unknown)}.")


def replay(erasures: Iterable[Erasure]):
    """Erase again what they name and return `{kind: how much was there}`; what was noted last of a uuid counts."""
    last = {one.uuid: one.kind for one in sorted(erasures, key=lambda one: one.at)}
    done = dict.fromkeys(last.values(), 0)
    for uuid, kind in last.items():
        done[kind] += bool(_acts[kind](uuid))
    return done


def _append(erasures):
    if not erasures:
        return
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        text = "".join(f"{one}\n" for one in erasures).encode()
        if not _ends_whole(file):
            text = b"\n" + text
        _write_all(file, text)
        os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _sync_folder(path.parent)


def _ends_whole(file):
    """False when the last line was cut off: the next one would be glued to it."""
    size = os.fstat(file).st_size
    return size == 0 or os.pread(file, 1, size - 1) == b"\n"


def _write_all(file, text):
    while text:  # a disk that fills up takes a part first, and refuses the rest
        text = text[os.write(file, text) :]


def _sync_folder(folder):
    """A new file is lost in a power cut until its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
