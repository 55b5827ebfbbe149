"""Make the demo's film and sound file anew: draw the frames, speak the text, mix the sounds, encode.

    python scripts/make_demo_media.py            # everything
    python scripts/make_demo_media.py --still 12.5 frame.png   # one frame of the film, to look at

The made files are in the repository, so this is only needed to change them. Besides the development
packages (playwright) it needs `ffmpeg`, `espeak-ng` and Chromium: on Debian `apt-get install -y ffmpeg
espeak-ng chromium`. The sound of the story is read from `media.toml`: its transcript is what is spoken,
lines in [brackets] are sounds. After a run, put the printed durations in `media.toml`.
Colours and line drawings follow the site: yellow is the storyteller, blue is you, green is where they cross.
"""

import argparse
import array
import base64
import functools
import itertools
import math
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import wave
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "site" / "static" / "fonts"
MEDIA = ROOT / "training" / "demo" / "media"
FILM = "drie-hulpverleners-een-agenda"
STORY = "het-belletje"

WIDTH, HEIGHT, FPS = 960, 540, 25
RATE = 22050  # what espeak-ng gives
POSTER_AT = 3.4  # seconds: the title, with everything drawn

# the site's light tokens
LINEN, PAPER, INK, SOFT, HAIR = "#F6F8F5", "#FFFFFF", "#14231C", "#4A5A52", "#D5DED8"
YELLOW, YELLOW_TINT, YELLOW_INK = "#FFD35C", "#FFF3CC", "#6B4A00"
BLUE, BLUE_TINT, BLUE_INK = "#8DBDF2", "#E2EEFB", "#1B4B8A"
GREEN = "#2B8860"

# What the voice says in the film: key, seconds of silence before it, text.
LINES = [
    ("title", 0.8, "Drie hulpverleners, één agenda."),
    ("linda", 2.1, "Linda schrijft: dinsdag vier uur, Dewi bellen."),
    ("linda_thinks", 0.4, "Ze denkt: Peter belt."),
    ("peter", 0.9, "Peter ook. Hij denkt: Hasna belt."),
    ("hasna", 0.9, "En Hasna. Zij denkt: Linda belt."),
    ("half_past_three", 2.6, "Half vier. Dewi zet thee. Om vier uur belt er iemand."),
    ("four", 1.5, "Vier uur."),
    ("half_past_four", 3.4, "Half vijf. De telefoon trilt. Het is de bieb."),
    ("five", 1.6, "Vijf uur. De thee is koud."),
    ("three_people", 1.5, "Drie mensen dachten aan haar. Dewi weet dat niet."),
    ("question", 1.5, "Bij welke afspraak denk jij: een ander belt wel?"),
]
TAIL = 2.9  # seconds the question stays

# espeak-ng says these words better when they are spelled so
RESPELLED = {"gekkenhuis": "gekkehuis", "weekend": "wiekent", "bieb": "biep"}


# ── voice and sounds ──


def run(*command, **kwargs):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, **kwargs)


def read_wave(path):
    with wave.open(str(path)) as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    return [sample / 32768 for sample in samples]


def write_wave(path, samples):
    with wave.open(str(path), "w") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array.array("h", [int(max(-1, min(1, s)) * 32767) for s in samples]).tobytes())


def trimmed(samples, threshold=0.004):
    loud = [index for index, sample in enumerate(samples) if abs(sample) > threshold]
    return samples[loud[0] : loud[-1] + int(0.04 * RATE)] if loud else []


def speak(text, voice, folder):
    """The spoken text as samples, without silence around it, softened and at one loudness."""
    for word, spelling in RESPELLED.items():
        text = text.replace(word, spelling)
    raw, warm = folder / "raw.wav", folder / "warm.wav"
    run("espeak-ng", *voice, "-w", raw, text)
    run(
        *("ffmpeg", "-y", "-v", "error", "-i", raw, "-af"),
        # less of what makes it sound like a machine: the buzz at the top, the hardness around 3 kHz; a small room
        "highpass=f=85,equalizer=f=180:t=q:w=1:g=2,equalizer=f=3000:t=q:w=0.8:g=-4.5,lowpass=f=5600,"
        "acompressor=threshold=0.12:ratio=3:attack=4:release=90,aecho=0.92:0.7:17|29|41:0.10|0.07|0.05,afade=t=in:d=0.015",
        *("-ar", RATE, warm),
    )
    samples = trimmed(read_wave(warm))
    loudness = math.sqrt(sum(s * s for s in samples) / len(samples))
    return [s * 0.105 / loudness for s in samples]


def noise():
    """A repeatable hiss: the same file comes out every time."""
    state = 1
    while True:
        state = (1103515245 * state + 12345) % 2**31
        yield state / 2**30 - 1


