"""The copy that somebody takes along: what is in it, how it is made, and who gets it."""

import json
import stat
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import ExportState
from accounts.models import DataExport, User
from accounts.personal_data import archive
from accounts.personal_data.archive import CopyFailed, ask_copy, erase_ended_copies, file_of, make_copies, sweep
from tests.accounts.test_sign_in import dutch
from tests.factories.own_data import live_here
from tests.factories.people import make_person

WORD, CONTROL = "Zwaluwstaartvqx", "Kievitsbloemvqx"

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(group, module, exercise, story, ilse):
    def lived(name, word):
        return live_here(name, word, group=group, module=module, exercise=exercise, page=story, inviter=ilse)

    return lived


@pytest.fixture
def vera(live):
    vera = live("Vera", WORD)
    live("Bart", CONTROL)
    return vera


def made(person):
    """The copy of `person`, as the worker makes it."""
    export = ask_copy(person)
    assert make_copies() == 1
    export.refresh_from_db()
    return export


def contents(export):
    with zipfile.ZipFile(file_of(export)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(export, label):
    records = json.loads(contents(export)["data.json"])["records"]
    return next(record["rows"] for record in records if record["record"] == label)


# ── What is in it ──────────────────────────────────────────────────────────────
def test_it_holds_a_page_to_read_and_the_same_for_computers(vera):
    files = contents(made(vera))

    assert sorted(files) == ["data.json", "index.html", "style.css"]
    data = json.loads(files["data.json"])
    assert {key: data[key] for key in ("schema", "site", "person")} == {
        "schema": "1.0",
        "site": "http://localhost:8000",
        "person": str(vera.uuid),
    }


def test_it_holds_all_the_words_of_this_person_and_of_nobody_else(vera):
    files = contents(made(vera))

    for said in (
        f"Vera {WORD}",
        f"Ik ben {WORD}.",
        f"{WORD.lower()}@tweede.test",
        f"Een antwoord: {WORD}.",
        f"Een concept: {WORD}.",
        f"Elders: {WORD}.",
        f"Als {WORD} komt",
        f"dan luister ik naar {WORD}",
        f"Dit doet pijn: {WORD}.",
        f"Een opmerking: {WORD}",
        f"Een weerwoord: {WORD}",
        f"Browser {WORD}",
    ):
        assert said in files["data.json"], said
        assert said in files["index.html"], said
    assert CONTROL.lower() not in "".join(files.values()).lower()
    assert "Een opmerking van een ander" not in "".join(files.values())


def test_no_secret_is_in_it(vera):
    everything = "".join(contents(made(vera)).values())

    for secret in (vera.password, f"sealed-{WORD}", f"d-{WORD}", f"hash-{WORD}"):
        assert secret not in everything


def test_answers_are_decrypted_and_say_what_was_asked(vera):
    answers = {row["kind"]: row for row in rows(made(vera), "training.Answer")}

    assert answers["open"]["words"] == {"text": f"Een antwoord: {WORD}."}
    assert answers["open"]["prompt_as_asked"] == "Waar denk je aan?"
    assert answers["intention"]["value"] == "2026-10-01"


def test_the_page_is_in_the_language_of_its_reader(vera):
    User.objects.filter(pk=vera.pk).update(language="en")
    vera.refresh_from_db()

    page = contents(made(vera))["index.html"]

    assert '<html lang="en">' in page
    assert "This is what http://localhost:8000 keeps about Vera" in page


def test_what_people_typed_is_no_code_in_the_page(vera):
    User.objects.filter(pk=vera.pk).update(about_me="<script>alert(1)</script>")

    page = contents(made(vera))["index.html"]

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_somebody_who_only_has_an_account_gets_a_copy_too(stranger):
    assert rows(made(stranger), "accounts.User")[0]["display_name"] == "Onbekende Buurman"


# ── How it is made ─────────────────────────────────────────────────────────────
def test_only_the_site_itself_can_read_the_file(stranger, settings):
    export = made(stranger)

    assert stat.S_IMODE(file_of(export).stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.EXPORTS_DIR.stat().st_mode) == 0o700
    assert file_of(export).parent == settings.EXPORTS_DIR
    assert not str(settings.EXPORTS_DIR).startswith(str(settings.MEDIA_ROOT))


def test_asking_twice_makes_one(stranger):
    assert ask_copy(stranger) == ask_copy(stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.create(person=stranger)


def test_who_waits_longest_is_served_first(stranger, samira):
    early, late = ask_copy(samira, at=timezone.now() - timedelta(hours=1)), ask_copy(stranger)

    make_copies()

    assert [DataExport.objects.get(pk=one.pk).state for one in (early, late)] == ["ready", "asked"]
    assert (make_copies(), make_copies()) == (1, 0)


def test_a_worker_that_was_killed_leaves_it_to_another_one(stranger, monkeypatch):
    export = ask_copy(stranger)
    now = timezone.now()

    def killed(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive, "write_zip", killed)
    with pytest.raises(KeyboardInterrupt):
        make_copies(now)
    monkeypatch.undo()

    assert make_copies(now + timedelta(minutes=5)) == 0  # it may still be busy
    assert make_copies(now + timedelta(minutes=11)) == 1
    export.refresh_from_db()
    assert (export.state, export.tries) == ("ready", 2)


def test_after_three_tries_the_person_is_told(stranger, client, monkeypatch):
    ask_copy(stranger)
    now = timezone.now()

    def broken(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(archive.zipfile, "ZipFile", broken)
    for number in range(3):
        with pytest.raises(CopyFailed, match=r"^[0-9a-f-]{36}: OSError at test_personal_data_copy\.py:\d+$"):
            make_copies(now + timedelta(minutes=11 * number))

    assert make_copies(now + timedelta(hours=1)) == 0
    assert DataExport.objects.get().state == ExportState.FAILED
    assert list(archive.Path(archive.settings.EXPORTS_DIR).iterdir()) == []
    client.force_login(stranger)
    assert dutch("Your copy could not be made") in client.get(reverse("own_data")).content.decode()


def test_a_copy_of_who_left_meanwhile_is_thrown_away(stranger, monkeypatch):
    export, real = ask_copy(stranger), archive.write_zip

    def leave_meanwhile(*args):
        real(*args)
        archive.erase_copies(stranger)
        real(*args)

    monkeypatch.setattr(archive, "write_zip", leave_meanwhile)
    make_copies()

    assert not file_of(export).exists()
    assert DataExport.objects.get().state == ExportState.GONE


# ── Who gets it ────────────────────────────────────────────────────────────────
def download(client, export):
    return client.get(reverse("own_data_download", args=[export.uuid]))


def test_the_owner_downloads_it_and_no_cache_keeps_it(client, stranger):
    export = made(stranger)
    client.force_login(stranger)

    response = download(client, export)

    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"] == 'attachment; filename="jouw-gegevens.zip"'
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == file_of(export).read_bytes()


@pytest.mark.parametrize("name", ["samira", "daan", "noor", "marieke", "ilse", "roel", "petra"])
def test_nobody_else_finds_it(client, stranger, name, request):
    export = made(stranger)
    client.force_login(request.getfixturevalue(name))

    assert download(client, export).status_code == 404


def test_the_superuser_does_not_find_it_either(client, stranger):
    export = made(stranger)
    client.force_login(make_person("Server", is_superuser=True, is_staff=True))

    assert download(client, export).status_code == 404


def test_a_visitor_has_to_sign_in(client, stranger):
    response = download(client, made(stranger))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_it_is_not_among_the_uploads(client, stranger):
    export = made(stranger)
    client.force_login(stranger)

    assert client.get(f"/bestanden/{export.uuid}.zip").status_code == 404
    assert client.get(f"/bestanden/../exports/{export.uuid}.zip").status_code == 404


def test_after_a_day_the_link_works_no_longer_and_the_file_goes(client, stranger):
    export = made(stranger)
    DataExport.objects.update(ready_at=timezone.now() - timedelta(days=2), expires_at=timezone.now())
    client.force_login(stranger)

    assert download(client, export).status_code == 410
    assert erase_ended_copies() == 1
    assert not file_of(export).exists()
    assert download(client, export).status_code == 410
    assert erase_ended_copies() == 0


def test_a_day_is_a_day(stranger):
    export = made(stranger)

    assert export.expires_at - export.ready_at == timedelta(days=1)
    assert erase_ended_copies(export.expires_at - timedelta(seconds=1)) == 0
    assert erase_ended_copies(export.expires_at) == 1


def test_a_file_that_is_gone_is_told(client, stranger):
    export = made(stranger)
    file_of(export).unlink()
    client.force_login(stranger)

    assert download(client, export).status_code == 410


def test_files_that_no_row_knows_are_swept_up(stranger, settings):
    export = made(stranger)
    (settings.EXPORTS_DIR / "half.zip.part").write_bytes(b"half")

    assert sweep() == 0  # it may be being made
    assert sweep(timezone.now() + timedelta(hours=2)) == 1
    assert [path.name for path in settings.EXPORTS_DIR.iterdir()] == [export.file_name]
