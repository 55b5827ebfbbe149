"""What storytellers said yes and no to, and what happened to their stories: logs that nobody changes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.choices import Fee, GivenHow, NameForm, Purpose, StoryAct


class Unchangeable(TypeError):
    """An event was to be changed or removed; only code that is wrong asks for that."""


class EventQuerySet(models.QuerySet):
    def of_story(self, story):
        return self.filter(story_key=story.translation_key)

    def update(self, **values):
        raise Unchangeable("Events are not changed: add another one.")

    def delete(self):
        raise Unchangeable("Events are not removed.")


class Event(models.Model):
    """Something that happened and stays so: a row is added, never changed (the database refuses it as well, see the
    migration). It names story and people by their public numbers alone, so that nothing here needs erasing: when the
    person or the story is gone, the number leads nowhere.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    story_key = models.UUIDField()
    by_key = models.UUIDField(null=True)  # who pressed the button; empty for the clock
    as_proxy = models.BooleanField(default=False)
    words_hash = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise Unchangeable("Events are not changed: add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable("Events are not removed.")


class ConsentEvent(Event):
    """A storyteller's yes or no for one purpose. The newest one for a purpose counts."""

    storyteller_key = models.UUIDField()
    purpose = models.CharField(_("for what"), max_length=12, choices=Purpose)
    is_given = models.BooleanField(_("yes"))
    until = models.DateField(_("until"), null=True, blank=True)
    name_form = models.CharField(_("name"), max_length=12, choices=NameForm, blank=True)
    with_picture = models.BooleanField(_("with picture"), default=False)
    with_voice = models.BooleanField(_("with voice"), default=False)
    fee = models.CharField(_("fee"), max_length=10, choices=Fee, default=Fee.NOT_YET)
    how = models.CharField(_("how"), max_length=10, choices=GivenHow, default=GivenHow.ON_SCREEN)
    guardian_agreed = models.BooleanField(_("a parent or guardian says yes as well"), default=False)

    class Meta(Event.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["story_key", "storyteller_key", "purpose", "at"], name="consent_by_story")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(is_given=False) | Q(purpose=Purpose.MAKING) | Q(until__isnull=False),
                name="consent_to_publish_ends",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.is_given}"


class StoryEvent(Event):
    """What happened to a story."""

    act = models.CharField(_("what"), max_length=16, choices=StoryAct)

    class Meta(Event.Meta):
        verbose_name = _("event of a story")
        verbose_name_plural = _("events of stories")
        indexes = [models.Index(fields=["story_key", "at"], name="story_event_by_story")]
        constraints = [models.CheckConstraint(condition=Q(act__in=StoryAct.values), name="story_act_is_known")]

    def __str__(self):
        return self.get_act_display()
