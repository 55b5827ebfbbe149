"""The geometry of everything woven: mark, seam, swatches and the picture of a training, as SVG text.

Yellow threads run down, blue threads run across, and where they cross they are green. Colours come from the classes
`t-*` in static/css/components/voices.css, so dark mode and print follow by themselves. Nothing here knows Django, and
nothing a person wrote ends up in an SVG: a seed or a drawing's name only chooses numbers.

An SVG with a twill needs an id that is its own on the page; the functions leave `ID` in its place.
"""

import hashlib
from functools import lru_cache
from typing import NamedTuple

from common.drawings import DRAWINGS, Drawing, number

ID = "%id%"

# ── threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Thread = tuple[float, float]  # where it begins, how wide it is


def boxes(rects) -> str:
    """Return the path data of rectangles (x, y, width, height): one element instead of many."""
    return "".join(f"M{number(x)} {number(y)}h{number(w)}v{number(h)}h-{number(w)}z" for x, y, w, h in rects)


def path(cls: str, rects) -> str:
    data = boxes(rects)
    return f'<path class="{cls}" d="{data}"/>' if data else ""


def crossings(warp, weft):
    return [(x, y, w, h) for x, w in warp for y, h in weft]


def woven(width: float, height: float, warp, weft, *, turned: bool = False) -> str:
    """Return `warp` (down) and `weft` (across) on a ground of `width` by `height`; turned swaps their colours."""
    down, across = ("t-blue", "t-yellow") if turned else ("t-yellow", "t-blue")
    return (
        path(down, [(x, 0, w, height) for x, w in warp])
        + path(across, [(0, y, width, h) for y, h in weft])
        + path("t-cross", crossings(warp, weft))
    )


def twill(step: float) -> str:
    """Return the diagonal of the weave as a pattern; `step` is in the SVG's own units."""
    return (
        f'<defs><pattern id="{ID}" width="{step:.3g}" height="{step:.3g}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="t-twill" width="{step * 0.4:.3g}" height="{step:.3g}"/>'
        "</pattern></defs>"
    )


def svg(cls: str, view: tuple[int, int], inside: str, *, size: tuple[int, int] | None = None, extra: str = "") -> str:
    measures = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return (
        f'<svg class="{cls}"{measures} viewBox="0 0 {view[0]} {view[1]}"{extra} aria-hidden="true" focusable="false">'
        f"{inside}</svg>"
    )


# ── the mark and the seam ────────────────────────────────────────────────────────────────────────────────────────────

MARK_WARP = ((5, 4), (12, 16), (31, 4))
MARK_WEFT = ((8, 4), (16, 8), (28, 4))
SEAM_WARP = ((0, 4), (8, 10), (22, 4))
SEAM_WEFT = ((0, 4), (9, 16), (30, 4), (40, 2), (45, 2))


@lru_cache
def brand_mark(*, turned: bool = False) -> str:
    return svg("brand__mark", (40, 40), woven(40, 40, MARK_WARP, MARK_WEFT, turned=turned))


@lru_cache
def seam() -> str:
    """Return a strip that repeats itself as far as the stylesheet stretches it."""
    cloth = path("t-paper", [(0, 0, 26, 58)]) + woven(26, 58, SEAM_WARP, SEAM_WEFT)
    pattern = f'<defs><pattern id="{ID}" width="26" height="58" patternUnits="userSpaceOnUse">{cloth}</pattern></defs>'
    return (
        '<svg class="seam" width="26" height="26" aria-hidden="true" focusable="false">'
        f'{pattern}<rect width="100%" height="100%" fill="url(#{ID})"/></svg>'
    )


# ── the swatch: a portrait without a face ────────────────────────────────────────────────────────────────────────────

SIDE = 96
SIZES = {"list": 76, "small": 88, "medium": 128, "large": 288}
SEAL_SIZE = 46
AIR = 5  # between the drawing and the nearest thread
LARGEST_SCALE = 1.06

# Widths of threads beside each other, from the edge inward: one to four, never more than a quarter of a swatch.
WIDE_RHYTHMS = (
    (4, 13), (13, 4), (3, 5, 3, 3), (3, 3, 3, 3), (16,), (4, 4), (9,), (3, 11), (11, 3), (10,), (4, 8), (8, 4),
    (3, 3, 2), (2, 9, 2), (5, 5, 3), (3, 7, 3), (2, 2, 8), (8, 2, 2), (6, 6), (12, 3), (2, 12), (3, 3, 8), (2, 4, 6),
)  # fmt: skip
# On both sides at once there is room for less.
THIN_RHYTHMS = ((9,), (4, 4), (3, 3), (8,), (3, 5), (5, 3), (2, 2, 2), (6,), (2, 6), (6, 2))


class Draw:
    """Small even choices from a seed; the same seed gives the same choices on every machine and in every year."""

    def __init__(self, seed):
        self.left = int.from_bytes(hashlib.blake2s(str(seed).encode(), digest_size=16).digest())

    def one_of(self, options):
        self.left, place = divmod(self.left, len(options))
        return options[place]


