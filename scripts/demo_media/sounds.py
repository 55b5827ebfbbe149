"""The voice and the sounds, as lists of samples."""

import array
import math
import subprocess
import wave

from demo_media.constants import RATE, RESPELLED


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
