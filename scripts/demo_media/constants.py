"""What the film and the sound file share: places, sizes, colours and the lines that are spoken."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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
