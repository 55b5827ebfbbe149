import socket
from contextlib import contextmanager

import pytest
from django.db import connection

from common.postgres.base import DatabaseWrapper


class Line:
    """A connection whose other end is ours; notes what is asked over it."""

    def __init__(self):
        self.here, self.there = socket.socketpair()
        self.asked = []

    def fileno(self):
        return self.here.fileno()

    @contextmanager
    def cursor(self):
        yield self

    def execute(self, question):
        self.asked.append(question)


@pytest.fixture
def kept():
    wrapper = DatabaseWrapper({**connection.settings_dict, "OPTIONS": {}})
    wrapper.connection = line = Line()
    yield wrapper
    line.here.close()
    line.there.close()


def test_a_quiet_connection_is_good_without_a_question(kept):
    assert kept.is_usable()
    assert kept.connection.asked == []


@pytest.mark.parametrize("end", [lambda there: there.send(b"FATAL"), lambda there: there.close()])
def test_a_connection_with_something_to_read_is_asked(kept, end):
    end(kept.connection.there)
    assert kept.is_usable()  # this one answers
    assert kept.connection.asked == ["SELECT 1"]


def test_no_connection_is_not_usable(kept):
    line, kept.connection = kept.connection, None
    assert not kept.is_usable()
    kept.connection = line
