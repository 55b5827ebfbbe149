from stories.models.bookmarks import Bookmark
from stories.models.checking import ThirdPersonCheckTask
from stories.models.consent import ConsentEvent, StoryEvent
from stories.models.desk import StoryDesk
from stories.models.professionals import (
    ArticlePage,
    ArticleTag,
    InterviewPage,
    InterviewTag,
    ProfessionalIndexPage,
)
from stories.models.reactions import HouseRules, PageChoices, Reaction, RuleAcceptance, TalkEvent
from stories.models.release import StoryRelease
from stories.models.story import NotReleased, StoryIndexPage, StoryPage
from stories.models.storyteller import CoWriter, Storyteller, Telling
from stories.models.thanks import ThankYou
from stories.models.theme import StoryTag, Theme
from stories.models.views import PageViews
from stories.models.withdrawal import Withdrawal

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Bookmark",
    "CoWriter",
    "ConsentEvent",
    "HouseRules",
    "InterviewPage",
    "InterviewTag",
    "NotReleased",
    "PageChoices",
    "PageViews",
    "ProfessionalIndexPage",
    "Reaction",
    "RuleAcceptance",
    "StoryDesk",
    "StoryEvent",
    "StoryIndexPage",
    "StoryPage",
    "StoryRelease",
    "StoryTag",
    "Storyteller",
    "TalkEvent",
    "Telling",
    "ThankYou",
    "Theme",
    "ThirdPersonCheckTask",
    "Withdrawal",
]
