"""The scenes of the film: the drawing at any moment, as the inside of an SVG."""

import math

from demo_media.constants import (
    BLUE,
    BLUE_INK,
    BLUE_TINT,
    GREEN,
    HEIGHT,
    LINEN,
    PAPER,
    SOFT,
    WIDTH,
    YELLOW,
    YELLOW_INK,
    YELLOW_TINT,
)
from demo_media.pens import (
    band,
    between,
    clamp,
    cup,
    ease,
    fine,
    laptop,
    line,
    moved,
    phone,
    rect,
    ring_diary,
    teapot,
    thread,
    wall_calendar,
    wall_clock,
    words,
)

WEFT = [(468, 9), (486, 24), (519, 9)]  # three blue threads, one for each worker: top and thickness
TITLE_ENDS = [
    (430, "c44 0 66 -14 64 -38 c-2 -20 -32 -20 -32 0 c0 24 46 30 78 12"),
    (556, "c20 0 34 -12 48 -6 c12 6 18 14 30 8"),
    (500, "c26 0 34 9 52 5 c14 -3 20 -8 34 -3"),
]


def title(now, at):
    p = ease(now, 0.2, 1.4)
    leaving = ease(now, at["work"], 1.1)
    field = rect(between(960, 668, p) + 300 * leaving, 0, 400, HEIGHT, YELLOW_TINT)
    warp = "".join(band(x + 300 * leaving, 0, w, HEIGHT * p, YELLOW) for x, w in ((862, 8), (878, 34), (920, 8)))
    drawn = ease(now, 0.7, 1.5)
    things = moved(phone(drawn, "16.00"), 708 + 300 * leaving, 152, 1.06, -5)
    shown = ease(now, 0.5, 0.9) * (1 - ease(now, at["work"] - 0.3, 0.7))
    text = words(64, 196, "Drie hulpverleners,", 61, font="story", weight=500, opacity=shown)
    text += words(64, 268, "één agenda", 61, font="story", weight=500, opacity=shown)
    text += words(66, 326, "Een getekende film. Deze mensen bestaan niet.", 24, color=SOFT, opacity=shown)
    ends = ""
    for index, ((y, thick), (stop, curl)) in enumerate(zip(WEFT, TITLE_ENDS, strict=True)):
        reach = ease(now, 0.5 + index * 0.25, 1.6)
        stop = between(stop, 1000, leaving)
        ends += band(-4, y, (stop + 4) * reach, thick, BLUE)
        start = f"M{stop - 1:.1f} {y + thick / 2:.1f} {curl}"
        ends += thread(start, ease(now, 1.9 + index * 0.25, 0.7) * (leaving == 0), BLUE_INK)
    return rect(0, 0, WIDTH, HEIGHT, LINEN) + field + warp + things + text, ends, leaving


THOUGHTS = [
    "M262 62 C286 18 340 2 344 30 C348 54 312 52 318 28 C326 0 386 12 404 58",
    "M566 58 C590 14 644 -2 648 26 C652 50 616 48 622 24 C630 -4 680 8 706 48",
    "M790 388 C786 452 640 446 540 444 C486 442 470 410 494 402 C520 396 520 436 478 442 C380 456 178 454 172 388",
]


def work(now, at):
    """Three diaries, three thoughts, and the threads that go round between them."""
    everyone = [
        ("linda", "Linda", "‘Peter belt.’", 66, ring_diary),
        ("peter", "Peter", "‘Hasna belt.’", 372, laptop),
        ("hasna", "Hasna", "‘Linda belt.’", 674, wall_calendar),
    ]
    out = ""
    for index, (key, name, thought, x, draw) in enumerate(everyone):
        drawn = ease(now, at[key], 1.3)
        begun, thinks = at[f"{key}_writes"], at[f"{key}_thinks"]
        writing = ease(now, begun, 1.0)
        busy = ease(now, begun - 0.35, 0.3) * (1 - ease(now, begun + 1.25, 0.5))
        if key == "peter":
            busy = now > begun - 0.3 and (now < begun + 1.1 or (now * 1.25) % 1 < 0.5)
        out += moved(draw(drawn, writing, busy), x, 66)
        out += words(x + 112, 340, name, 31, weight=700, opacity=ease(now, at[key] + 0.6, 0.6), anchor="middle")
        out += words(x + 112, 376, thought, 27, opacity=ease(now, thinks, 0.6), anchor="middle")
        out += thread(THOUGHTS[index], ease(now, thinks + 0.3, 1.3 if index < 2 else 1.9), BLUE_INK)
    return out


