"""What readers may see of a story now, and where its newest words are.

In a table of their own: publishing an old version of a page puts all of the page's own fields back.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.choices import StoryState

NOT_RELEASED = _("The storyteller has not released these words yet.")
NOT_CHECKED = _("A second pair of eyes has not looked at these words yet.")
TAKEN_AWAY = _("This story was taken away for good.")


class StoryReleaseQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Those that let anybody at all read their story on this day."""
        on = on or timezone.localdate()
        return self.filter(Q(open_until__gte=on) | Q(training_until__gte=on))

    def ends_by(self, day, on):
        """Those in force on `on` that end on `day` at the latest, and whose end nobody was asked about yet; the first
        to end first.
        """
        last = Greatest(Coalesce("open_until", "training_until"), Coalesce("training_until", "open_until"))
        ending = self.in_force(on).annotate(last=last).filter(last__lte=day)
        return ending.exclude(asked_until=F("last")).order_by("last", "pk")


class StoryRelease(models.Model):
    """The one row that says whether a story may be read: it is counted from its consent events after every act
    (stories/domain/consent.py), and names the words it is for.

    Four fingerprints (stories/words.py): `latest_hash` of the newest version, `released_hash` of the words that every
    storyteller released, `checked_hash` of those that a second pair of eyes saw, and `online_hash` of those that were
    put online and may be read. `open_until` and `training_until` are the last days on which anybody, or who takes part,
    may read these; empty when nobody may. `state` is that of the newest version: an older one may be online meanwhile.
    """

    story = models.OneToOneField("stories.StoryPage", on_delete=models.CASCADE, related_name="release")
    state = models.CharField(_("state"), max_length=10, choices=StoryState, default=StoryState.DRAFT)
    latest_hash = models.CharField(max_length=64, blank=True)
    released_hash = models.CharField(max_length=64, blank=True)
    online_hash = models.CharField(max_length=64, blank=True)
    checked_hash = models.CharField(max_length=64, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories_checked"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories_written"
    )  # who wrote the newest words: nobody checks their own
    resting_until = models.DateField(_("resting until"), null=True, blank=True)
    open_until = models.DateField(_("on the website until"), null=True, blank=True)
    training_until = models.DateField(_("in the training until"), null=True, blank=True)
    asked_until = models.DateField(null=True, blank=True)  # the end that the storyteller was asked about
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    objects = StoryReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of a story")
        verbose_name_plural = _("releases of stories")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="story_state_is_known"),
            models.CheckConstraint(
                condition=Q(open_until=None, training_until=None) | ~Q(online_hash=""),
                name="readable_only_with_words_online",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, paused_at=None) | Q(open_until=None, training_until=None),
                name="not_readable_while_away",
            ),
        ]
        indexes = [models.Index(fields=["open_until", "training_until"], name="release_by_end")]

    def __str__(self):
        return f"{self.get_state_display()} · {self.story_id}"

    @property
    def until(self):
        """The last day on which anybody may read it, or None."""
        return max((day for day in (self.open_until, self.training_until) if day), default=None)

    @property
    def is_released(self):
        """True when the newest words are the ones that were released."""
        return bool(self.released_hash) and self.released_hash == self.latest_hash

    @property
    def is_checked(self):
        """True when a second pair of eyes saw the newest words."""
        return bool(self.checked_hash) and self.checked_hash == self.latest_hash

    def is_in_force(self, on=None):
        return bool(self.until) and self.until >= (on or timezone.localdate())

    def missing_for(self, words_hash):
        """Return the sentences that say what words with this fingerprint wait for; none when they may go online."""
        if self.withdrawn_at:
            return [TAKEN_AWAY]
        seen = {NOT_RELEASED: self.released_hash, NOT_CHECKED: self.checked_hash}
        return [sentence for sentence, hash in seen.items() if hash != words_hash]