def partials(seconds, parts, attack=0.004):
    """A struck thing: `parts` are (hertz, loudness, seconds until it has faded to a third)."""
    return [
        min(1, n / (attack * RATE))
        * sum(gain * math.exp(-n / RATE / fade) * math.sin(math.tau * hertz * n / RATE) for hertz, gain, fade in parts)
        for n in range(int(seconds * RATE))
    ]


def pluck(hertz, gain=0.06):
    return partials(2.4, [(hertz, gain, 0.6), (hertz * 2, gain * 0.28, 0.3), (hertz * 3, gain * 0.08, 0.15)], 0.012)


def tick(high):
    parts = [(2350, 0.034, 0.006), (1270, 0.03, 0.009)] if high else [(1900, 0.03, 0.007), (930, 0.028, 0.011)]
    return partials(0.07, parts, 0.0006)


def ticking(seconds):
    beats = [(beat, tick(round(beat) % 2 == 0)) for beat in range(int(seconds) + 1)]
    return mix(seconds + 0.1, beats)


def pen(seconds, gain=0.1):
    """Strokes of a pen: hiss between 1.5 and 4 kHz, louder in the middle of each stroke."""
    low = lower = 0.0
    samples = []
    for n, hiss in zip(range(int(seconds * RATE)), noise(), strict=False):
        low += 0.62 * (hiss - low)
        lower += 0.30 * (low - lower)
        stroke = abs(math.sin(math.tau * 2.7 * n / RATE)) ** 1.5 * (0.7 + 0.3 * math.sin(math.tau * 1.1 * n / RATE))
        edge = min(1, n / (0.05 * RATE), (seconds * RATE - n) / (0.1 * RATE))
        samples.append(gain * 3 * (low - lower) * stroke * edge)
    return samples


def keys(count):
    return mix(
        count * 0.17 + 0.2, [(i * 0.17, partials(0.05, [(1500, 0.03, 0.006), (420, 0.05, 0.01)])) for i in range(count)]
    )


def buzz():
    """A phone that trembles on a table, twice."""
    once = []
    for n in range(int(0.42 * RATE)):
        edge = min(1, n / (0.03 * RATE), (0.42 * RATE - n) / (0.06 * RATE))
        phase = math.tau * 152 * n / RATE
        once.append(0.075 * edge * (math.sin(phase) + 0.5 * math.sin(2 * phase) + 0.3 * math.sin(3 * phase + 1)))
    return mix(1.1, [(0, once), (0.6, once)])


def set_down():
    return partials(0.3, [(190, 0.11, 0.03), (1650, 0.03, 0.03), (2900, 0.015, 0.02)], 0.001)


def plate():
    return partials(0.9, [(1720, 0.022, 0.12), (2810, 0.018, 0.10), (4330, 0.009, 0.06), (260, 0.05, 0.02)], 0.001)


def bell():
    """The bell of an old telephone, touched and not rung."""
    parts = [(1180, 0.030, 0.9), (1187, 0.024, 0.8), (2540, 0.016, 0.5), (3910, 0.008, 0.3)]
    return partials(3, parts, 0.002)


def mix(seconds, sounds):
    total = [0.0] * int(seconds * RATE)
    for at, samples in sounds:
        start = int(at * RATE)
        for index, sample in enumerate(samples[: len(total) - start], start):
            total[index] += sample
    return total


# ── the film's times ──


def film_timeline(folder):
    """What is said when: (key -> (start, end)), the samples to mix, and the length, all in seconds."""
    times, sounds, now = {}, [], 0.0
    for key, gap, text in LINES:
        samples = speak(text, ("-v", "nl+f2", "-s", "152", "-p", "32", "-g", "1"), folder)
        now += gap
        times[key] = (now, now + len(samples) / RATE)
        sounds.append((now, samples))
        now = times[key][1]
    return times, sounds, now + TAIL


def scenes(times):
    """The moments at which the pictures change, taken from the voice."""
    starts = {key: start for key, (start, _end) in times.items()}
    ends = {key: end for key, (_start, end) in times.items()}
    return {
        "work": ends["title"] + 0.5,  # the title makes way for the diaries
        "linda": ends["title"] + 0.9,
        "linda_writes": starts["linda"] - 0.15,
        "linda_thinks": starts["linda_thinks"] + 0.2,
        "peter": starts["peter"] - 1.6,
        "peter_writes": starts["peter"] - 0.4,
        "peter_thinks": ends["peter"] - 1.4,
        "hasna": starts["hasna"] - 1.6,
        "hasna_writes": starts["hasna"] - 0.4,
        "hasna_thinks": ends["hasna"] - 1.4,
        "down": ends["hasna"] + 1.0,  # the camera goes down to the kitchen table
        "to_four": ends["half_past_three"] + 0.3,
        "four": starts["four"] - 0.2,
        "to_half_past_four": ends["four"] + 0.7,
        "buzz": starts["half_past_four"] - 1.3,
        "to_five": ends["half_past_four"] + 0.2,
        "five": starts["five"] - 0.2,
        "both": ends["five"] + 0.7,  # table and diaries beside each other
        "question": ends["three_people"] + 0.8,
        "weave": starts["question"] + 0.2,
        "end": ends["question"] + TAIL,
    }


