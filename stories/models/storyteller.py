"""The people who tell, and which stories are theirs."""

import random
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.choices import PostRhythm


def new_seed():
    """A number that chooses the threads of a swatch: random, so that it says nothing about the person."""
    return random.randrange(1, 2**31)  # noqa: S311 - decoration, not a secret


class StorytellerQuerySet(models.QuerySet):
    def of(self, user):
        """Whom `user` speaks for: herself, and whoever named her as proxy."""
        return self.filter(Q(account=user) | Q(proxy=user))


class Storyteller(models.Model):
    """Somebody who tells stories here. The name is the one they chose to be known by.

    Who may read what: the storyteller all of it; `name`, `name_line` and `about` are what readers of their stories see;
    their person reads their own number here. Whose account it is, is for the storyteller and for who gives accounts.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="storyteller",
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("The name you want to be known by here. It need not be your own.")
    )
    name_line = models.CharField(
        _("name with your stories"),
        max_length=100,
        blank=True,
        help_text=_("As: Jesse, 24. Leave empty for the name alone."),
    )
    about = models.CharField(
        _("one line about you"), max_length=200, blank=True, help_text=_("What readers need to know, and no more.")
    )
    likes = models.CharField(_("what you like to do"), max_length=200, blank=True)
    support = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("your person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="storytellers_supported",
        help_text=_("Who is there for you, before and after you tell."),
    )
    support_phone = models.CharField(_("phone number of your person"), max_length=30, blank=True)
    support_hours = models.CharField(_("when your person picks up"), max_length=200, blank=True)
    proxy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who may decide in your place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="storytellers_spoken_for",
        help_text=_("Somebody you name yourself. All they do is written down with their name."),
    )
    turns_16_on = models.DateField(
        _("turns 16 on"),
        null=True,
        blank=True,
        help_text=_("Only for who is younger: until that day a parent or guardian says yes as well."),
    )
    swatch_seed = models.PositiveIntegerField(default=new_seed, editable=False)
    post_rhythm = models.CharField(
        _("when you hear that there is a card"), max_length=10, choices=PostRhythm, default=PostRhythm.AT_ONCE
    )
    post_paused_until = models.DateField(
        _("no post until and including"), null=True, blank=True, help_text=_("Empty: you read your post.")
    )
    post_told_at = models.DateTimeField(null=True, blank=True, editable=False)  # the last mail about cards

    objects = StorytellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("storyteller")
        verbose_name_plural = _("storytellers")
        constraints = [
            models.CheckConstraint(condition=Q(post_rhythm__in=PostRhythm.values), name="post_rhythm_is_known")
        ]

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    @property
    def support_link(self):
        """The number as a `tel:` link wants it: digits and a leading plus only."""
        return "".join(sign for sign in self.support_phone if sign.isdigit() or sign == "+")

    def is_under_16(self, on=None):
        return bool(self.turns_16_on) and (on or timezone.localdate()) < self.turns_16_on

    def reads_post(self, on=None):
        """True when somebody may write her a card: she has an account, wants post, and takes no pause on this day."""
        paused = self.post_paused_until and self.post_paused_until >= (on or timezone.localdate())
        return bool(self.account_id) and self.post_rhythm != PostRhythm.NEVER and not paused

    def speaks_for(self, user):
        """True for the storyteller, and for the proxy they named."""
        return user.pk is not None and user.pk in (self.account_id, self.proxy_id)


class Telling(models.Model):
    """Whose story it is: a row of its own, as publishing an old version would put a field of the page back."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tellings")
    storyteller = models.ForeignKey(Storyteller, on_delete=models.PROTECT, related_name="tellings")

    class Meta:
        verbose_name = _("teller of a story")
        verbose_name_plural = _("tellers of stories")
        constraints = [models.UniqueConstraint(fields=["story", "storyteller"], name="one_telling_per_storyteller")]

    def __str__(self):
        return f"{self.storyteller} · {self.story_id}"


class CoWriterQuerySet(models.QuerySet):
    def invited(self, on=None):
        """Those whose invitation lasts today."""
        return self.filter(until__gte=on or timezone.localdate())


class CoWriter(models.Model):
    """Somebody whom the storyteller lets read and write along, until a day; nobody else sees a draft."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="co_writers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="co_writings"
    )
    until = models.DateField(_("until"), db_index=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="co_writers_invited"
    )
    invited_at = models.DateTimeField(default=timezone.now)

    objects = CoWriterQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-writer")
        verbose_name_plural = _("co-writers")
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="one_invitation_per_co_writer")]

    def __str__(self):
        return f"{self.person} · {self.story_id}"
