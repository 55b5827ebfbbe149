"""The log of what was erased, outside the database."""

import os
from uuid import UUID

import pytest

from common import erasures


def test_a_kind_has_one_act(monkeypatch):
    monkeypatch.setattr(erasures, "_acts", {})
    seen = []
    erase = seen.append
    erasures.register("poem", erase)
    erasures.register("poem", erase)
    with pytest.raises(ValueError, match="another act"):
        erasures.register("poem", print)
    with pytest.raises(ValueError, match="one word"):
        erasures.register("two words", print)

    uuid = UUID(int=5)
    erasures.note("poem", uuid)
    assert erasures.replay(erasures.read_log(erasures.log_path())[0]) == {"poem": 0}
    assert seen == [uuid]


def test_what_was_noted_last_of_somebody_counts(monkeypatch):
    monkeypatch.setattr(erasures, "_acts", {})
    done = []
    for name in ("asked", "undone"):
        erasures.register(name, lambda uuid, name=name: done.append((name, uuid.int)))
    for kind, number in (("asked", 1), ("asked", 2), ("undone", 1)):
        erasures.note(kind, UUID(int=number))

    erasures.replay(erasures.read_log(erasures.log_path())[0])

    assert sorted(done) == [("asked", 2), ("undone", 1)]


def test_a_line_behind_one_that_was_cut_off_is_whole():
    erasures.note("person", UUID(int=1))
    with erasures.log_path().open("a") as file:
        file.write("2026-11-22T10:00")
    erasures.note("person", UUID(int=2))

    lines, unread = erasures.read_log(erasures.log_path())

    assert ([one.uuid.int for one in lines], unread) == ([1, 2], [2])


def test_a_line_that_the_disk_takes_in_pieces_is_whole(monkeypatch):
    real = os.write
    monkeypatch.setattr(erasures.os, "write", lambda file, text: real(file, text[:7]))

    erasures.note("person", UUID(int=3))

    assert [one.uuid.int for one in erasures.read_log(erasures.log_path())[0]] == [3]


def test_lines_of_a_backup_are_taken_over_once():
    erasures.note("person", UUID(int=1))
    lines, _unread = erasures.read_log(erasures.log_path())
    erasures.log_path().unlink()

    erasures.keep(lines)
    erasures.keep(lines)

    assert erasures.read_log(erasures.log_path())[0] == [
        erasures.Erasure(lines[0].at.replace(microsecond=0), "person", UUID(int=1))
    ]


def test_without_a_log_nothing_was_erased(tmp_path):
    assert erasures.read_log(tmp_path / "none.log") == ([], [])
