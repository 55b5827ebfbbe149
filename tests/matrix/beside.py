"""What people keep and what they write under a story, each with a planted word: a note is its owner's alone; a reaction
is read by everybody once it shows, and by its writer and who looks after reactions before and after that.
"""

import uuid

from stories.choices import Talk
from stories.domain.keeping import keep_page, write_note
from stories.domain.moderating import hold_back
from stories.domain.reacting import Said, react
from stories.domain.talking import choose_talk
from stories.models import StoryPage
from tests.matrix.cards import SLUG

LOOK_AFTER = "marieke ilse roel petra"
NOWHERE = uuid.UUID(int=7)
CHOICES = {"talk": "on", "closing": "open", "day": "", "reason": "", "summary": "Kort gezegd."}


def keep_and_react(world):
    story = world.story_of_noor = StoryPage.objects.get(slug=SLUG)
    kept = keep_page(story, by=world.samira)
    world.kept = write_note(kept, note=world.words.plant("a note with what samira keeps", "samira"), labels=[])
    label = world.words.plant("a label of what samira keeps", "samira")
    write_note(kept, note=world.kept.note_text, labels=[label])

    def reaction(place, by, readers):
        words = world.words.plant(place, readers)
        return react(story, Said(words), by=by, token=uuid.uuid4(), accepts_rules=True)

    choose_talk(story, talk=Talk.READ_FIRST, shows_views=False, by=world.noor)
    world.reaction_waiting = reaction("a reaction that waits", world.samira, f"samira {LOOK_AFTER}")
    choose_talk(story, talk=Talk.ON, shows_views=False, by=world.noor)
    everybody = "visitor stranger samira daan noor ilse roel petra"
    world.reaction_shown = reaction("a reaction that shows", world.samira, f"marieke {everybody}")
    held = reaction("a reaction that is held back", world.daan, f"daan {LOOK_AFTER}")
    world.reaction_held_back = hold_back(held, reason="harsh", by=world.ilse)


def page_key(slug):
    return lambda world: {"page_key": StoryPage.objects.get(slug=slug).translation_key}


def reaction_of(name):
    return lambda world: {"uuid": getattr(world, f"reaction_{name}").uuid}


NO_PAGE = {"none": lambda world: {"page_key": NOWHERE}}
NO_ROW = {"none": lambda world: {"uuid": NOWHERE}}
PAGES = {"noor's": page_key(SLUG), "members'": page_key("voor-leden"), "draft": page_key("concept")} | NO_PAGE
REACTIONS = {"shown": reaction_of("shown"), "waiting": reaction_of("waiting"), "held back": reaction_of("held_back")}

OBJECTS = {
    "keep": PAGES,
    "kept": {"samira's": lambda world: {"uuid": world.kept.uuid}} | NO_ROW,
    "react": PAGES,
    "talk": PAGES,
    "reaction": REACTIONS | NO_ROW,
    "own_reaction": REACTIONS | NO_ROW,
    "check_reaction": REACTIONS | NO_ROW,
    "story_talk": {
        "noor's": lambda world: {"story_key": world.story_of_noor.translation_key},
        "another's": lambda world: {"story_key": world.story.translation_key},
        "none": lambda world: {"story_key": NOWHERE},
    },
}
BODIES = {
    "kept": lambda world: {"note": "Anders.", "labels": ""},
    "react": lambda world: {"words": "Ook hier.", "token": str(NOWHERE), "accepts": "on"},
    "own_reaction": lambda world: {"words": "Anders gezegd."},
    "check_reaction": lambda world: {"act": "show"},
    "talk": lambda world: CHOICES,
    "story_talk": lambda world: CHOICES,
}
