"""Pen lines, words and patches of colour as SVG, and the things that are drawn with them."""

import math
import re

from demo_media.constants import BLUE_INK, HAIR, INK, PAPER, SOFT, YELLOW_TINT


def clamp(value):
    return max(0.0, min(1.0, value))


def ease(now, start, seconds):
    """How far something is that begins at `start`: 0 to 1, slow at both ends."""
    p = clamp((now - start) / seconds)
    return p * p * (3 - 2 * p)


def between(a, b, p):
    return a + (b - a) * p


def line(d, p=1.0, width=4.2, color=INK, fill=None):
    """A pen line, drawn as far as `p`; its paper comes with it."""
    if p <= 0:
        return ""
    paper = f'<path d="{d}" fill="{fill}" opacity="{clamp(p * 1.6):.3f}"/>' if fill else ""
    parts = re.findall(r"M[^M]+", d)
    drawn = []
    for index, part in enumerate(parts):
        here = clamp(p * len(parts) - index)
        if here:
            dash = "" if here >= 1 else f' pathLength="1" stroke-dasharray="{here:.4f} 2"'
            drawn.append(f'<path d="{part}"{dash}/>')
    return (
        f'{paper}<g fill="none" stroke="{color}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round">{"".join(drawn)}</g>'
    )


def fine(d, p=1.0, color=INK, fill=None):
    return line(d, p, 2.6, color, fill)


def thread(d, p, color):
    return line(d, p, 4, color)


def rect(x, y, width, height, fill, extra=""):
    if width <= 0 or height <= 0:
        return ""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}" {extra}/>'


def band(x, y, width, height, color):
    return rect(x, y, width, height, color) + rect(x, y, width, height, "url(#twill)")


def words(x, y, text, size, *, font="ui", weight=400, color=INK, opacity=1.0, anchor="start"):
    if opacity <= 0:
        return ""
    spacing = "-.02em" if font == "story" else "-.006em"
    return (
        f'<text x="{x}" y="{y}" font-family="{font}" font-size="{size}" font-weight="{weight}" fill="{color}" '
        f'opacity="{opacity:.3f}" text-anchor="{anchor}" letter-spacing="{spacing}">{text}</text>'
    )


def moved(inner, x=0.0, y=0.0, scale=1.0, turn=0.0, opacity=1.0):
    if not inner or opacity <= 0:
        return ""
    change = f"translate({x:.2f} {y:.2f}) scale({scale:.4f}) rotate({turn:.3f})"
    return f'<g transform="{change}" opacity="{opacity:.3f}">{inner}</g>'


def wiped(inner, name, x, y, width, height):
    if width <= 0:
        return ""
    clip = f'<clipPath id="{name}">{rect(x, y, width, height, "#000")}</clipPath>'
    return f'{clip}<g clip-path="url(#{name})">{inner}</g>'


# the things, each in its own small space


def appointment(name, p, writing):
    """Tuesday in a diary: the day, and the appointment as far as it is written."""
    day = words(38, 46, "dinsdag", 26, weight=600, opacity=clamp(p * 3 - 2))
    rules = fine("M30 62 H200", clamp(p * 2 - 1), HAIR) + fine("M30 132 H200", clamp(p * 2 - 1), HAIR)
    rules += fine("M30 172 H200", clamp(p * 2 - 1), HAIR)
    hour = words(34, 116, "16.00", 27, opacity=clamp(p * 3 - 2), color=SOFT)
    dewi = wiped(words(114, 116, "Dewi", 33, weight=700, color=BLUE_INK), f"w-{name}", 112, 76, 86 * writing, 56)
    return rules + day + hour + dewi


def pencil(writing, p=1.0):
    """A pencil whose point follows the writing, and then lies down beside it."""
    if p <= 0:
        return ""
    shape = line("M0 0 L9 -19 L62 -72 L74 -60 L21 -9 Z", 1, 3.6, INK, PAPER) + fine("M9 -19 L21 -9 M54 -64 L66 -52")
    x, y = 114 + 78 * writing, 114 + 3 * math.sin(writing * 30) * (writing < 1)
    return moved(shape, x, y, opacity=clamp(p))


def ring_diary(p, writing, holding):
    page = line("M20 0 H206 Q212 0 212 6 V200 Q212 206 206 206 H20 Q14 206 14 200 V6 Q14 0 20 0 Z", p, fill=PAPER)
    rings = "".join(line(f"M4 {y} H24", clamp(p * 2 - 1), 4.2) for y in range(22, 200, 32))
    ribbon = fine("M168 206 V238 L176 228 L184 238 V206", clamp(p * 2 - 1), fill=PAPER)
    return ribbon + page + rings + appointment("linda", p, writing) + pencil(writing, holding)


