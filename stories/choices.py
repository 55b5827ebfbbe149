from django.db import models
from django.utils.translation import gettext_lazy as _


class Drawing(models.TextChoices):
    """The object of a story, drawn in a few lines on its swatch (common/weave.py draws it)."""

    NONE = "", _("No drawing, threads only")
    TELEPHONE = "telephone", _("Telephone")
    STAIRS = "stairs", _("Stairs")
    CHAIR = "chair", _("Chair by a window")
    BAG = "bag", _("Bag")
    PORTRAIT = "portrait", _("Portrait in a frame")
    ENVELOPE = "envelope", _("Envelope")
    SIGNATURES = "signatures", _("Signatures")
    CLOCK = "clock", _("Clock")
    WEEK = "week", _("Week in a diary")
    CUPS = "cups", _("Two cups")
    FRIDGE = "fridge", _("Fridge door")
    DOOR = "door", _("Door")


class StoryState(models.TextChoices):
    """Where the newest words of a story are. What readers see is asked of its release, never of this."""

    DRAFT = "draft", _("being made")
    READ_BACK = "read_back", _("to read back")
    RESTING = "resting", _("resting")
    READY = "ready", _("ready to be put online")
    ONLINE = "online", _("online")
    PAUSED = "paused", _("paused")
    WITHDRAWN = "withdrawn", _("taken away")
    EXPIRED = "expired", _("ended")


class Purpose(models.TextChoices):
    """What a storyteller says yes or no to, each by itself. Making is asked first, the others before publishing."""

    MAKING = "making", _("making the story together")
    WEBSITE = "website", _("on the website, for everybody")
    TRAINING = "training", _("in the training, for who takes part")
    READ_ALOUD = "read_aloud", _("read aloud in meetings")
    PRINT = "print", _("in print")
    SOCIAL = "social", _("on social media")


PUBLISHING = (Purpose.WEBSITE, Purpose.TRAINING, Purpose.READ_ALOUD, Purpose.PRINT, Purpose.SOCIAL)


class NameForm(models.TextChoices):
    FIRST_NAME = "first_name", _("with my first name")
    OTHER_NAME = "other_name", _("with another name")
    NO_NAME = "no_name", _("without a name")


class Fee(models.TextChoices):
    """What was agreed about paying for the story."""

    NOT_YET = "not_yet", _("not agreed yet")
    AGREED = "agreed", _("agreed")
    PAID = "paid", _("paid")
    UNWANTED = "unwanted", _("not wanted")


class GivenHow(models.TextChoices):
    ON_SCREEN = "on_screen", _("on the screen")
    SIGNED = "signed", _("signed on paper")
    SPOKEN = "spoken", _("spoken, with a witness")


class StoryAct(models.TextChoices):
    """What happened to a story: an event that stays."""

    BEGUN = "begun", _("begun")
    READ_BACK_ASKED = "read_back_asked", _("asked to read back")
    AGREED = "agreed", _("words agreed")
    RELEASED = "released", _("released")
    CHECKED = "checked", _("checked for other people")
    PUBLISHED = "published", _("put online")
    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("online again")
    EXTENDED = "extended", _("may stay longer")
    WITHDRAWN = "withdrawn", _("taken away")
    EXPIRED = "expired", _("ended")
    ERASED = "erased", _("erased")


class Relation(models.TextChoices):
    """Who tells, seen from the care that the story is about."""

    CHILD = "child", _("child")
    YOUNG_PERSON = "young_person", _("young person")
    PARENT = "parent", _("parent")
    FOSTER_PARENT = "foster_parent", _("foster parent")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("brother or sister")
    INFORMAL_CARER = "informal_carer", _("informal carer")
    PARTNER = "partner", _("partner")
    ADULT = "adult", _("adult who got care before")


class Setting(models.TextChoices):
    """Where the story happened."""

    YOUTH_CARE = "youth_care", _("youth care")
    CHILD_PROTECTION = "child_protection", _("child protection")
    FOSTER_CARE = "foster_care", _("foster care")
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("neighbourhood team")
    SHELTER = "shelter", _("shelter")
    RESIDENTIAL_GROUP = "residential_group", _("living group")
    SCHOOL = "school", _("school")
    ELSEWHERE = "elsewhere", _("somewhere else")


class ArticleKind(models.TextChoices):
    """What a professional wrote, as it is labelled."""

    ESSAY = "essay", _("Essay")
    BLOG = "blog", _("Blog")
    GUIDE = "guide", _("Guide")
    ARTICLE = "article", _("Article")


class PostRhythm(models.TextChoices):
    """When a storyteller hears that there are cards for her; with `never` nobody can write her one."""

    AT_ONCE = "at_once", _("at once")
    WEEKLY = "weekly", _("once a week at most")
    NEVER = "never", _("never: I want no cards")


class CardState(models.TextChoices):
    """How far a card is on its way: its receiver meets it from `passed on` on, and no sooner."""

    WAITING = "waiting", _("somebody reads it along")
    PASSED_ON = "passed_on", _("delivered")
    HELD_BACK = "held_back", _("not delivered")
    REPORTED = "reported", _("reported")
    TAKEN_BACK = "taken_back", _("taken away")


class CardReading(models.TextChoices):
    """What its receiver did with a card."""

    UNREAD = "unread", _("new")
    READ = "read", _("read")
    LATER = "later", _("for later")
    KEPT = "kept", _("kept for yourself")
    SHOWN = "shown", _("shown with the story")


class HeldBack(models.TextChoices):
    """Why a card was not delivered, as its sender reads it."""

    NAMES = "names", _("There is a name or a place in it. Somebody might be recognised.")
    HARSH = "harsh", _("It may come across harder than you mean it.")
    CONTACT = "contact", _("It asks for an address or a number, or gives one. Those do not go by card.")
    TALK = "talk", _("We want to talk about it with you first. Call us, or we call you.")


# ── Beside a page: reactions and the counter ───────────────────────────────────
class Talk(models.TextChoices):
    """Whether people may react under a page; its storyteller says so, or the editor of a page that is no story."""

    OFF = "off", _("no reactions")
    ON = "on", _("reactions")
    READ_FIRST = "read_first", _("reactions, and somebody reads each one along first")


class ReactionState(models.TextChoices):
    """Whether a reaction stands under its page. What was taken away has no words any more."""

    WAITING = "waiting", _("somebody reads it along")
    SHOWN = "shown", _("shown")
    HELD_BACK = "held_back", _("held back")
    TAKEN_AWAY = "taken_away", _("taken away")


class HeldReaction(models.TextChoices):
    """Why a reaction is held back, as its writer reads it."""

    NAMES = "names", _("There is a name or a place in it. Somebody might be recognised.")
    HARSH = "harsh", _("It may come across harder than you mean it.")
    SHUTS_OUT = "shuts_out", _("Some words in it shut people out. Can you say it in everyday words?")
    TALK = "talk", _("We want to talk about it with you first. Call us, or we call you.")


class TalkAct(models.TextChoices):
    """What somebody did with the reactions under a page: a line that stays as long as they do."""

    CHANGED = "changed", _("chose about the reactions")
    CLOSED = "closed", _("closed the reactions")
    OPENED = "opened", _("opened the reactions")
    SUMMARISED = "summarised", _("wrote the summary")
    HELD_BACK = "held_back", _("held a reaction back")
    SHOWN = "shown", _("let a reaction show")
