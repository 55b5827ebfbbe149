"""#dankjewel: a card from a person to a person, about a story or not."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from stories.choices import CardReading, CardState, HeldBack
from stories.models.story import StoryPage
from stories.models.storyteller import Storyteller

ON_THE_WAY = (CardState.WAITING, CardState.PASSED_ON, CardState.REPORTED)
TO_CHECK = (CardState.WAITING, CardState.REPORTED)


class ThankYouQuerySet(models.QuerySet):
    def sent_by(self, user):
        """The cards that `user` wrote and did not take away, the newest first."""
        return self.filter(sender=user).exclude(state=CardState.TAKEN_BACK).order_by("-sent_at", "-pk")

    def received_by(self, user):
        """The cards that `user` got: what nobody read along, or what was held back, is not among them."""
        return self.filter(receiver=user, state=CardState.PASSED_ON)

    def met_by(self, user):
        """The cards that `user` wrote or got, those they reported as well."""
        got = Q(receiver=user, state__in=(CardState.PASSED_ON, CardState.REPORTED))
        return self.filter(got | (Q(sender=user) & ~Q(state=CardState.TAKEN_BACK)))

    def unread(self):
        return self.filter(reading=CardReading.UNREAD, state=CardState.PASSED_ON)

    def unread_first(self):
        new_first = Case(When(reading=CardReading.UNREAD, then=Value(0)), default=Value(1))
        return self.order_by(new_first, "-sent_at", "-pk")

    def to_check(self):
        """Those that somebody has to read: reported ones first, then what waits longest."""
        reported_first = Case(When(state=CardState.REPORTED, then=Value(0)), default=Value(1))
        return self.filter(state__in=TO_CHECK).order_by(reported_first, "sent_at", "pk")

    def on_the_way(self):
        """Those that arrived, or still may."""
        return self.filter(state__in=ON_THE_WAY)

    def with_people(self):
        """With what a card shows of both sides: names, whether it was answered, and whether its story is there to be
        read (`story_is_read`).
        """
        answers = ThankYou.objects.filter(answer_to=OuterRef("pk"), state__in=ON_THE_WAY)
        read = StoryPage.objects.for_members().filter(pk=OuterRef("story"))
        rows = self.select_related("sender", "receiver", "story").defer("story__body")
        return rows.annotate(is_answered=Exists(answers), story_is_read=Exists(read))


class ThankYou(models.Model):
    """One card. An answer is a card as well, so that each belongs to who wrote it.

    Who may read what: the sender all of it but what its receiver does with it; the receiver from the moment that it was
    read along; who reads along while it waits or was reported (stories/card_policies.py); everybody what a storyteller
    shows beside her story. All that people typed is encrypted. The sentence of the story that it begins with stands
    apart, so that it can vanish with the story.

    Somebody who writes or receives as storyteller is known by the name that she has there (`from_name`, `to_name`);
    of others the account says the name.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(
        "stories.StoryPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="thank_yous"
    )
    answer_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("from"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="cards_sent",
    )
    from_storyteller = models.ForeignKey(
        Storyteller, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards_sent"
    )
    from_name = models.CharField(_("name of the sender on the card"), max_length=80, blank=True)
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="cards_received",
    )
    to_storyteller = models.ForeignKey(
        Storyteller, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards_received"
    )
    to_name = models.CharField(_("name of the receiver on the card"), max_length=80, blank=True)
    quote = EncryptedWordsField(_("sentence of the story"))
    words = EncryptedWordsField(_("words on the card"))
    name_may_show = models.BooleanField(_("my first name may stand with it"), default=False)

    state = models.CharField(_("state"), max_length=10, choices=CardState, default=CardState.WAITING)
    held_reason = models.CharField(_("why it was not delivered"), max_length=10, choices=HeldBack, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards_checked"
    )
    checked_at = models.DateTimeField(_("read along"), null=True, blank=True)
    report = EncryptedWordsField(_("what the receiver says about it"))
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reading = models.CharField(max_length=10, choices=CardReading, default=CardReading.UNREAD)
    sent_at = models.DateTimeField(_("written"), default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)  # when its receiver heard of it by mail
    checkers_told_at = models.DateTimeField(null=True, blank=True)  # when those who read along did

    objects = ThankYouQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="card_state_is_known"),
            models.CheckConstraint(condition=Q(reading__in=CardReading.values), name="card_reading_is_known"),
            models.CheckConstraint(
                condition=Q(state=CardState.HELD_BACK, held_reason__in=HeldBack.values)
                | (~Q(state=CardState.HELD_BACK) & Q(held_reason="")),
                name="card_held_back_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.REPORTED, reported_at__isnull=False)
                | (~Q(state=CardState.REPORTED) & Q(reported_at__isnull=True)),
                name="card_reported_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(reading=CardReading.SHOWN) | Q(state=CardState.PASSED_ON),
                name="card_shown_when_passed_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.TAKEN_BACK) | Q(words="", quote="", report=""),
                name="card_taken_back_is_empty",
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="card_to_somebody_else"),
            models.UniqueConstraint(
                fields=["answer_to"], condition=Q(state__in=ON_THE_WAY), name="one_answer_to_a_card"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state", "reading"], name="cards_of_a_receiver"),
            models.Index(fields=["sender", "-sent_at"], name="cards_of_a_sender"),
            models.Index(fields=["story", "reading"], name="cards_beside_a_story"),
            models.Index(fields=["state", "sent_at"], name="cards_to_check"),
            models.Index(fields=["state", "told_at"], name="cards_to_tell"),
        ]

    def __str__(self):
        return f"{self.uuid} ({self.state})"  # never the words: this shows in logs

    @property
    def text(self):
        return self.words.get("text", "")

    @property
    def sentence(self):
        """The sentence of the story that the card begins with, or an empty string."""
        return self.quote.get("text", "")

    @property
    def met_sentence(self):
        """The sentence as its two people meet it: not while the story is on pause, has ended or was taken away."""
        return self.sentence if getattr(self, "story_is_read", False) else ""

    @property
    def report_text(self):
        return self.report.get("text", "")

    @property
    def sender_name(self):
        """What the receiver calls the sender; empty for who is no longer here."""
        return self.from_name or (self.sender.get_short_name() if self.sender else "")

    @property
    def receiver_name(self):
        """What the sender calls the receiver; empty for who is no longer here."""
        return self.to_name or (self.receiver.get_short_name() if self.receiver else "")

    @property
    def shown_name(self):
        """The name that everybody may read beside the story, or an empty string."""
        return self.sender_name if self.from_storyteller_id or self.name_may_show else ""

    @property
    def is_of_storyteller(self):
        """True for a card that a storyteller wrote as such: those are yellow."""
        return self.from_storyteller_id is not None

    @property
    def is_shown(self):
        return self.reading == CardReading.SHOWN

    @property
    def is_delivered(self):
        """True when its receiver has it; a report of theirs does not change that for the sender."""
        return self.state in (CardState.PASSED_ON, CardState.REPORTED)

    @property
    def is_held_back(self):
        return self.state == CardState.HELD_BACK

    @property
    def is_reported(self):
        return self.state == CardState.REPORTED

    @property
    def is_unread(self):
        return self.reading == CardReading.UNREAD
