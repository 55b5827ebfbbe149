"""A backup brings everything back but what was erased since: one command, on both databases."""

import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.utils import timezone

from accounts.domain import restoring
from accounts.domain.backups import MANIFEST, make_backup
from accounts.domain.restoring import marker, restore
from accounts.models import DeletionRequest, User
from accounts.personal_data import erasing
from accounts.personal_data.closing import ask_deletion, undo_deletion
from accounts.personal_data.compacting import clear_traces
from accounts.personal_data.erasing import erase_due_people, erase_now
from common import dumps, erasures
from tests.factories.own_data import live_here, places_with
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORD, CONTROL = "Grasmusvqx", "Rietzangervqx"


@pytest.fixture
def live(group, module, exercise, story, ilse):
    def lived(name, word):
        return live_here(name, word, group=group, module=module, exercise=exercise, page=story, inviter=ilse)

    return lived


@pytest.fixture
def vera(live):
    return live("Vera", WORD)


@pytest.fixture
def bart(live, vera):
    return live("Bart", CONTROL)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups" / "2026-11-22"


def lines_of(path):
    return [line.split()[1:] for line in Path(path).read_text().splitlines()]


# ── What comes back ────────────────────────────────────────────────────────────
def test_who_was_erased_after_the_backup_is_erased_again(vera, bart, folder, capsys):
    call_command("backup", folder)
    ask_deletion(vera)
    erase_due_people(timezone.now() + timedelta(days=8))
    clear_traces()
    erased = places_with(WORD)
    later = make_person("Later gekomen")

    call_command("restore", folder, "--overwrite")

    assert (erased, places_with(WORD)) == ([], [])
    assert places_with(CONTROL) != []
    assert not User.objects.filter(uuid__in=[vera.uuid, later.uuid]).exists()
    assert User.objects.filter(uuid=bart.uuid, is_active=True).exists()
    assert "Erased again: 1 person. Everybody was signed out." in capsys.readouterr().out


def test_without_the_log_they_would_be_back(vera, bart, folder):
    """So that finding nothing means something."""
    before = set(places_with(WORD))
    make_backup(folder)
    erase_now(vera.uuid)
    erasures.log_path().unlink()

    restore(folder, overwrite=True)

    assert len(before & set(places_with(WORD))) > 20
    assert User.objects.filter(uuid=vera.uuid).exists()


def test_everything_else_is_as_it_was(bart, module, folder, samira):
    default_storage.save("a/verslag.txt", ContentFile(b"zoals het was"))
    names = sorted(User.objects.values_list("display_name", flat=True))
    call_command("backup", folder)
    default_storage.save("a/later.txt", ContentFile(b"van na de reservekopie"))
    default_storage.delete("a/verslag.txt")
    User.objects.filter(pk=samira.pk).update(display_name="Iemand anders")
    module.delete()

    restore(folder, overwrite=True)

    assert sorted(User.objects.values_list("display_name", flat=True)) == names
    assert type(module).objects.filter(slug=module.slug).exists()
    assert Path(default_storage.path("a/verslag.txt")).read_bytes() == b"zoals het was"
    assert not default_storage.exists("a/later.txt")  # no row knows it, so nobody could ever erase it
    call_command("check_progress")
    assert make_person("Nieuw").pk  # the numbers of rows go on where they were


def test_a_table_that_the_backup_does_not_know_goes(bart, folder):
    """A migration went wrong, and its table points to the others."""
    make_backup(folder)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (person_id bigint REFERENCES accounts_user (id))")
        cursor.execute("INSERT INTO newer SELECT id FROM accounts_user")

    restore(folder, overwrite=True)

    assert "newer" not in connection.introspection.table_names()
    assert User.objects.filter(uuid=bart.uuid).exists()


def test_everybody_is_signed_out(samira, client, folder):
    client.force_login(samira)
    make_backup(folder)

    restore(folder, overwrite=True)

    assert not Session.objects.exists()
    assert client.get("/account/").status_code == 302


# ── Who asked, and has days left ───────────────────────────────────────────────
def test_who_asked_after_the_backup_has_still_asked(samira, daan, folder):
    make_backup(folder)
    ask_deletion(samira)
    _request, token = ask_deletion(daan)
    undo_deletion(token)

    done = restore(folder, overwrite=True)

    assert done.erased == {"person-asked": 1, "person-undone": 0}
    assert DeletionRequest.objects.under_way().get().person_uuid == samira.uuid
    assert set(User.objects.filter(is_active=True, uuid__in=[samira.uuid, daan.uuid])) == {daan}


def test_who_thought_better_of_it_after_the_backup_is_open_again(samira, folder):
    _request, token = ask_deletion(samira)
    make_backup(folder)
    undo_deletion(token)

    done = restore(folder, overwrite=True)

    assert done.erased == {"person-undone": 1}
    assert User.objects.get(uuid=samira.uuid).is_active
    assert not DeletionRequest.objects.under_way().exists()


# ── The log ────────────────────────────────────────────────────────────────────
def test_the_log_holds_a_time_a_kind_and_a_uuid(vera):
    number = str(vera.uuid)
    erase_now(vera.uuid)

    assert lines_of(erasures.log_path()) == [["person", number]]
    assert erasures.log_path().stat().st_mode & 0o777 == 0o600


