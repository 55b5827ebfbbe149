"""The words of planning, in one place: groups, places, meetings, attendance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


ENDED_GROUPS = [GroupState.FINISHED, GroupState.CANCELLED]


class PlaceState(models.TextChoices):
    PREPARED = "prepared", _("prepared")
    INVITED = "invited", _("invited")
    WAITING = "waiting", _("waiting list")
    ENROLLED = "enrolled", _("takes part")
    DECLINED = "declined", _("won't come")
    WITHDRAWN = "withdrawn", _("withdrew")
    MOVED = "moved", _("moved")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")


# A seat is held from the moment that a coordinator puts somebody in; who waits holds none.
SEATED = [PlaceState.PREPARED, PlaceState.INVITED, PlaceState.ENROLLED, PlaceState.FINISHED]
LIVE = [*SEATED, PlaceState.WAITING]
# These people sit in the group together: they meet, and may write each other.
TOGETHER = [PlaceState.ENROLLED, PlaceState.FINISHED]


class PlaceSource(models.TextChoices):
    COORDINATOR = "coordinator", _("put in by the coordinator")
    IMPORT = "import", _("from a list")
    ONESELF = "oneself", _("by themselves")
    MOVE = "move", _("from another group")


class WaitingList(models.TextChoices):
    AUTOMATIC = "automatic", _("The first who waits gets a free seat at once")
    BY_HAND = "by_hand", _("I choose who gets a free seat")


class Region(models.TextChoices):
    """The three regions of the Dutch school holidays."""

    NORTH = "noord", _("North")
    MIDDLE = "midden", _("Middle")
    SOUTH = "zuid", _("South")


class MeetingKind(models.TextChoices):
    TRAINING = "training", _("Training day")
    DIALOGUE = "dialogue", _("Dialogue table")
    INCIDENT = "incident", _("Incident method")
    NETWORK = "network", _("Network meeting")


class MeetingFormat(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("On site and online")


class MeetingState(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class StaffRole(models.TextChoices):
    TRAINER = "trainer", _("trainer")
    CO_TRAINER = "co_trainer", _("co-trainer")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("present")
    PARTLY = "partly", _("partly")
    SIGNED_OFF = "signed_off", _("signed off")
    ABSENT = "absent", _("not there")


class AttendanceSource(models.TextChoices):
    TEAM = "team", _("by the team")
    ONESELF = "oneself", _("by themselves")


class CorrectionState(models.TextChoices):
    """What was done with what somebody says of their own attendance."""

    OPEN = "open", _("not answered yet")
    CHANGED = "changed", _("changed")
    LEFT = "left", _("stays as it was")


class AttendanceAct(models.TextChoices):
    """What happened around a mark: with a correction, or with a certificate that was issued before the change."""

    ASKED = "asked", _("correction asked")
    TAKEN_BACK = "taken_back", _("correction taken back")
    CHANGED = "changed", _("correction made")
    LEFT = "left", _("left as it was")
    CHECK = "check", _("certificate to be looked at again")
    HOLDS = "holds", _("certificate still holds")
    REPLACED = "replaced", _("certificate replaced after a look")


class InviteMethod(models.TextChoices):
    """What the newest calendar mail to somebody said."""

    REQUEST = "request", _("invited")
    CANCEL = "cancel", _("called off")


class ImportAction(models.TextChoices):
    """What confirming a list does with one of its rows."""

    ADD = "add", _("new")
    LINK = "link", _("already has an account")
    ALREADY_IN = "already_in", _("already in this group")
    ERROR = "error", _("not right yet")

    @classmethod
    def placed(cls):
        """The rows that get a place."""
        return [cls.ADD, cls.LINK]


class Register(models.TextChoices):
    """The registers to which hours may be handed over. Their names are names in every language."""

    SKJ = "skj", "SKJ"
    REGISTERPLEIN = "registerplein", "Registerplein"
    NIP = "nip", "NIP"
    NVO = "nvo", "NVO"
    OTHER = "overig", _("another register")


class RegisterAct(models.TextChoices):
    """What happened with somebody's register number."""

    ALLOWED = "allowed", _("you allowed it")
    WITHDRAWN = "withdrawn", _("you took that back")
    OPENED = "opened", _("who leads your group read your number, to pass it on")
    DELIVERED = "delivered", _("your number and your hours were passed on")
    UNDONE = "undone", _("after all it was not passed on")