def threads(rhythm, *, margin: int, gap: int, far: bool) -> tuple[Thread, ...]:
    """Return the threads of one side: from the near edge, or mirrored from the far one."""
    placed, at = [], margin
    for width in rhythm:
        placed.append((SIDE - at - width if far else at, width))
        at += width + gap
    return tuple(sorted(placed))


def sides(draw: Draw, *, both_allowed: bool):
    """Return (threads, start and end of what stays free) for one direction."""
    where = draw.one_of(("near", "far", "near", "far", "both") if both_allowed else ("near", "far"))
    margin, gap = draw.one_of((4, 5, 6)), draw.one_of((3, 4))
    if where == "both":
        rhythm = draw.one_of(THIN_RHYTHMS)
        near, far = (threads(rhythm, margin=margin, gap=gap, far=side) for side in (False, True))
        return near + far, (near[-1][0] + near[-1][1], far[0][0]), True
    lying = threads(draw.one_of(WIDE_RHYTHMS), margin=margin, gap=gap, far=where == "far")
    free = (lying[-1][0] + lying[-1][1], SIDE) if where == "near" else (0, lying[0][0])
    return lying, free, False


def drawn(drawing: Drawing, free_x, free_y) -> str:
    """Return the drawing in the middle of the field that the threads leave free."""
    left, top, right, bottom = drawing.box
    scale = min(
        LARGEST_SCALE,
        (free_x[1] - free_x[0] - 2 * AIR) / (right - left),
        (free_y[1] - free_y[0] - 2 * AIR) / (bottom - top),
    )
    x = sum(free_x) / 2 - scale * (left + right) / 2
    y = sum(free_y) / 2 - scale * (top + bottom) / 2
    strokes = "".join(f'<path class="{cls}" d="{data}"/>' for cls, data in drawing.strokes)
    return f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.3f})">{strokes}</g>'


@lru_cache(maxsize=512)
def swatch(seed, drawing: str = "", size: str = "small") -> str:
    """Return a storyteller's own piece of cloth with the thing from the story on it; an unknown drawing is left out."""
    draw = Draw(seed)
    warp, free_x, framed = sides(draw, both_allowed=True)
    weft, free_y, _ = sides(draw, both_allowed=not framed)
    pixels = SIZES.get(size, SIZES["small"])
    inside = (
        twill(432 / pixels)
        + path("t-tint", [(0, 0, SIDE, SIDE)])
        + woven(SIDE, SIDE, warp, weft)
        + f'<rect width="{SIDE}" height="{SIDE}" fill="url(#{ID})"/>'
    )
    if drawing in DRAWINGS:
        inside += drawn(DRAWINGS[drawing], free_x, free_y)
    cls = "swatch swatch--large" if size == "large" else "swatch"
    return svg(cls, (SIDE, SIDE), inside, size=(pixels, pixels))


SEAL_WIDE = (((12, 26), (48, 8), (64, 20)), ((12, 20), (40, 8), (58, 26)), ((10, 8), (26, 30), (66, 20)))
SEAL_NARROW = (((20, 8), (64, 8)), ((24, 6), (44, 6), (64, 6)), ((18, 8), (34, 4), (68, 10)))


@lru_cache(maxsize=256)
def seal(seed, *, you: bool = False) -> str:
    """Return the stamp of a card: broad yellow from a storyteller, broad blue from you."""
    draw = Draw(seed)
    wide, narrow = draw.one_of(SEAL_WIDE), draw.one_of(SEAL_NARROW)
    ground, warp, weft = ("t-tint-blue", narrow, wide) if you else ("t-tint", wide, narrow)
    inside = (
        twill(6)
        + path(ground, [(0, 0, SIDE, SIDE)])
        + woven(SIDE, SIDE, warp, weft)
        + f'<rect width="{SIDE}" height="{SIDE}" fill="url(#{ID})"/>'
    )
    return svg("card__seal", (SIDE, SIDE), inside, size=(SEAL_SIZE, SEAL_SIZE))


# ── the cloth: a picture of the training ─────────────────────────────────────────────────────────────────────────────

# Every module has its own threads, as shares of its column; after the eighth they come back mirrored.
WARPS = (
    ((0.07, 0.06), (0.18, 0.46), (0.70, 0.06), (0.82, 0.06)),
    ((0.08, 0.20), (0.34, 0.05), (0.44, 0.05), (0.54, 0.36)),
    ((0.07, 0.04), (0.15, 0.04), (0.26, 0.46), (0.80, 0.10)),
    ((0.10, 0.06), (0.24, 0.50), (0.82, 0.06)),
    ((0.10, 0.28), (0.44, 0.05), (0.56, 0.30)),
    ((0.10, 0.05), (0.22, 0.05), (0.34, 0.54)),
    ((0.08, 0.42), (0.60, 0.08), (0.78, 0.10)),
    ((0.10, 0.10), (0.28, 0.42), (0.80, 0.08)),
)
# What you weave in is the same for every module, so that finished ones join into one cloth; of a height of 250.
WEFT = ((14, 8), (28, 24), (58, 6), (70, 6), (90, 38), (138, 6), (150, 6), (170, 26), (206, 8), (222, 8))
WEFT_HEIGHT = 250
CLOTHS = {"wide": (1168, 250, 12), "small": (600, 190, 8)}  # width, height, least space between bare threads
BEAM = 3
LOOSE_REACH = 92  # how far the loose thread hangs down


