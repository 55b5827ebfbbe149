"""Small work is done each round; one piece that fails is in the log once and stops no other."""

import pytest

from common import chores


@pytest.fixture(autouse=True)
def no_chores(monkeypatch):
    monkeypatch.setattr(chores, "_chores", {})
    monkeypatch.setattr(chores, "_failing", {})


def fail():
    raise ZeroDivisionError("not today")


def test_every_chore_is_done_and_says_how_much():
    chores.register("three", lambda: 3)
    chores.register("nothing", lambda: None)

    assert chores.run_all() == {"three": 3, "nothing": 0}


def test_one_that_fails_stops_no_other(caplog):
    chores.register("bad", fail)
    chores.register("good", lambda: 1)

    assert chores.run_all() == {"good": 1}
    assert [record.getMessage() for record in caplog.records] == ["The chore bad failed."]
    assert "not today" in caplog.text


def test_one_that_fails_each_second_is_in_the_log_once_until_it_has_worked(caplog):
    acts = [fail, fail, lambda: 1, fail]
    chores.register("sometimes", lambda: acts.pop(0)())

    for _ in range(4):
        chores.run_all()

    assert len(caplog.records) == 2


def test_registering_twice_changes_nothing_and_another_by_its_name_is_refused():
    chores.register("one", fail)
    chores.register("one", fail)

    with pytest.raises(ValueError, match="one"):
        chores.register("one", print)