def laptop(p, writing, blink):
    screen = line("M22 0 H198 Q206 0 206 8 V152 H14 V8 Q14 0 22 0 Z", p, fill=PAPER)
    base = line("M14 152 H206 L226 196 Q228 204 220 204 H0 Q-8 204 -6 196 Z", p, fill=PAPER)
    keyboard = fine("M26 168 H194 M20 182 H200", clamp(p * 2 - 1), INK)
    caret = fine(f"M{118 + 76 * writing:.1f} 90 V120", color=BLUE_INK) if blink else ""
    inside = moved(appointment("peter", p, writing), 0, -6)
    return screen + wiped(inside, "screen", 16, 2, 188, 148) + base + keyboard + moved(caret, 0, -6)


def wall_calendar(p, writing, holding):
    cord = fine("M62 20 L112 -18 L162 20", p)
    board = line("M10 14 H212 V182 L188 206 H10 Z", p, fill=PAPER)
    fold = fine("M212 182 H188 V206", clamp(p * 2 - 1), fill=PAPER)
    rings = line("M62 4 V24 M162 4 V24", clamp(p * 2 - 1))
    nail = line("M112 -18 v.1", p, 8)
    inside = appointment("hasna", p, writing) + pencil(writing, holding)
    return cord + nail + board + rings + fold + moved(inside, 0, 16)


def phone(p, clock, message=0.0):
    """Dewi's phone: 108 x 196. On its screen the time, and for a while a message."""
    case = line("M18 0 H90 Q108 0 108 18 V178 Q108 196 90 196 H18 Q0 196 0 178 V18 Q0 0 18 0 Z", p, 4.6, fill=PAPER)
    marks = fine("M44 15 H64 M38 182 H70", clamp(p * 2 - 1))
    shown = words(54, 82, clock, 35, weight=700, opacity=clamp(p * 3 - 2), anchor="middle")
    note = fine("M13 104 H95 V148 H13 Z", 1, INK, YELLOW_TINT) + words(54, 135, "Bieb", 25, weight=600, anchor="middle")
    return case + marks + shown + moved(note, opacity=message)


def cup(p, warmth, now):
    """A cup of tea: base in the middle at 0,0. `warmth` is how much steam there is, 1 to 0."""
    saucer = line("M-74 0 H74", p)
    ear = line("M44 -70 C84 -76 88 -28 38 -26", p)
    body = line("M-48 -88 H48 V-34 Q48 -4 20 -4 H-20 Q-48 -4 -48 -34 Z", p, fill=PAPER)
    label = fine("M-14 -88 Q-20 -72 -18 -58", p) + fine("M-30 -58 H-6 V-32 H-30 Z", clamp(p * 2 - 1), fill=PAPER)
    steam = ""
    for index, x in enumerate((-22, 2, 26)):
        here = clamp(warmth * 3 - (1, 2, 0)[index]) * clamp(p * 2 - 1)
        sway = 5 * math.sin(now * 1.1 + index * 1.9)
        tall = 15 + 5 * here
        d = f"M{x} -106 q{-11 + sway:.1f} {-tall:.1f} 0 {-2 * tall:.1f} t{sway:.1f} {-2 * tall:.1f}"
        steam += moved(fine(d), opacity=here)
    return saucer + ear + body + label + steam


def teapot(p):
    hoop = line("M-60 -104 C-66 -206 66 -206 60 -104", p)
    spout = line("M84 -22 C132 -28 122 -84 150 -104 L128 -112 C104 -92 112 -62 84 -62 Z", p, fill=PAPER)
    body = line("M-64 0 Q-98 -16 -98 -56 Q-98 -108 -34 -112 H34 Q98 -108 98 -56 Q98 -16 64 0 Z", p, fill=PAPER)
    lid = line("M-36 -112 Q-34 -130 0 -130 Q34 -130 36 -112", p, fill=PAPER) + line("M0 -138 v.1", p, 13)
    return hoop + spout + body + lid + fine("M-94 -44 Q0 -18 94 -44", clamp(p * 2 - 1))


def wall_clock(p, minutes):
    """A clock around 0,0; `minutes` since noon."""
    face = line("M0 -80 A80 80 0 0 1 0 80 A80 80 0 0 1 0 -80 Z", p, 4.6, fill=PAPER)
    marks = "".join(
        moved(fine(f"M0 -68 V{-56 if hour % 3 == 0 else -62}", clamp(p * 2 - 1)), turn=hour * 30) for hour in range(12)
    )
    hour = moved(line("M0 8 V-36", clamp(p * 2 - 1), 5.4), turn=minutes / 2)
    minute = moved(line("M0 10 V-54", clamp(p * 2 - 1), 3.8), turn=minutes * 6)
    return face + marks + hour + minute + line("M0 0 v.1", clamp(p * 2 - 1), 10)
