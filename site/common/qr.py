"""A square that a telephone reads, as the data of one SVG path: a template draws it."""

from dataclasses import dataclass

import segno

QUIET = 4  # empty squares around it, without which nothing reads it


@dataclass(frozen=True)
class Square:
    """`path` is the data of an SVG path in a view box of `side` by `side`."""

    path: str
    side: int


def square_of(address):
    """Return the Square of `address`, that is read even when a part of it is stained (level M, up to 15 %)."""
    rows = segno.make(address, error="m", micro=False).matrix
    dark = ((x, y) for y, row in enumerate(rows, QUIET) for x, bit in enumerate(row, QUIET) if bit)
    return Square("".join(f"M{x} {y}h1v1h-1z" for x, y in dark), len(rows) + 2 * QUIET)