def test_nobody_is_erased_whose_line_can_not_be_written(vera, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(erasures.os, "write", full)
    with pytest.raises(erasing.ErasingStopped, match="erasures log: OSError"):
        erase_now(vera.uuid)

    assert User.objects.filter(uuid=vera.uuid).exists()
    assert places_with(WORD) != []


def test_a_line_that_was_cut_off_is_told_and_spoils_no_other(folder, samira, capsys):
    make_backup(folder)
    erasures.note("person", uuid4())
    with erasures.log_path().open("a") as file:
        file.write("2026-11-22T10:00:00+00:00 person 1234")
    erase_now(samira.uuid)

    call_command("restore", folder, "--overwrite")

    assert not User.objects.filter(uuid=samira.uuid).exists()
    assert capsys.readouterr().err == "Line 2 of the log of erasures can't be read: look at it.\n"


def test_a_machine_that_is_gone_leaves_its_log_in_the_backup_or_elsewhere(vera, samira, folder, tmp_path, settings):
    """Erased before the backup by a person's own request, and after it: both logs count."""
    make_backup(folder)
    erase_now(vera.uuid)
    newer, elsewhere = tmp_path / "newer", tmp_path / "copy.log"
    make_backup(newer)
    erase_now(samira.uuid)
    shutil.copy(erasures.log_path(), elsewhere)
    settings.ERASURES_LOG = tmp_path / "new machine" / "erasures.log"

    restore(newer, overwrite=True, log=elsewhere)
    restore(folder, overwrite=True)  # the log of this machine has taken over all lines

    assert not User.objects.filter(uuid__in=[vera.uuid, samira.uuid]).exists()
    assert {tuple(line) for line in lines_of(settings.ERASURES_LOG)} == {
        ("person", str(vera.uuid)),
        ("person", str(samira.uuid)),
    }


def test_a_log_with_a_kind_that_nobody_can_erase_stops_it_before_anything(samira, folder):
    make_backup(folder)
    User.objects.filter(pk=samira.pk).update(display_name="Van nu")
    erasures.note("poem", uuid4())

    with pytest.raises(CommandError, match=r"Nothing was changed\. .* can't erase: poem"):
        call_command("restore", folder, "--overwrite")

    assert User.objects.get(pk=samira.pk).display_name == "Van nu"


# ── What is refused ────────────────────────────────────────────────────────────
def test_people_are_not_written_over_unless_told_so(samira, folder):
    make_backup(folder)
    User.objects.filter(pk=samira.pk).update(display_name="Van nu")

    with pytest.raises(CommandError, match=r"Nothing was changed\. There are people in this database"):
        call_command("restore", folder)

    assert User.objects.get(pk=samira.pk).display_name == "Van nu"


def test_an_empty_database_is_filled_without_more_ado(samira, folder):
    make_backup(folder)
    erasing.erase_now(samira.uuid)
    erasures.log_path().unlink()
    User.objects.all().delete()

    assert restore(folder).people > 0
    assert User.objects.filter(uuid=samira.uuid).exists()


@pytest.mark.parametrize("harm", ["cut", "changed", "missing"])
def test_a_damaged_backup_is_refused(samira, folder, harm):
    make_backup(folder)
    file = folder / dumps.dump_name()
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-500] if harm == "cut" else content[:-1] + bytes([content[-1] ^ 1]))

    with pytest.raises(CommandError, match="This backup is damaged: database"):
        call_command("restore", folder, "--overwrite")

    assert User.objects.filter(pk=samira.pk).exists()
    assert not marker().exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"database": "oracle"}, "a backup of oracle"),
        ({"migrations": [["accounts", "0099_of_tomorrow"]]}, "a newer site: it has accounts.0099_of_tomorrow"),
        ({"schema": 2}, "a backup of another kind"),
    ],
)
def test_a_backup_of_another_site_is_refused(samira, folder, told, sentence):
    make_backup(folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | told))

    with pytest.raises(CommandError, match=sentence):
        call_command("restore", folder, "--overwrite")


def test_a_folder_without_a_backup_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="holds no whole backup"):
        call_command("restore", tmp_path)


# ── Cut off ────────────────────────────────────────────────────────────────────
STEPS = ["_forget_what_was_read", "_put_uploads_back", "retain_all", "clear_traces"]


@pytest.mark.parametrize("step", STEPS)
def test_a_restore_that_was_cut_off_starts_nothing_and_begins_anew(vera, bart, folder, monkeypatch, step):
    make_backup(folder)
    erase_now(vera.uuid)

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(restoring, step, killed)
        with pytest.raises(KeyboardInterrupt):
            restore(folder, overwrite=True)
    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("check")

    call_command("restore", folder)  # not --overwrite: it was told so before

    assert places_with(WORD) == []
    assert places_with(CONTROL) != []
    call_command("check")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="pg_restore has a test of its own")
def test_a_database_that_others_hold_is_told_and_left(samira, folder, monkeypatch):
    monkeypatch.setattr(dumps, "PATIENCE", 0.5)
    make_backup(folder)
    User.objects.filter(pk=samira.pk).update(display_name="Van nu")
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(CommandError, match="stop the server and the mail worker first"):
            call_command("restore", folder, "--overwrite")
    finally:
        writer.close()

    assert User.objects.get(pk=samira.pk).display_name == "Van nu"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such script")
def test_a_script_that_breaks_half_way_changes_nothing(samira, folder, monkeypatch):
    make_backup(folder)
    User.objects.filter(pk=samira.pk).update(display_name="Van nu")
    monkeypatch.setattr(restoring, "damage_to", lambda backup: [])
    file = folder / dumps.dump_name()
    file.write_bytes(file.read_bytes()[:-20_000])

    with pytest.raises(CommandError, match="It is not done"):
        call_command("restore", folder, "--overwrite")

    assert User.objects.get(pk=samira.pk).display_name == "Van nu"
