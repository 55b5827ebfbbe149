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
