"""Erasing leaves no trace of a word that somebody left everywhere, and every trace of somebody else's."""

import logging
import sqlite3
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from accounts.choices import DeletionState
from accounts.models import DeletionRequest, RoleChange, User
from accounts.personal_data import erasing, registry
from accounts.personal_data.archive import ask_copy, make_copies
from accounts.personal_data.closing import ask_deletion
from accounts.personal_data.compacting import clear_traces
from accounts.personal_data.erasing import ErasingStopped, carry_out, erase_due_people, erase_now, steps
from accounts.personal_data.registry import classify, kept, nothing
from accounts.personal_data.rows import rows_of
from mail.models import OutboxMail
from tests.factories.own_data import live_here, places_with
from tests.factories.stories import add_story

pytestmark = pytest.mark.django_db(transaction=True)

WORD, CONTROL = "Zwaluwstaartvqx", "Kievitsbloemvqx"


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
    """Somebody else, with a word of his own in the same places; what is his stays."""
    return live("Bart", CONTROL)


def empty_rows_of(person_pk):
    """The records of which rows are left about the person with this number."""
    person = User(pk=person_pk)
    return [record.label for record in registry.records() if record.goes and rows_of(record, person).exists()]


def test_nothing_is_left_of_somebody_who_was_erased(vera, bart, caplog):
    caplog.set_level(logging.DEBUG)
    ask_copy(vera)
    make_copies()
    before, controls = places_with(WORD), places_with(CONTROL)
    number = vera.pk

    ask_deletion(vera)
    erase_due_people(timezone.now() + timedelta(days=8))
    clear_traces()

    assert len(before) > 30  # it was everywhere: in tables, encrypted, in files
    assert places_with(WORD) == []
    assert empty_rows_of(number) == []
    assert not User.objects.filter(pk=number).exists()
    assert WORD.lower() not in caplog.text.lower()
    gone = set(controls) - set(places_with(CONTROL))  # what SQLite had not put in its file yet
    assert {name for name in gone if not name.endswith(("-wal", "-shm"))} == set()
    assert places_with(CONTROL) != []


def test_what_others_need_stays_without_the_name(vera, bart, story, group, ilse):
    erase_now(vera.uuid)

    story.refresh_from_db()
    assert (story.live, story.owner) == (True, bart)  # bart came last
    assert list(group.trainers.all()) == [bart]
    assert RoleChange.objects.filter(person=None, role="co-trainer", by=ilse).count() == 1
    assert RoleChange.objects.filter(person=ilse, by=None).count() == 1
    mail = OutboxMail.objects.get(key=f"test:van-{vera.pk}")
    assert (mail.to, mail.sender_name, mail.reply_to) == ("iemand@example.test", "", "")


def test_the_log_keeps_what_was_done_and_forgets_who_and_what_was_said(vera, story):
    pages, others = PageLogEntry.objects.count(), ModelLogEntry.objects.count()
    number = vera.pk

    erase_now(vera.uuid)

    assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == (pages, others)
    assert not PageLogEntry.objects.filter(user=number).exists()
    assert [entry.data for entry in PageLogEntry.objects.filter(action__startswith="wagtail.comments")] == [{}] * 5
    assert set(ModelLogEntry.objects.values_list("label", flat=True)) == {""}


def test_comments_of_others_stay_in_the_versions_of_a_page(vera, story):
    erase_now(vera.uuid)

    content = Revision.objects.filter(object_id=str(story.pk)).latest("pk").content
    assert [note["text"] for note in content["wagtail_admin_comments"]] == ["Een opmerking van een ander"]
    assert [note["replies"] for note in content["wagtail_admin_comments"]] == [[]]
    assert content["owner"] is None


def test_no_row_keeps_pointing_to_who_is_gone(vera, bart):
    number = vera.pk
    before = links_to(number)

    erase_now(vera.uuid)

    assert {"wagtailcore.PageLogEntry.user", "training.Enrolment.person", "accounts.RoleChange.by"} <= set(before)
    assert links_to(number) == []
    kind = ContentType.objects.get_for_model(User)
    assert not ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(number)).exists()


def links_to(number):
    """The fields in which a row points to the person with this number."""
    return [
        f"{record.label}.{name}"
        for record in registry.records()
        for name in record.people()
        if record.model._base_manager.filter(**{name: number}).exists()
    ]


# ── Cut off ────────────────────────────────────────────────────────────────────
def test_it_goes_on_where_it_was_cut_off_at_every_step(vera, bart, monkeypatch):
    """Each step is killed once, right before its end; every call gets one step further."""
    request, _token = ask_deletion(vera)
    names = [name for name, _act in steps()]
    killed, real = set(), erasing._do_once

    def kill_once(request, name, act):
        def cut_off(person):
            act(person)
            if name not in killed:
                killed.add(name)
                raise KeyboardInterrupt

        real(request, name, cut_off)

    monkeypatch.setattr(erasing, "_do_once", kill_once)
    done = []
    for name in names:
        with pytest.raises(KeyboardInterrupt):
            carry_out(request)
        done.append(DeletionRequest.objects.get().steps_done)
        assert killed >= {name}
    carry_out(request)
    clear_traces()

    assert done == [names[:number] for number in range(len(names))]
    assert places_with(WORD) == []
    assert DeletionRequest.objects.get().state == DeletionState.DONE