def minutes_at(now, at):
    """The time on the kitchen clock, in minutes since noon: half an hour goes by between two lines."""
    turns = [("to_four", "four"), ("to_half_past_four", "buzz"), ("to_five", "five")]
    return 210 + 30 * sum(ease(now, at[start], at[stop] - at[start]) for start, stop in turns)


def kitchen(now, at):
    """Dewi's table. She is not drawn: her phone, her tea, the clock."""
    p = ease(now, at["down"] + 0.7, 1.6)
    minutes = minutes_at(now, at)
    clock = f"{12 + int(minutes + 0.01) // 60}.{int(minutes + 0.01) % 60:02}"
    since_buzz = now - at["buzz"]
    trembling = since_buzz % 0.6 < 0.42 and 0 <= since_buzz < 1.05
    shake = 2.4 * math.sin(since_buzz * 70) if trembling else 0
    message = ease(now, at["buzz"], 0.25) * (1 - ease(now, at["to_five"] + 0.3, 0.8))
    warmth = 1 - clamp((minutes - 215) / 75)
    out = line("M196 430 H940", p) + fine("M214 446 H922", p) + line("M246 446 V960 M890 446 V960", p)
    out += moved(wall_clock(p, minutes), 806, 152)
    out += moved(teapot(p), 640, 428)
    out += moved(phone(p, clock, message), 438 + shake, 224, 1, 5 + shake / 4)
    out += moved(cup(p, warmth, now), 318, 426)
    if trembling:
        out += fine("M422 262 q-10 12 -6 28 M566 252 q10 10 10 25")
    return out


WAITING = "M492 218 C486 168 446 150 452 112 C458 80 500 88 490 118 C480 144 430 128 408 92 C388 58 420 30 400 -30"
REACHING = "M193 258 C190 196 160 132 196 108 C230 88 258 122 234 140 C208 156 196 106 262 92 C340 78 372 128 432 118"
ROUND = [
    "M668 122 C690 82 746 78 768 110",
    "M884 230 C894 304 860 352 802 366",
    "M648 366 C600 352 566 306 572 236",
]
WARP = [(7, 9), (24, 36), (68, 10), (86, 10)]  # of 104 wide: left and thickness
BARE = (11.5, 33, 51, 73, 91)  # where the threads hang before they are woven
TOPS = (0, 14, 44, 56, 76, 124, 136, 156, 192, 208, 230, 262, 278, 324)
THICK = (8, 24, 6, 6, 38, 6, 6, 26, 8, 8, 24, 8, 38, 6)
PICKS = list(zip(TOPS, THICK, strict=True))


def loom(x, width, height, woven, front):
    """The seam: bare yellow threads, woven from above as far as the picks in `woven` (0 to 1 each) have come."""
    scale = width / 104
    out = rect(x, 0, width, height, PAPER)
    out += "".join(fine(f"M{x + left * scale:.2f} 0 V{height}", color=YELLOW) for left in BARE)
    if front <= 0:
        return out
    out += rect(x, 0, width, front, PAPER)
    out += "".join(rect(x + left * scale, 0, thick * scale, front, YELLOW) for left, thick in WARP)
    for (top, thick), p in zip(PICKS, woven, strict=True):
        out += rect(x, top, width * p, thick, BLUE)
        for left, wide in WARP:
            out += rect(x + left * scale, top, min(wide, max(0, 104 * p - left)) * scale, thick, GREEN)
    return out + rect(x, 0, width, front, "url(#twill)")