def film_sounds(at):
    notes = [(0.1, pluck(293.66)), (0.4, pluck(440, 0.045)), (0.7, pluck(587.33, 0.03))]
    ending = [(at["question"] + 0.5, pluck(293.66)), (at["question"] + 0.9, pluck(369.99, 0.05))]
    ending += [(at["end"] - 2.6, pluck(440, 0.045)), (at["end"] - 2.2, pluck(587.33, 0.03))]
    return [
        *notes,
        *ending,
        (at["linda_writes"], pen(1.1)),
        (at["peter_writes"], keys(5)),
        (at["hasna_writes"], pen(0.9)),
        (at["down"] + 0.85, set_down()),
        (at["down"] + 1.2, ticking(at["both"] - at["down"] - 1.3)),
        (at["buzz"], buzz()),
    ]


def captions(times, at):
    """The cues of the caption file: (start, end, text), never two at once."""
    said = {key: text for key, _gap, text in LINES}
    cues = [(0.1, 0.78, "[zachte tonen]")]
    for key, (start, end) in times.items():
        sound = {"linda": "[een pen schrijft]", "peter": "[toetsen]", "hasna": "[een pen schrijft]"}.get(key)
        cues.append((start, end + 0.25, f"{sound}\n{said[key]}" if sound else said[key]))
    cues.append((at["down"] + 0.15, times["half_past_three"][0] - 0.05, "[een kopje op tafel]"))
    cues.append((times["half_past_three"][1] + 0.3, times["four"][0] - 0.05, "[de klok tikt]"))
    cues.append((times["four"][1] + 0.3, at["buzz"] - 0.05, "[de klok tikt]"))
    cues.append((at["buzz"], times["half_past_four"][0] - 0.05, "[telefoon trilt]"))
    cues.append((times["half_past_four"][1] + 0.3, times["five"][0] - 0.05, "[de klok tikt]"))
    cues.append((times["five"][1] + 0.3, times["three_people"][0] - 0.05, "[de klok is stil]"))
    cues.append((at["end"] - 2.6, at["end"] - 0.2, "[zachte tonen]"))
    cues.sort()
    return [
        (start, min(end, later[0] - 0.02), text) for (start, end, text), later in itertools.pairwise([*cues, (1e6,)])
    ]


def stamp(seconds):
    minutes, seconds = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{seconds:06.3f}"


def vtt(cues):
    blocks = [f"{number}\n{stamp(a)} --> {stamp(b)}\n{wrapped(text)}" for number, (a, b, text) in enumerate(cues, 1)]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def wrapped(text):
    """Two lines of about the same length where one would be too long."""
    if "\n" in text or len(text) <= 40:
        return text
    spaces = [match.start() for match in re.finditer(" ", text)]
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2) - (8 if text[i - 1] in ".:," else 0))
    return text[:middle] + "\n" + text[middle + 1 :]


# ── drawing ──


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


# ── the scenes ──

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


# ── putting it together ──


def page_source():
    def face(family, file):
        data = base64.b64encode((FONTS / file).read_bytes()).decode()
        url = f"data:font/woff2;base64,{data}"
        return f'@font-face{{font-family:{family};font-weight:200 900;src:url({url}) format("woff2")}}'

    fonts = face("ui", "atkinson-hyperlegible-next-latin-wght-normal.woff2")
    fonts += face("story", "literata-latin-wght-normal.woff2")
    twill = (
        '<pattern id="twill" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2.4" height="6" fill="#fff" fill-opacity=".3"/></pattern>'
    )
    return (
        f"<!doctype html><style>{fonts}body{{margin:0}}svg{{display:block}}</style>"
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs>{twill}</defs><g id="g"></g></svg>'
    )


class Screen:
    """Chromium as a drawing table: an SVG in, a PNG of twice the size out."""

    def __enter__(self):
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=shutil.which("chromium"))
        size = {"width": WIDTH, "height": HEIGHT}
        self.page = self.browser.new_page(viewport=size, device_scale_factor=2)
        self.page.set_content(page_source())
        self.page.evaluate(
            "Promise.all(['500 20px story', '400 20px ui', '700 20px ui'].map(f => document.fonts.load(f)))"
        )
        return self

    def __exit__(self, *_error):
        self.browser.close()
        self.playwright.stop()

    @functools.lru_cache(maxsize=1)  # noqa: B019  # a still moment is drawn once
    def shot(self, svg):
        self.page.evaluate("svg => { document.getElementById('g').innerHTML = svg }", svg)
        return self.page.screenshot(type="png")


