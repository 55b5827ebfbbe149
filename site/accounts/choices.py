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
    """The groups that give people their rights; everybody with an account may take part."""

    CO_TRAINER = "co-trainer", _("co-trainer")
    TRAINER = "trainer", _("trainer")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")
