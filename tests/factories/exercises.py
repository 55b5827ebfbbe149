"""Exercises with prompts whose ids follow from their names: `prompt_of(exercise, "open")`."""

from django.utils.text import slugify

from tests.factories.pages import add_page, block_id
from training.models import ExercisePage


def raw_prompt(kind, name=None, **value):
    """A prompt of `kind` as the database holds it; `name` (by default the kind) gives its id."""
    return {"type": kind, "id": block_id(f"prompt {name or kind}"), "value": BASE[kind] | value}


BASE = {
    "open": {
        "question": "Waar denk je aan?",
        "maker": "Noor",
        "help": "",
        "variants": [
            {
                "type": "item",
                "id": block_id("variant"),
                "value": {"work": "manager", "question": "Waar denk jij aan als leider?"},
            }
        ],
        "hints": [],
    },
    "statement": {"question": "Ik vraag door.", "maker": "Jesse", "pole_low": "Past niet", "pole_high": "Past"},
    "boxes": {
        "question": "Wie staan er om je heen?",
        "boxes": [
            {"type": "box", "id": block_id("box thuis"), "value": {"label": "Thuis"}},
            {"type": "box", "id": block_id("box werk"), "value": {"label": "Op het werk"}},
        ],
    },
    "intention": {"question": "Wat neem je je voor?", "opening": "Als ik thuiskom"},
    "talk": {
        "question": "Vertel elkaar wat je hoorde.",
        "rounds": [{"type": "round", "id": block_id("round 1"), "value": {"minutes": 5, "text": "Luister."}}],
    },
}


def all_five():
    return [raw_prompt(kind) for kind in ("open", "statement", "boxes", "intention", "talk")]


def add_exercise(index, title="Wat doet dit met je?", *, prompts=None, **fields):
    fields = {"slug": slugify(title), "prompts": all_five() if prompts is None else prompts} | fields
    return add_page(index, ExercisePage(title=title, **fields))


def prompt_of(exercise, name):
    return exercise.prompt(block_id(f"prompt {name}"))