def test_erasing_twice_changes_nothing(vera, bart):
    request = erase_now(vera.uuid)
    people, mails = User.objects.count(), OutboxMail.objects.count()

    carry_out(request)

    assert (User.objects.count(), OutboxMail.objects.count()) == (people, mails)
    with pytest.raises(User.DoesNotExist):
        erase_now(request.person_uuid)


def test_every_step_may_be_done_twice(vera):
    for name, act in steps():
        act(vera)
        if name != "person":
            act(vera)

    clear_traces()
    assert places_with(WORD) == []


def test_a_failing_step_tells_its_name_and_no_word(vera, monkeypatch, caplog):
    def fail(person):
        raise ValueError(f"The row of {person} says {WORD}")

    monkeypatch.setitem(erasing._extra, "broken", fail)
    request, _token = ask_deletion(vera)

    with pytest.raises(ErasingStopped) as stopped:
        carry_out(request)

    assert str(stopped.value).startswith(f"{request.uuid}, broken: ValueError at test_personal_data_erasing.py:")
    assert WORD not in str(stopped.value)
    assert stopped.value.__suppress_context__
    before = [name for name in sorted(erasing._extra) if name < "broken"]
    assert DeletionRequest.objects.get().steps_done[-1] == ["references", *before][-1]


def test_a_row_that_was_written_meanwhile_makes_it_begin_again(vera, group, monkeypatch):
    """A coordinator enrols somebody at the very moment; the last step would fail for good."""
    from training.models import Enrolment

    def enrol_again(person):
        Enrolment.objects.create(person=person, training=group.training)

    request, _token = ask_deletion(vera)
    real = erasing.erase_row_of
    monkeypatch.setattr(erasing, "erase_row_of", lambda person: (enrol_again(person), real(person)))
    with pytest.raises(ErasingStopped, match="ProtectedError"):
        carry_out(request)
    Enrolment.objects.create(person=vera, training=group.training)
    monkeypatch.setattr(erasing, "erase_row_of", real)

    carry_out(request)

    assert empty_rows_of(vera.pk) == []
    assert DeletionRequest.objects.get().state == DeletionState.DONE


# ── Where a row has to keep pointing to them ───────────────────────────────────
def test_who_is_still_referred_to_is_emptied_instead(vera, bart, monkeypatch):
    records = dict(registry._records)
    monkeypatch.setattr(registry, "_records", records)
    del records["accounts.rolechange"]
    classify(
        "accounts.RoleChange",
        fields={**nothing("id", "role", "given", "at"), **kept("person", "by", why="a test")},
    )
    number, uuid = vera.pk, vera.uuid

    erase_now(uuid)
    clear_traces()

    left = User.objects.get(pk=number)
    assert (left.email, left.display_name, left.about_me, left.is_active) == ("", "", "", False)
    assert (left.last_login, left.welcomed_at, left.has_usable_password()) == (None, None, False)
    assert (list(left.groups.all()), left.uuid) == ([], uuid)
    assert places_with(WORD) == []


# ── By hand ────────────────────────────────────────────────────────────────────
def test_the_command_erases_at_once(vera, capsys):
    call_command("erase_person", str(vera.uuid), "--no-input")

    assert capsys.readouterr().out == "Erased.\n"
    assert places_with(WORD) == []


def test_the_command_asks_first(vera, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "y")

    with pytest.raises(CommandError, match=r"Nothing was erased\."):
        call_command("erase_person", str(vera.uuid))

    assert User.objects.filter(pk=vera.pk, is_active=True).exists()


def test_the_command_knows_nobody_with_that_number(db):
    with pytest.raises(CommandError, match="Nobody here has this uuid"):
        call_command("erase_person", "00000000-0000-4000-8000-000000000000", "--no-input")


# ── The database itself ────────────────────────────────────────────────────────
def test_a_page_that_was_deleted_leaves_no_word_in_index_or_file(site_pages, story):
    page = add_story(site_pages.stories, "Een verhaal", words=f"<p>Het ging over {WORD}.</p>")
    indexed = places_with(WORD)
    page.delete()
    PageLogEntry.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    left_behind = places_with(WORD)

    clear_traces()

    assert any("indexentry" in place for place in indexed)
    if connection.vendor == "sqlite":
        assert left_behind != []  # so that finding nothing means something
    assert places_with(WORD) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps a log that others can hold")
def test_a_log_that_somebody_holds_is_told(db, monkeypatch):
    monkeypatch.setattr("accounts.personal_data.compacting.TRIES", 1)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")  # the site waits for 20 seconds, each time
    reader = sqlite3.connect(connection.settings_dict["NAME"])
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM accounts_user").fetchone()
    try:
        with pytest.raises(CommandError, match="The database was busy"):
            call_command("clear_traces")
    finally:
        reader.close()
    call_command("clear_traces")
    connection.close()  # the next one waits as the site does
