"""Who reads a report gets a mail that it is there, and its reporter one that there is an answer; neither says what."""

import uuid
from datetime import UTC, datetime

import pytest

from home.domain.problems import answer_problem, mark_seen, report_problem
from home.models import ProblemReport
from home.policies import readable_reports, readers_of, reads_reports_of
from mail.choices import MailState
from mail.models import OutboxMail
from mail.worker import Worker
from tests.home.problems import dutch, html_of, make_report, page_of, receipt_of, send, texts

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PLANTED = "Over de kwikstaart."


@pytest.fixture
def cast(samira, daan, noor, marieke, ilse, roel, stranger, petra):
    return {person.display_name.split(" ")[0]: person for person in (samira, noor, marieke, ilse, roel, petra)}


def told(kind="problem-report"):
    """Who has a mail of this kind, whatever came of it."""
    return sorted(mail.person.get_short_name() for mail in OutboxMail.objects.filter(kind=kind))


def words_of(mail):
    return " ".join(mail.words.values())


# ── A report ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("reporter", "readers"),
    [
        ("Samira", ["Ilse", "Petra"]),
        ("Noor", ["Petra"]),
        ("Ilse", ["Petra"]),
        ("Petra", []),
        (None, ["Petra"]),
    ],
)
def test_who_reads_it_is_told(cast, reporter, readers):
    make_report(cast.get(reporter), PLANTED)

    assert told() == readers


@pytest.mark.parametrize("reporter", ["Samira", "Noor", "Roel", None])
def test_told_is_whoever_finds_it_in_the_inbox(cast, reporter):
    report = make_report(cast.get(reporter))

    inbox = {name for name, person in cast.items() if readable_reports(person).filter(pk=report.pk).exists()}
    may = {name for name, person in cast.items() if reads_reports_of(person, report.reporter)}

    assert {reader.get_short_name() for reader in readers_of(report.reporter)} == inbox - {reporter} == may - {reporter}


def test_it_says_what_kind_and_by_when_and_leads_there(cast, browser_of, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    report = make_report(cast["Samira"], PLANTED, "hurts", path="/verhalen/kwikstaart/")

    mail = OutboxMail.objects.get(person=cast["Ilse"])

    link = f"http://localhost:8000{page_of(report)}"
    assert (mail.subject, mail.to) == (dutch("There is a new report"), cast["Ilse"].email)
    for words in (mail.text, mail.html):
        assert dutch("Somebody made a report: %(kind)s.", kind=dutch("Something hurts")) in words
        assert dutch("We promised an answer by %(day)s at the latest.", day="25 november") in words
        assert link in words
    assert [word for word in ("kwikstaart", "Samira") if word in words_of(mail)] == []
    assert PLANTED in texts(browser_of(cast["Ilse"]).get(page_of(report)), ".problem__text")


def test_a_worry_is_told_as_one(cast):
    make_report(cast["Samira"], PLANTED, "worry")

    mail = OutboxMail.objects.filter(kind="problem-report").first()

    assert mail.subject == dutch("A report: somebody is worried about someone")
    assert dutch("Please read it now.") in mail.text


def test_the_way_there_is_by_the_door(cast, client):
    report = make_report(cast["Samira"])

    assert client.get(page_of(report)).url == f"/account/inloggen/?next={page_of(report)}"


def test_a_double_click_tells_once(cast):
    token = uuid.uuid4()
    for _click in range(3):
        report_problem("wrong", PLANTED, sender="test", reporter=cast["Samira"], token=token)

    assert told() == ["Ilse", "Petra"]


def test_a_report_that_is_refused_tells_nobody(cast, client):
    client.force_login(cast["Samira"])

    send(client, "")

    assert told() == []


def test_no_mail_without_a_report(cast, monkeypatch):
    """The mails stand or fall with the report itself."""
    monkeypatch.setattr("home.domain.problem_mail.queue_mail", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        make_report(cast["Samira"])

    assert not ProblemReport.objects.exists()


# ── The answer ─────────────────────────────────────────────────────────────────
def test_the_reporter_is_told_that_there_is_an_answer(cast, client, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    report = make_report(cast["Samira"], PLANTED)
    answer_problem(report, "Het staat er nu goed.", by=cast["Ilse"])

    [mail] = OutboxMail.objects.filter(kind="problem-answer")

    assert (mail.person, mail.sender_name) == (cast["Samira"], cast["Ilse"].display_name)
    assert mail.subject == dutch("You have an answer to your report")
    assert dutch("On %(day)s you reported something to us. There is an answer.", day="23 november") in mail.text
    assert [word for word in ("kwikstaart", "nu goed") if word in words_of(mail)] == []
    path = f"/account/inloggen/?next={receipt_of(report)}"
    assert f"http://localhost:8000{path}\n" in mail.text
    assert html_of(client.get(path)).select_one("main input[name=next]")["value"] == receipt_of(report)
    client.force_login(cast["Samira"])
    assert client.get(path).url == receipt_of(report)


def test_a_visitor_gets_none(cast):
    make_report(contact={"name": "Anna", "way": "anna@example.test"}, state="handled", by=cast["Petra"])

    assert told("problem-answer") == []


def test_reading_it_tells_nobody_and_the_same_answer_twice_tells_once(cast):
    report = mark_seen(make_report(cast["Samira"]))
    before = told("problem-answer")

    for _click in range(2):
        answer_problem(report, "Klaar.", by=cast["Ilse"])

    assert (before, told("problem-answer")) == ([], ["Samira"])


# ── Right before it leaves ─────────────────────────────────────────────────────
def answered(report, cast):
    answer_problem(report, "Klaar.", by=cast["Petra"])


def taken_away(report, cast):
    cast["Ilse"].groups.clear()


def other_group(report, cast):
    from training.models import TrainingGroup

    for group in TrainingGroup.objects.all():
        group.coordinators.remove(cast["Ilse"])


def closed(report, cast):
    cast["Ilse"].is_active = False
    cast["Ilse"].save()


def erased(report, cast):
    report.delete()


@pytest.mark.parametrize("meanwhile", [answered, taken_away, other_group, closed, erased])
def test_what_is_no_longer_theirs_to_read_does_not_leave(cast, meanwhile):
    report = make_report(cast["Samira"])
    mail = OutboxMail.objects.get(person=cast["Ilse"])

    meanwhile(report, cast)
    Worker().send_due()

    mail.refresh_from_db()
    assert mail.state == MailState.CANCELLED


def test_what_is_still_theirs_leaves(cast, mailoutbox):
    report = make_report(cast["Samira"])
    answered_one = make_report(cast["Samira"], state="handled", by=cast["Petra"])
    mark_seen(report)

    Worker().send_due()

    states = {mail.key: mail.state for mail in OutboxMail.objects.filter(kind__startswith="problem-")}
    assert set(states.values()) == {MailState.SENT, MailState.CANCELLED}
    assert sorted(key.partition(":")[0] for key, state in states.items() if state == MailState.SENT) == [
        "problem-answer",
        "problem-report",
        "problem-report",
    ]
    assert all(str(answered_one.uuid) in key for key, state in states.items() if state == MailState.CANCELLED)
    assert sorted(to for mail in mailoutbox for to in mail.to) == sorted(
        cast[name].email for name in ("Samira", "Ilse", "Petra")
    )


def test_no_answer_goes_to_an_account_that_was_closed(cast):
    make_report(cast["Samira"], state="handled", by=cast["Petra"])
    cast["Samira"].is_active = False
    cast["Samira"].save()

    Worker().send_due()

    assert OutboxMail.objects.get(kind="problem-answer").state == MailState.CANCELLED
