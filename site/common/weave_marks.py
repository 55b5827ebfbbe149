"""Small woven marks that carry a fact of planning; the words beside them always say the same.

A meeting is a full check with a trainer and a co-trainer; a seat is woven when it is taken, dashed when somebody is
asked for it and bare when it is free; a module is woven as far as its steps are done.
"""

from functools import lru_cache

from common.weave import path, svg, woven

MEETING_WARP = ((3, 4), (11, 4))
MEETING_WEFT = ((2, 4), (9, 3), (14, 2))
MEETING_SIDE = 18

SEAT, SEAT_STEP, SEAT_HEIGHT = 6, 9, 16
SEAT_WEFT = ((1, 5), (8, 3), (13, 2))
MOST_SEATS = 24  # drawn; of a larger group each thread stands for several seats

MODULE = (34, 20)
MODULE_WARP = ((4, 4), (12, 11), (27, 3))
MODULE_WEFT = tuple((y, 3) for y in range(0, 20, 4))
MODULE_STRANDS = (2.5, 6.6, 10.7, 14.8, 18.9, 23, 27.1, 31.2)


@lru_cache
def meeting_mark(*, complete: bool) -> str:
    """Return the mark of a meeting; one that is not `complete` misses the threads of who is still asked for."""
    side = MEETING_SIDE
    if complete:
        inside = woven(side, side, MEETING_WARP, MEETING_WEFT)
    else:
        gaps = "".join(outline(x, 0.75, width, side - 1.5) for x, width in MEETING_WARP)
        inside = path("t-blue", [(0, y, side, height) for y, height in MEETING_WEFT]) + gaps
    return svg("mark", (side, side), inside, size=(side, side))


@lru_cache(maxsize=512)
def seats(taken: int, asked: int, capacity: int) -> str:
    """Return the seats of a group side by side: `taken` woven, `asked` (prepared and invited) dashed, the rest bare."""
    shown = max(min(capacity, MOST_SEATS), 1)
    taken, asked = (-(-number * shown // max(capacity, 1)) for number in (taken, asked))
    taken = min(taken, shown)
    asked = min(asked, shown - taken)
    at = [place * SEAT_STEP + 1 for place in range(shown)]
    inside = woven(taken * SEAT_STEP, SEAT_HEIGHT, [(x, SEAT) for x in at[:taken]], SEAT_WEFT) if taken else ""
    inside += "".join(outline(x, 0.75, SEAT, SEAT_HEIGHT - 1.5) for x in at[taken : taken + asked])
    inside += strands([x + SEAT / 2 for x in at[taken + asked :]], 0, SEAT_HEIGHT)
    width = shown * SEAT_STEP
    return svg("mark mark--seats", (width, SEAT_HEIGHT), inside, size=(width, SEAT_HEIGHT))


@lru_cache(maxsize=64)
def module_mark(tenths: int) -> str:
    """Return how far a module is done, in tenths: bare threads, woven from above."""
    width, height = MODULE
    depth = height * min(max(tenths, 0), 10) / 10
    inside = strands(MODULE_STRANDS, depth, height) if depth < height else ""
    if depth:
        weft = [(y, min(each, depth - y)) for y, each in MODULE_WEFT if y < depth]
        inside += path("t-paper", [(0, 0, width, depth)]) + woven(width, depth, MODULE_WARP, weft)
    return svg("mark mark--module", MODULE, inside, size=MODULE)


def outline(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="t-missing" x="{x}" y="{y}" width="{width}" height="{height}"/>'


def strands(at, top: float, bottom: float) -> str:
    data = "".join(f"M{x:g} {top:g}V{bottom:g}" for x in at)
    return f'<path class="t-strand" d="{data}"/>' if data else ""
