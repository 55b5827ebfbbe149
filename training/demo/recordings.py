"""The film and the sound of the demo, in the uploads as if somebody had put them there through the CMS."""

import re
from pathlib import PurePath

from django.core.files import File
from django.core.files.storage import default_storage
from PIL import Image as Picture

from media.models import Recording
from media.strip import stripped

PICTURES = {".jpg", ".jpeg", ".png", ".webp"}


def load_recordings(recordings):
    """Make or mend the Recording of each table in `recordings`; returns `{key: Recording}`.

    Known by the name of its file, which the CMS shows but does not let anybody change. Runs outside the transaction of
    the pages: copying files would keep the database locked.
    """
    return {key: _load_recording(table) for key, table in recordings.items()}


def _load_recording(table):
    recording = _known(table["file"]) or Recording()
    wanted = _plain_fields(table)
    changed = {name: value for name, value in wanted.items() if getattr(recording, name) != value}
    fields = {"file": table["file"], "thumbnail": table["poster"], "captions": table["captions"]}
    new_files = {name: path for name, path in fields.items() if path and not _is_same(getattr(recording, name), path)}
    if changed or new_files:
        _write(recording, changed, new_files)
    return recording


def _write(recording, changed, new_files):
    for name, value in changed.items():
        setattr(recording, name, value)
    old = {getattr(recording, name).name for name in new_files} - {""}
    for name, path in new_files.items():
        with path.open("rb") as file:
            getattr(recording, name).save(path.name, File(file), save=False)
    recording.full_clean()
    recording.save()
    for name in old - {getattr(recording, name).name for name in new_files}:
        default_storage.delete(name)


def _known(path):
    """Return the Recording whose file was made from `path`, or None; storage may put seven signs behind the name."""
    pattern = re.compile(rf"{re.escape(path.stem)}(_\w{{7}})?{re.escape(path.suffix)}")
    found = Recording.objects.filter(file__contains=path.stem).order_by("pk")
    return next((recording for recording in found if pattern.fullmatch(PurePath(recording.file.name).name)), None)


def _plain_fields(table):
    fields = {
        "type": "video" if table["kind"] == "film" else "audio",
        "title": table["title"],
        "duration": table["duration"],
        "transcript": table["transcript"].strip(),
        "note": table["note"],
    }
    if table["poster"]:
        with Picture.open(table["poster"]) as picture:
            fields["width"], fields["height"] = picture.size
    return fields


def _is_same(stored, path):
    if not stored or not default_storage.exists(stored.name):
        return False
    with stored.open("rb") as file:
        kept = file.read()
    if path.suffix in PICTURES:  # stored without its metadata, so that is what to compare with
        with path.open("rb") as file:
            return kept == stripped(File(file, name=path.name)).read()
    return kept == path.read_bytes()
