"""A double click, and two people who answer: at the same moment, on a real database."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from home.domain.problems import AlreadyAnswered, answer_problem, mark_seen, report_problem
from home.models import ProblemReport
from tests.factories.people import make_person
from tests.home.problems import WORDS, make_report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Let every act begin at the same moment in a thread of its own; returns what they returned, in their order."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def test_one_page_sent_eight_times_at_once_is_one_report():
    token = uuid.uuid4()

    reports = at_once(*[lambda: report_problem("wrong", WORDS, sender="test", token=token)] * 8)

    assert {report.pk for report in reports} == {ProblemReport.objects.get().pk}


def test_two_answers_at_once_are_one_answer_and_one_refusal():
    people, report = [make_person(name) for name in ("Ilse", "Petra", "Hanna", "Roel")], make_report()

    def answer(person):
        try:
            return answer_problem(report, f"Van {person}.", by=person).handled_by
        except AlreadyAnswered as refusal:
            return refusal.report.handled_by

    said = at_once(*(lambda person=person: answer(person) for person in people), *[lambda: mark_seen(report)] * 2)

    report.refresh_from_db()
    assert said[:4] == [report.handled_by] * 4
    assert report.answer_text == f"Van {report.handled_by}."
