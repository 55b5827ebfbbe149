"""Putting it together: frames, sounds and captions become the files."""

import math
import re
import subprocess
import tomllib
from pathlib import Path

from demo_media.constants import FILM, FPS, HEIGHT, LINES, MEDIA, POSTER_AT, RATE, STORY, WIDTH
from demo_media.scenes import picture
from demo_media.screen import Screen
from demo_media.sounds import bell, mix, plate, run, speak, ticking, write_wave
from demo_media.timeline import captions, film_sounds, film_timeline, scenes, vtt

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
