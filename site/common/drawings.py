"""The objects of the stories, each drawn in a few lines on a field of 60 by 60; weave.py puts them on a swatch."""

from typing import NamedTuple


def number(value: float) -> str:
    """Return `value` as short as an SVG reads it: one decimal at most, none where there is nothing behind it."""
    return f"{value:.1f}".removesuffix(".0")


class Drawing(NamedTuple):
    """A thing from a story in one hand: strokes on 60 by 60, and the box (x, y, x, y) they really fill."""

    box: tuple[float, float, float, float]
    strokes: tuple[tuple[str, str], ...]


LINE, FULL, FINE = "t-object", "t-object t-object--full", "t-object t-object--fine"


def ring(x: float, y: float, r: float) -> str:
    return f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {number(2 * r)} 0a{r} {r} 0 1 0 -{number(2 * r)} 0"


DRAWINGS = {
    "telephone": Drawing(
        (4, 8, 53, 60),
        (
            (FULL, "M17 25h26l8 23q1.5 5-4 5h-34q-5.500 0-4-5z"),
            (FULL, "M7 23c-2-9 7-15 23-15s25 6 23 15l-1 2h-10l-1-6q-11-3.500-22 0l-1 6h-10z"),
            (LINE, ring(30, 38.5, 8.5)),
            (FINE, ring(30, 38.5, 3) + "M9.500 50c-5 0-6.500 3-4.500 4.500s4.500-1 2.500 1.500s-2 4 1.500 4"),
        ),
    ),
    "stairs": Drawing(
        (3, -7.5, 62, 55),
        (
            (FULL, "M4 55h5v-6.500h7v-6.500h7v-6.500h7v-6.500h7v-6.500h7v-6.500h7v-6.500h4v45.500z"),
            (FINE, "M6.500 55v-22M20 42v-21M34 29v-21M48 16v-20"),
            (LINE, "M3 36L51-7.500"),
        ),
    ),
    "chair": Drawing(
        (4, 0, 60, 61),
        (
            (FULL, "M24 0h34v31h-34z"),
            (FINE, "M41 0v31M24 15h34M20 34h40"),
            (LINE, "M4 10q6 14 5 27l-2 22M9 39h26l2 20M8 49h28"),
            (FINE, "M4 10q7 3 9 12l2 17"),
        ),
    ),
    "bag": Drawing(
        (-2, 3, 62, 56),
        (
            (LINE, "M-2 3h64M2 3v53M58 3v53"),
            (FULL, "M14 30h32q6 0 6 7v13q0 5-5 5h-34q-5 0-5-5v-13q0-7 6-7z"),
            (LINE, "M20 30v-4q0-9 10-9t10 9v4"),
            (FINE, "M20 30v25M40 30v25M24 34h12v5"),
        ),
    ),
    "portrait": Drawing(
        (7, 3, 53, 57),
        (
            (FULL, "M7 3h46v54h-46z"),
            (FINE, "M13 9h34v42h-34z"),
            (LINE, ring(30, 23, 7.5)),
            (LINE, "M21 28c-5 6-3 16 9 19c12-3 14-13 9-19M23 30q9 9 17 1M24 38q6 5 13 0"),
            (FINE, "M26.500 23.500q1.300 1.200 2.600 0M31.500 23.500q1.300 1.200 2.600 0M29 15.500q3-3.500 3.500 .5"),
        ),
    ),
    "envelope": Drawing(
        (4, 15, 56, 51),
        (
            (FULL, "M4 15h52v36h-52z"),
            (LINE, "M4 15L30 36L56 15"),
            (FINE, "M4 51L23 31M56 51L37 31"),
        ),
    ),
    # A form with four names under it, and the pen on the last.
    "signatures": Drawing(
        (7, 2, 57, 58),
        (
            (FULL, "M7 2h30l9 9v47h-39z"),
            (LINE, "M37 2v9h9"),
            (FINE, "M13 10h15M13 21h26M13 31h26M13 41h20M13 51h15"),
            (LINE, "M15 19q3-7 5-2t5-1t5-1t4 1M15 29q2-6 5-3t4 1t6-2t6 2M15 39q3-6 5-2t4-1t4 0M15 49q3-6 5-3t4 0"),
            (FULL, "M30 51l2-6l20-19q3-2 5 0t0 5l-20 18z"),
        ),
    ),
    # The kitchen clock; it is nearly four.
    "clock": Drawing(
        (6, 4, 54, 57),
        (
            (FULL, ring(30, 28, 24)),
            (LINE, "M30 28L25 10M30 28L43 34"),
            (FINE, "M30 7.500v3.500M30 45v3.500M9.500 28h3.500M47 28h3.500" + ring(30, 28, 1.6)),
            (LINE, "M15 49l-4 8M45 49l4 8"),
        ),
    ),
    # A week on paper; Tuesday is a long day.
    "week": Drawing(
        (3, 4, 57, 56),
        (
            (FULL, "M3 9h54v47h-54z"),
            (LINE, "M3 20h54M15 4v10M45 4v10"),
            (FINE, "M10.700 20v36M18.400 20v36M26.100 20v36M33.900 20v36M41.600 20v36M49.300 20v36M3 38h54"),
            (LINE, "M13 25h3M13 29.500h3M13 34h3M13 42.500h3M13 47h3M13 51.500h3"),
            (LINE, "M5.500 26h2.500M20.900 45h2.500M28.500 26h3M36.200 45h3M44 28h3"),
        ),
    ),
    # Two cups of coffee, one of them still warm.
    "cups": Drawing(
        (1, 9, 60, 54),
        (
            (FULL, "M31 28h20v15q0 9-10 9t-10-9z"),
            (LINE, "M51 31q9-1 8 6t-9 7"),
            (FULL, "M4 32h22v13q0 9-11 9t-11-9z"),
            (LINE, "M26 35q8-1 7 5t-8 6"),
            (FINE, "M37 23q-3-3.500 0-7t0-7M45 23q-3-3.500 0-7t0-7"),
        ),
    ),
    # The fridge door, with a note and a child's drawing on it.
    "fridge": Drawing(
        (10, 0, 50, 60),
        (
            (FULL, "M10 4q0-4 4-4h32q4 0 4 4v52h-40z"),
            (LINE, "M10 19h40M15 8v6M15 24v10M15 56v4M45 56v4"),
            (FULL, "M24 25l16-1.500l1 14l-16 1.500z"),
            (FINE, "M28 35l4-5l3 3l2-3.500M36 27.500h.6M26 46l9 .500M26 50l6 .300"),
            (LINE, "M32 22.500v2.500M30.500 42.500h1"),
        ),
    ),
    # A door that stands open.
    "door": Drawing(
        (6, 1, 55, 59),
        (
            (LINE, "M6 58h49M13 58v-57h34v57"),
            (FULL, "M13 1l22 7v51l-22-1z"),
            (LINE, "M29.500 34v3.500"),
            (FINE, "M18 10l12 3.500v14l-12-2zM18 34l7 1M18 34v16l12 .800v-9"),
        ),
    ),
}  # fmt: skip
