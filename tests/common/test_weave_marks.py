"""The woven marks of planning say what is so, in as many threads."""

import pytest

from common.weave_marks import MOST_SEATS, meeting_mark, module_mark, seats


def drawn(svg):
    """How many dashed seats there are, how many bare ones, and whether anything is woven."""
    return (
        svg.count("t-missing"),
        svg.count("M") if "t-yellow" not in svg else svg.split("t-strand")[-1].count("M") * ("t-strand" in svg),
        "t-cross" in svg,
    )


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ((0, 0, 12), (0, 12, False)),
        ((9, 2, 12), (2, 1, True)),
        ((12, 0, 12), (0, 0, True)),
        ((0, 3, 3), (3, 0, False)),
        ((500, 0, 500), (0, 0, True)),
        ((0, 0, 500), (0, MOST_SEATS, False)),
        ((1, 0, 500), (0, MOST_SEATS - 1, True)),
        ((14, 4, 12), (0, 0, True)),
    ],
)
def test_seats_are_woven_dashed_and_bare(group, expected):
    assert drawn(seats(*group)) == expected


def test_a_meeting_without_a_co_trainer_misses_threads():
    assert ["t-missing" in meeting_mark(complete=one) for one in (True, False)] == [False, True]
    assert ["t-cross" in meeting_mark(complete=one) for one in (True, False)] == [True, False]


@pytest.mark.parametrize(
    ("tenths", "woven", "bare"), [(0, False, True), (5, True, True), (10, True, False), (99, True, False)]
)
def test_a_module_is_woven_as_far_as_it_is_done(tenths, woven, bare):
    assert ["t-cross" in module_mark(tenths), "t-strand" in module_mark(tenths)] == [woven, bare]