SMALLER = f"scale={WIDTH}:{HEIGHT}:flags=lanczos"
FFMPEG = ("ffmpeg", "-y", "-v", "error")
FOR_ALL_PHONES = (
    "-c:v libx264 -profile:v baseline -level 3.1 -preset veryslow -tune animation -crf 28 -g 300 -sc_threshold 0"
)
COLOURS = "-colorspace bt709 -color_primaries bt709 -color_trc bt709"
SOUND = "-af alimiter=limit=0.7:level=false -c:a aac -b:a 40k -ac 1 -movflags +faststart -map_metadata -1"


def encode_film(frames, sound, target):
    command = [*FFMPEG, *f"-f image2pipe -c:v png -framerate {FPS} -i - -i".split(), sound]
    command += ["-vf", f"{SMALLER}:out_color_matrix=bt709:out_range=tv,format=yuv420p"]
    command += [*FOR_ALL_PHONES.split(), *COLOURS.split(), *SOUND.split(), target]
    with subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE) as encoder:
        for frame in frames:
            encoder.stdin.write(frame)
    if encoder.returncode:
        raise SystemExit("ffmpeg could not make the film.")


def make_poster(png, folder, target):
    (folder / "poster.png").write_bytes(png)
    run(*FFMPEG, "-i", folder / "poster.png", "-vf", SMALLER, "-q:v", "5", "-huffman", "optimal", target)


def make_film(folder, still=None):
    times, voice, length = film_timeline(folder)
    at = scenes(times)
    with Screen() as screen:
        if still:
            seconds, target = still
            Path(target).write_bytes(screen.shot(picture(float(seconds), at)))
            return
        make_poster(screen.shot(picture(POSTER_AT, at)), folder, MEDIA / f"{FILM}.jpg")
        write_wave(folder / "film.wav", mix(length, [*voice, *film_sounds(at)]))
        (MEDIA / f"{FILM}.vtt").write_text(vtt(captions(times, at)), encoding="utf-8")
        frames = (screen.shot(picture(number / FPS, at)) for number in range(math.ceil(length * FPS)))
        encode_film(frames, folder / "film.wav", MEDIA / f"{FILM}.mp4")


def transcript_of(key):
    return tomllib.loads((MEDIA / "media.toml").read_text(encoding="utf-8"))[key]["transcript"]


def check_transcript():
    missing = [text for _key, _gap, text in LINES if text not in transcript_of(FILM)]
    if missing:
        raise SystemExit(f"Not in the transcript in media.toml: {missing}")


def make_story(folder):
    """Read the transcript aloud. A line in [brackets] is a sound: plates, or a bell that does not ring."""
    now, sounds = 1.0, []
    for paragraph in transcript_of(STORY).strip().split("\n\n"):
        if paragraph.startswith("["):
            now += add_story_sound(paragraph, now, sounds)
            continue
        for sentence in re.findall(r"[^.?]+[.?]’?", paragraph):
            samples = speak(sentence.strip(" ‘’\n"), ("-v", "nl", "-s", "136", "-p", "38", "-g", "2"), folder)
            sounds.append((now, samples))
            now += len(samples) / RATE + 0.38
        now += 0.62
    length = now + 1.2
    write_wave(folder / "story.wav", mix(length, [*sounds, (0.2, ticking(length - 1.4))]))
    run(*FFMPEG, "-i", folder / "story.wav", *SOUND.split(), MEDIA / f"{STORY}.m4a")


def add_story_sound(paragraph, now, sounds):
    """Add the sound that `paragraph` describes and return how many seconds it takes."""
    if "bel" in paragraph:
        sounds.append((now, bell()))
        return 2.6
    if "bord" in paragraph:
        sounds.extend((now + step, plate()) for step in (0, 0.75, 1.5))
        return 3.2
    return 2.2  # only the clock


def duration(file):
    probe = run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file)
    return float(probe.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--still", nargs=2, metavar=("SECONDS", "FILE"), help="draw one frame and stop")
    parser.add_argument("--only", choices=("film", "story"), help="make one of the two")
    options = parser.parse_args()
    check_transcript()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "story":
            make_film(folder, options.still)
        if options.only != "film" and not options.still:
            make_story(folder)
    for file in sorted(MEDIA.glob("*.m*[4a]")):
        sys.stdout.write(f"{file.name}: {duration(file):.1f} seconds, {file.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