class Column(NamedTuple):
    """What the cloth needs to know of a module: its number, the share that is done (0 to 1), and whether it is busy."""

    number: int
    done: float
    busy: bool


def warp_of(module_number: int, x: float, width: float):
    turn, place = divmod(max(module_number, 1) - 1, len(WARPS))
    shares = WARPS[place]
    if turn % 2:
        shares = tuple((1 - at - share, share) for at, share in reversed(shares))
    return [(x + at * width, share * width) for at, share in shares]


def bare(warp, top: float, bottom: float, spacing: int) -> str:
    """Return the single threads that a warp is made of, where nothing is woven in yet."""
    strands = []
    for x, width in warp:
        count = max(1, int(width / spacing))
        strands += [x + width * (place + 0.5) / count for place in range(count)]
    return "".join(f"M{number(x)} {number(top)}V{number(bottom)}" for x in strands)


def loose(x: float, y: float, *, room: float, inward: bool) -> str:
    """Return the thread that you laid down; it hangs to the left of the last column and never past the beam."""
    down = min(1, room / LOOSE_REACH)
    side = -1 if inward else 1
    bends = ((26, 2, 30, 16, 20, 26), (-10, 10, -26, 18, -8, 34), (14, 8, 22, 16, 12, 32), (-4, 8, -14, 8, -10, 0))
    curves = "".join(
        "c" + " ".join(number(step * (down if place % 2 else side)) for place, step in enumerate(bend))
        for bend in bends
    )
    return f'<path class="t-loose" d="M{number(x)} {number(y)}{curves}"/>'


@lru_cache(maxsize=512)
def cloth(columns: tuple[Column, ...], size: str = "wide") -> str:
    """Return the cloth of a training: bare threads, woven from above as far as each module is done."""
    width, height, spacing = CLOTHS.get(size, CLOTHS["wide"])
    each = width / max(len(columns), 1)
    weft = [(y * height / WEFT_HEIGHT, h * height / WEFT_HEIGHT) for y, h in WEFT]
    ground, across, down, crossed, strands, ends = [], [], [], [], "", ""
    for place, column in enumerate(columns):
        x = place * each
        depth = min(max(column.done, 0), 1) * height
        warp = warp_of(column.number, x, each)
        if depth < height:
            strands += bare(warp, depth, height, spacing)
        if depth:
            passes = [(y, min(h, depth - y)) for y, h in weft if y < depth]
            ground.append((x, 0, each, depth))
            across += [(x, y, each, h) for y, h in passes]
            down += [(at, 0, wide, depth) for at, wide in warp]
            crossed += crossings(warp, passes)
        if column.busy:
            start = min(max(depth - BEAM, BEAM), height - BEAM)
            last = place == len(columns) - 1
            edge = x + 2 if last else x + each - 2
            ends += loose(edge, start, room=height - BEAM - start, inward=last)
    inside = (
        twill(6)
        + (f'<path class="t-warp" d="{strands}"/>' if strands else "")
        + path("t-paper", ground)
        + path("t-blue", across)
        + path("t-yellow", down)
        + path("t-cross", crossed)
        + (f'<path d="{boxes(ground)}" fill="url(#{ID})"/>' if ground else "")
        + path("t-beam", [(0, 0, width, BEAM), (0, height - BEAM, width, BEAM)])
        + ends
    )
    cls = "cloth cloth--wide" if size == "wide" else "cloth"
    return svg(cls, (width, height), inside, extra=' preserveAspectRatio="none"')


# ── the picture beside the door ──────────────────────────────────────────────────────────────────────────────────────

DOOR = (560, 470)
DOOR_WEFT = ((30, 12), (56, 44), (112, 8), (132, 8), (168, 66), (248, 8), (272, 44), (330, 10), (354, 10), (380, 58))
# Three lengths: everyone is somewhere else in it.
DOOR_WARP = (
    (300, ((150, 10), (172, 44), (226, 8))),
    (380, ((246, 8), (270, 70), (352, 8))),
    (210, ((374, 44), (430, 10))),
)


@lru_cache
def door_cloth() -> str:
    width, height = DOOR
    crossed = [
        (x, y, w, min(h, length - y)) for length, warp in DOOR_WARP for x, w in warp for y, h in DOOR_WEFT if y < length
    ]
    inside = (
        twill(5)
        + path("t-paper", [(0, 0, width, height)])
        + f'<path class="t-bare" d="{"".join(f"M{x + 0.5} 0v{height}" for x in range(0, width, 10))}"/>'
        + path("t-blue", [(0, y, width, h) for y, h in DOOR_WEFT])
        + path("t-yellow", [(x, 0, w, length) for length, warp in DOOR_WARP for x, w in warp])
        + path("t-cross", crossed)
        + f'<rect width="{width}" height="{height}" fill="url(#{ID})"/>'
    )
    return svg("door__cloth", DOOR, inside)
