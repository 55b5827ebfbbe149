"""A backup is whole, or it is none; it is for the site alone, and never written over anything."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.domain.backups import MANIFEST, make_backup, read_backup
from accounts.domain.restoring import restore
from common import dumps

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups" / "2026-11-22"


def test_a_backup_is_for_the_site_alone_and_lists_what_is_in_it(samira, folder):
    default_storage.save("a/verslag.txt", ContentFile(b"iets"))
    backup = make_backup(folder)

    assert backup.uploads == ["a/verslag.txt"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir() if path.name != MANIFEST} == {0}
    assert not folder.with_name(f"{folder.name}.part").exists()
    assert read_backup(folder) == backup


def test_a_folder_with_something_in_it_is_left_alone(db, folder, settings):
    folder.mkdir(parents=True)
    (folder / "foto.jpg").write_text("van iemand")

    with pytest.raises(CommandError, match="has something in it"):
        call_command("backup", folder)
    with pytest.raises(CommandError, match="lies among the uploads"):
        call_command("backup", Path(settings.MEDIA_ROOT) / "kopie")

    assert [path.name for path in folder.iterdir()] == ["foto.jpg"]


def test_a_backup_that_was_cut_off_is_none_and_is_written_over(samira, folder, monkeypatch):
    real = dumps.take

    def killed(path):
        real(path)
        raise KeyboardInterrupt

    monkeypatch.setattr(dumps, "take", killed)
    with pytest.raises(KeyboardInterrupt):
        make_backup(folder)
    cut_off = folder.exists()
    monkeypatch.setattr(dumps, "take", real)

    make_backup(folder)

    assert not cut_off
    assert restore(folder, overwrite=True).people > 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks after its own files")
def test_a_damaged_database_makes_no_backup(samira, folder):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO accounts_user_groups (user_id, group_id) VALUES (987654, 987654)")

    with pytest.raises(CommandError, match=r"There is no backup\. The database is damaged: a row of accounts_user_gro"):
        call_command("backup", folder)

    assert not folder.exists()
