from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.TextChoices):
    """What somebody does, in the words of the training; a question may have a variant for it."""

    CARE = "care", _("I work with children, young people or parents")
    MANAGER = "manager", _("I lead a team")
    HOST = "host", _("I am a host: kitchen, reception, household")
    OTHER = "other", _("Something else")


class Theme(models.TextChoices):
    DEVICE = "device", _("As on my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Role(models.TextChoices):
    """What somebody does here; `accounts/roles.py` says which rights go with it."""

    PARTICIPANT = "participant", _("participant")
    CO_TRAINER = "co-trainer", _("co-trainer")
    TRAINER = "trainer", _("trainer")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ExportState(models.TextChoices):
    """A copy of somebody's own data: being made, to be had for a day, past that day, or not made after all."""

    ASKED = "asked", _("being made")
    READY = "ready", _("ready")
    GONE = "gone", _("no longer there")
    FAILED = "failed", _("could not be made")


class DeletionState(models.TextChoices):
    """A request to be erased: the time to think, the erasing itself, and its two ends."""

    WAITING = "waiting", _("time to think")
    ERASING = "erasing", _("being erased")
    UNDONE = "undone", _("undone")
    DONE = "done", _("erased")

    @classmethod
    def under_way(cls):
        return (cls.WAITING, cls.ERASING)
