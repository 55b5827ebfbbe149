"""What storytellers said yes and no to, and what happened to their stories: logs that nobody changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.events import Event, EventQuerySet
from stories.choices import Fee, GivenHow, NameForm, Purpose, StoryAct


class StoryEventQuerySet(EventQuerySet):
    def of_story(self, story):
        return self.filter(story_key=story.translation_key)


class AboutStory(Event):
    """An event of a story: it names the story and the people by their public numbers alone."""

    story_key = models.UUIDField()
    as_proxy = models.BooleanField(default=False)
    words_hash = models.CharField(max_length=64, blank=True)

    objects = StoryEventQuerySet.as_manager()

    class Meta(Event.Meta):
        abstract = True


class ConsentEvent(AboutStory):
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

    class Meta(AboutStory.Meta):
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


class StoryEvent(AboutStory):
    """What happened to a story."""

    act = models.CharField(_("what"), max_length=16, choices=StoryAct)

    class Meta(AboutStory.Meta):
        verbose_name = _("event of a story")
        verbose_name_plural = _("events of stories")
        indexes = [models.Index(fields=["story_key", "at"], name="story_event_by_story")]
        constraints = [models.CheckConstraint(condition=Q(act__in=StoryAct.values), name="story_act_is_known")]

    def __str__(self):
        return self.get_act_display()