def both(now, at):
    """Table and diaries beside each other with the bare seam between, and then the question."""
    p, q = ease(now, at["both"], 1.6), ease(now, at["question"], 1.5)
    edge = between(between(960, 467, p), 84, q)
    wide = between(26, 104, q)
    out = rect(0, 0, WIDTH, HEIGHT, LINEN)
    if q < 1:
        shift = between(0, -520, q)
        out += rect(shift, 0, between(960, 467, p), HEIGHT, YELLOW_TINT) + one_who_waits(now, at, p, shift)
        out += three_who_think(now, at, edge + wide + between(0, 960, q))
    return out + seam(now, at, edge, wide) + asked(now, at)


def one_who_waits(now, at, p, shift):
    scale = between(1, 0.58, p)
    table = moved(kitchen(now, at), between(0, 234 - 568 * scale, p) + shift, between(0, 300 - 300 * scale, p), scale)
    warp = warp_of_dewi(between(0, -220, p)) if p < 1 else ""
    waiting = moved(thread(WAITING, 1, YELLOW_INK), opacity=1 - ease(now, at["both"], 0.5))
    reaching = moved(thread(REACHING, ease(now, at["both"] + 1.5, 1.6), YELLOW_INK), shift)
    return warp + table + waiting + reaching


def three_who_think(now, at, x):
    out = rect(x, 0, WIDTH, HEIGHT, BLUE_TINT)
    out += moved(ring_diary(1, 1, 0), x + 31, 92, 0.62)
    out += moved(laptop(1, 1, False), x + 287, 92, 0.62)
    out += moved(wall_calendar(1, 1, 0), x + 163, 304, 0.62)
    for index, path in enumerate(ROUND):
        out += moved(thread(path, ease(now, at["both"] + 1.2 + index * 0.5, 0.8), BLUE_INK), x - 493)
    return out


def seam(now, at, x, width):
    woven = [ease(now, at["weave"] + i * 0.26, 0.5) for i in range(len(PICKS))]
    begun = [top + thick + 4 for (top, thick), p in zip(PICKS, woven, strict=True) if p > 0]
    curl = f"M{x + width:.1f} 327 c24 2 30 24 12 40 c-20 18 -6 40 8 44 c16 6 18 -16 2 -10"
    finished = at["weave"] + len(PICKS) * 0.26 + 0.3
    return loom(x, width, HEIGHT, woven, max(begun, default=0)) + thread(curl, ease(now, finished, 0.9), BLUE_INK)


def asked(now, at):
    out = ""
    for index, text in enumerate(("Bij welke afspraak", "denk jij: een ander", "belt wel?")):
        shown = ease(now, at["question"] + 1.1 + index * 0.35, 0.8)
        out += words(262, 186 + index * 72, text, 62, font="story", weight=500, opacity=shown)
    return out + words(
        264, 392, "Er is geen goed of fout.", 25, color=SOFT, opacity=ease(now, at["question"] + 3.2, 0.8)
    )


def warp_of_dewi(x=0.0):
    return "".join(
        band(left + x, -13, wide, HEIGHT + 26, YELLOW) for left, wide in ((44, 9), (66, 36), (116, 9), (140, 9))
    )


def picture(now, at):
    """The whole film: the drawing at `now` seconds, as the inside of an SVG."""
    if now >= at["both"]:
        return both(now, at)
    front, weft, leaving = (
        title(now, at) if now < at["down"] else ("", "".join(band(-4, y, 968, t, BLUE) for y, t in WEFT), 1)
    )
    if leaving == 0:
        return front + weft
    above = rect(0, 0, 960 * leaving, HEIGHT, BLUE_TINT) + weft + work(now, at)
    camera = between(0, HEIGHT + 26, ease(now, at["down"], 1.9))
    out = (front if leaving < 1 else rect(0, 0, WIDTH, HEIGHT, LINEN)) + moved(above, 0, -camera)
    if camera > 0:
        bare = rect(0, HEIGHT, WIDTH, 26, PAPER) + "".join(
            fine(f"M{x} {HEIGHT} v26", color=YELLOW) for x in range(12, WIDTH, 24)
        )
        waiting = thread(WAITING, ease(now, at["to_half_past_four"], 3.0), YELLOW_INK)
        below = rect(0, 0, WIDTH, HEIGHT, YELLOW_TINT) + warp_of_dewi() + kitchen(now, at) + waiting
        out += moved(bare, 0, -camera) + moved(below, 0, HEIGHT + 26 - camera)
    return out
