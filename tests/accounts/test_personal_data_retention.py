"""What is kept how long, with a clock that is moved on: each thing stays until its period is over, and then goes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, UploadedFile

from accounts.choices import DeletionState, InvitationState
from accounts.models import DataExport, DeletionRequest, Invitation, RoleChange, User
from accounts.personal_data import retention
from accounts.personal_data.archive import ask_copy, file_of, make_copies
from accounts.personal_data.retention import LISTED, inactive_people, periods, retain, retain_all
from config.env import periods as read_periods
from home.models import ProblemReport
from mail.models import OutboxMail
from tests.factories.own_data import mail_to
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.own_cast]

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    """Monday morning; `clock(days=30)` is so long after Monday."""

    def move(**later):
        time_machine.move_to(MONDAY + timedelta(**later), tick=False)

    move()
    return move


def gone():
    """Run what the daily command runs; what went, by period, without the zeros."""
    return {period.name: period.gone for period in retain_all() if period.gone}


def test_an_invitation_that_nobody_took_stays_thirty_days_after_its_end(clock, petra, samira):
    ends = MONDAY + timedelta(days=14)
    made = {"invited_by": petra, "expires_at": ends}
    Invitation.objects.create(email="a@example.test", link_digest="a", **made)
    ended = made | {"ended_at": MONDAY}
    Invitation.objects.create(email="b@example.test", link_digest="b", state=InvitationState.WITHDRAWN, **ended)
    accepted = {"state": InvitationState.ACCEPTED, "accepted_by": samira}
    Invitation.objects.create(email=samira.email, link_digest="c", **ended | accepted)

    clock(days=30)
    assert gone() == {}
    clock(days=30, seconds=1)
    assert gone() == {"invitations": 1}
    clock(days=44, seconds=1)
    assert gone() == {"invitations": 1}
    assert Invitation.objects.get().email == samira.email


def test_words_of_mails_stay_seven_days_and_the_rows_a_year(clock):
    ended = {"state": "refused", "next_at": None, "created_at": MONDAY}
    mail_to("a@example.test", "a", words={"text": "Dag"}, words_until=MONDAY + timedelta(days=7), **ended)

    clock(days=6, hours=23)
    assert gone() == {}
    clock(days=7)
    assert gone() == {"mail_bodies": 1}
    assert OutboxMail.objects.get().words == {}
    clock(days=365, seconds=1)
    assert gone() == {"mails": 1}


def test_words_of_mails_may_be_kept_shorter(clock, settings):
    settings.RETENTION_DAYS = settings.RETENTION_DAYS | {"mail_bodies": 2}
    ended = {"state": "refused", "next_at": None, "created_at": MONDAY}
    mail_to("a@example.test", "a", words={"text": "Dag"}, words_until=MONDAY + timedelta(days=7), **ended)

    clock(days=2)
    assert gone() == {"mail_bodies": 1}


def test_a_copy_stays_a_day(clock, stranger):
    export = ask_copy(stranger)
    make_copies()

    clock(hours=23)
    assert (gone(), file_of(export).exists()) == ({}, True)
    clock(days=1)
    assert (gone(), file_of(export).exists()) == ({"exports": 1}, False)
    clock(days=2, seconds=1)
    gone()
    assert DataExport.objects.count() == 0


def test_sessions_go_when_they_ended_and_devices_a_month_later(clock, client, samira):
    client.force_login(samira)
    device = UserSession.objects.create(user=samira, ip="192.0.2.7", session_key="gone", user_agent="Browser")
    UserSession.objects.filter(pk=device.pk).update(last_seen_at=MONDAY)

    clock(days=13)
    assert gone() == {}
    clock(days=15)
    assert (gone(), Session.objects.count()) == ({"sessions": 1}, 0)
    clock(days=30, seconds=1)
    assert (gone(), UserSession.objects.count()) == ({"sessions": 1}, 0)


def test_roles_and_what_editors_did_are_known_for_two_years(clock, samira, petra, story):
    PageLogEntry.objects.all().delete()
    RoleChange.objects.create(person=samira, role="trainer", given=True, by=petra)
    log(story, "wagtail.edit", user=petra)
    log(samira, "wagtail.edit", user=petra)
    LogEntry.objects.create(user=petra, object_repr="x", action_flag=CHANGE, action_time=MONDAY)

    clock(days=2 * 365)
    assert gone() == {}
    clock(days=2 * 365, seconds=1)
    assert gone() == {"role_changes": 1, "editor_log": 3}
    assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == (0, 0)


def test_what_an_open_editor_keeps_goes_after_a_day(clock, petra, story):
    about = {"user": petra, "content_type": ContentType.objects.get_for_model(story), "object_id": str(story.pk)}
    FormState.objects.create(data="title=x", last_updated_at=MONDAY, **about)
    EditingSession.objects.create(last_seen_at=MONDAY, **about)

    clock(hours=23)
    assert gone() == {}
    clock(days=1, seconds=1)
    assert gone() == {"editor_forms": 2}


def test_an_unfinished_upload_goes_after_a_day(clock, petra):
    kind = ContentType.objects.get_for_model(User)
    made = {"for_content_type": kind, "uploaded_by_user": petra}
    there = UploadedFile.objects.create(file=ContentFile(b"x", name="x.txt"), **made)
    path = Path(there.file.path)
    lost = UploadedFile.objects.create(file=ContentFile(b"y", name="y.txt"), **made)
    lost.file.storage.delete(lost.file.name)

    assert gone() == {"unfinished_uploads": 1}  # its file is not there any more
    clock(days=365 * 30)  # the file's own time is the real clock's
    assert (gone()["unfinished_uploads"], path.exists()) == (1, False)


def test_a_link_that_proves_an_address_goes_after_three_days(clock, samira):
    address = EmailAddress.objects.get(user=samira)
    EmailConfirmation.objects.create(email_address=address, key="k", created=MONDAY)

    clock(days=3)
    assert gone() == {}
    clock(days=3, seconds=1)
    assert gone() == {"address_confirmations": 1}


def test_that_somebody_was_erased_is_known_as_long_as_backups_are_kept(clock, samira):
    made = {"person_uuid": samira.uuid, "due_at": MONDAY, "asked_at": MONDAY}
    DeletionRequest.objects.create(state=DeletionState.DONE, ended_at=MONDAY, **made)
    DeletionRequest.objects.create(person=samira, **made)

    clock(days=90)
    assert gone() == {}
    clock(days=90, seconds=1)
    assert gone() == {"deletion_requests": 1}
    assert DeletionRequest.objects.get().state == DeletionState.WAITING


def test_a_problem_report_goes_a_year_after_its_answer(clock, samira):
    made = {"kind": "wrong", "reporter": samira, "created_at": MONDAY}
    ProblemReport.objects.create(words={"text": "wacht nog"}, **made)
    answered = {"state": "handled", "seen_at": MONDAY, "handled_at": MONDAY}
    ProblemReport.objects.create(words={"text": "beantwoord"}, **made | answered)

    clock(days=365)
    assert gone() == {}
    clock(days=365, seconds=1)
    assert gone() == {"problem_reports": 1}
    assert ProblemReport.objects.get().text == "wacht nog"


def test_a_second_run_finds_nothing(clock, petra):
    Invitation.objects.create(
        email="a@example.test", link_digest="a", invited_by=petra, expires_at=MONDAY + timedelta(days=1)
    )
    clock(days=40)

    assert gone() != {}
    assert gone() == {}


# ── Accounts that nobody uses ──────────────────────────────────────────────────
def test_accounts_that_nobody_uses_are_listed_and_nothing_else(clock, samira, daan):
    User.objects.filter(pk=samira.pk).update(last_login=MONDAY)
    User.objects.filter(pk=daan.pk).update(last_login=MONDAY + timedelta(days=1))
    never = make_person("Nooit Geweest")
    User.objects.filter(pk=never.pk).update(date_joined=MONDAY - timedelta(days=1))
    make_person("Server", is_superuser=True, date_joined=MONDAY - timedelta(days=9))
    make_person("Dicht", is_active=False, date_joined=MONDAY - timedelta(days=9))
    people = User.objects.count()

    clock(days=2 * 365, seconds=1)

    assert list(inactive_people()) == [never, samira]
    gone()
    assert User.objects.count() == people


@pytest.mark.django_db(transaction=True)
def test_the_daily_command_tells_numbers_and_no_names(clock, samira, capsys):
    User.objects.filter(pk=samira.pk).update(last_login=MONDAY)
    clock(days=2 * 365 + 1)

    call_command("retain")

    told = capsys.readouterr().out
    assert f"not used since 2026-09-07: {samira.uuid}" in told
    assert "invitations (30 days): 0 gone" in told
    assert "Samira" not in told
    assert samira.email not in told


# ── The periods themselves ─────────────────────────────────────────────────────
@pytest.mark.parametrize("change", [{"invitation": 30}, {"invitations": None}])
def test_a_period_with_a_wrong_name_stops_the_command(settings, change):
    periods_now = settings.RETENTION_DAYS | change
    settings.RETENTION_DAYS = {name: days for name, days in periods_now.items() if days}

    with pytest.raises(ImproperlyConfigured, match="RETENTION_DAYS"):
        list(retain_all())


def test_two_rules_for_one_period_are_refused(monkeypatch):
    monkeypatch.setattr(retention, "_rules", dict(retention._rules))

    with pytest.raises(ValueError, match="invitations"):
        retain("invitations", lambda before, now: 0)


def test_every_period_is_told_in_the_docs(settings):
    docs = (settings.BASE_DIR / "docs" / "own-data.md").read_text()

    for name, days in settings.RETENTION_DAYS.items():
        assert f"| `{name}` | {days} |" in docs
    assert {*periods(), LISTED} == settings.RETENTION_DAYS.keys()


def test_periods_are_read_from_the_environment():
    assert read_periods("invitations=30, mails=365") == {"invitations": 30, "mails": 365}
    for wrong in ("invitations", "invitations=0", "invitations=x", "=", ","):
        with pytest.raises(ValueError):  # noqa: PT011 - env.read puts the name before it
            read_periods(wrong)
