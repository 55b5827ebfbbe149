from stories.models.consent import ConsentEvent, StoryEvent, Unchangeable
from stories.models.desk import StoryDesk
from stories.models.release import StoryRelease
from stories.models.story import NotReleased, StoryIndexPage, StoryPage
from stories.models.storyteller import CoWriter, Storyteller, Telling
from stories.models.thanks import ThankYou
from stories.models.theme import StoryTag, Theme

__all__ = [
    "CoWriter",
    "ConsentEvent",
    "NotReleased",
    "StoryDesk",
    "StoryEvent",
    "StoryIndexPage",
    "StoryPage",
    "StoryRelease",
    "StoryTag",
    "Storyteller",
    "Telling",
    "ThankYou",
    "Theme",
    "Unchangeable",
]
