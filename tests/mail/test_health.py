"""The outbox knows when mail does not leave at all, and that it leaves again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mail.domain.health import is_stuck
from mail.models import OutboxMail
from tests.mail.smtp import Conduct

pytestmark = pytest.mark.django_db
LATER = "450 later"


def let_all_be_due():
    OutboxMail.objects.filter(state="waiting").update(next_at=timezone.now())


@pytest.fixture
def down(settings, post):
    """Nobody picks up: `down.back()` and they do."""

    class Down:
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

        def back(self):
            settings.EMAIL_PORT = self.port

    return Down()


def try_at(worker, minutes):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        worker.send_due()
        return is_stuck()


def test_without_mail_nothing_is_wrong(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not is_stuck()


def test_three_mails_that_a_server_puts_off_are_enough_and_two_are_not(queue, post, worker):
    post.conduct = Conduct(at={"RCPT": LATER})
    seen = []
    for name in "abc":
        queue(name)
        worker.send_due()
        seen.append(is_stuck())

    assert seen == [False, False, True]


def test_three_tries_of_one_mail_to_a_server_that_is_down(queue, down, worker):
    queue()

    assert [try_at(worker, minutes) for minutes in (0, 6, 22)] == [False, False, True]


@pytest.mark.parametrize("step", ["hang", "cut"])
def test_a_server_that_hangs_or_cuts_the_line_counts(queue, post, worker, step):
    post.conduct = Conduct(at={"RCPT": step})
    for name in "abc":
        queue(name)
        worker.send_due()

    assert is_stuck()


def test_one_mail_that_leaves_ends_it(queue, down, worker):
    for name in "abc":
        queue(name)
        worker.send_due()
    before = is_stuck()
    down.back()
    queue("d")
    worker.send_due()

    assert (before, is_stuck()) == (True, False)


def test_what_is_refused_for_good_says_that_the_server_is_there(queue, post, worker):
    post.conduct = Conduct(at={"RCPT": "550 no such user"})
    for name in "abcd":
        queue(name)
    worker.send_due()

    assert not is_stuck()


def test_a_mail_that_was_given_up_still_says_so(queue, down, worker):
    queue()
    for minutes in (0, 6, 22, 85, 330, 1_100):
        stuck = try_at(worker, minutes)
    mail = OutboxMail.objects.get()

    assert (mail.state, stuck, is_stuck()) == ("refused", True, True)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert not is_stuck()


@pytest.mark.parametrize("number", [3, 30])
def test_it_costs_two_queries(queue, post, worker, django_assert_num_queries, number):
    post.conduct = Conduct(at={"RCPT": LATER})
    for place in range(number):
        queue(f"jo{place}")
    worker.send_due()

    with django_assert_num_queries(2):
        assert is_stuck()
