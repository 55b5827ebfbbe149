"""The film's times: what is said, shown and heard when, and the captions that follow from it."""

import itertools
import re

from demo_media.constants import LINES, RATE, TAIL
from demo_media.sounds import buzz, keys, pen, pluck, set_down, speak, ticking


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
