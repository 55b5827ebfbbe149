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
import sys
import tempfile
from pathlib import Path

from demo_media.constants import MEDIA
from demo_media.encode import check_transcript, duration, make_film, make_story


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
