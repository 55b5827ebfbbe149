"""What stands under a page beside its words: reactions, how they are looked after, and who agreed to the rules.

All of it lies outside the page: publishing an old version puts every field of a page back.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from accounts.choices import Role
from common.fields import EncryptedWordsField
from home.models import ContentPage
from stories.choices import HeldReaction, ReactionState, Talk, TalkAct
from stories.models.storyteller import Storyteller


class PageChoices(models.Model):
    """What was chosen to stand under a page: by its storyteller, or by the editor of a page that is no story.

    Without a row there are no reactions and no counter to see.
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="choices_beside")
    talk = models.CharField(_("reactions"), max_length=10, choices=Talk, default=Talk.OFF)
    closes_at = models.DateTimeField(_("no reactions from"), null=True, blank=True)
    closed_reason = EncryptedWordsField(_("why they are closed"))
    summary = EncryptedWordsField(_("summary"))
    summary_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="summaries"
    )
    summary_name = models.CharField(_("name with the summary"), max_length=80, blank=True)
    summary_at = models.DateTimeField(_("summary written on"), null=True, blank=True)
    shows_views = models.BooleanField(_("readers see how often it was read"), default=False)

    class Meta:
        verbose_name = _("choices for a page")
        verbose_name_plural = _("choices for pages")
        constraints = [models.CheckConstraint(condition=Q(talk__in=Talk.values), name="talk_is_known")]

    def __str__(self):
        return f"{self.page_id} ({self.talk})"

    @property
    def is_on(self):
        return self.talk != Talk.OFF

    @property
    def reads_first(self):
        return self.talk == Talk.READ_FIRST

    @property
    def reason_text(self):
        return self.closed_reason.get("text", "")

    @property
    def summary_text(self):
        return self.summary.get("text", "")

    def is_closed(self, at=None):
        return self.closes_at is not None and self.closes_at <= (at or timezone.now())


class ReactionQuerySet(models.QuerySet):
    def under(self, page_pk, user_pk=None):
        """What a reader meets under a page, the oldest first with the answers to each right after it: places of what is
        gone as well, and those of `user_pk` that still wait. One query, with the people.
        """
        seen = ~Q(state=ReactionState.WAITING) | Q(author=user_pk or 0)
        start = Coalesce("parent__created_at", "created_at")
        is_answer = Case(When(parent=None, then=Value(0)), default=Value(1))
        rows = self.filter(seen, page=page_pk).select_related("author")
        rows = rows.annotate(start=start, quoted_state=F("quoted__state"))
        root = Coalesce("parent_id", F("pk"))
        return rows.order_by("start", root, is_answer, "created_at", "pk")

    def shown(self):
        return self.filter(state=ReactionState.SHOWN)


class Reaction(models.Model):
    """What somebody writes under a page. An answer stands under what it answers; answers to answers stand there too:
    `parent` is where it stands, `reply_to` what it answers.

    Who may read what: everybody who may read the page reads what is shown; the writer and who looks after reactions
    also what waits or is held back (stories/talk_policies.py). A storyteller is known under her own story by the name
    that she has there (`from_name`), never by that of her account.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("under which page"), on_delete=models.CASCADE, related_name="reactions"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who wrote it"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="reactions",
    )
    as_storyteller = models.ForeignKey(
        Storyteller, null=True, blank=True, on_delete=models.SET_NULL, related_name="reactions"
    )
    from_name = models.CharField(_("name of the storyteller with it"), max_length=80, blank=True)
    role = models.CharField(_("role when it was written"), max_length=20, choices=Role, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    quoted = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="quoted_in")
    quote = EncryptedWordsField(_("words that it quotes"))
    words = EncryptedWordsField(_("what it says"))
    state = models.CharField(_("state"), max_length=10, choices=ReactionState, default=ReactionState.SHOWN)
    held_reason = models.CharField(_("why it is held back"), max_length=10, choices=HeldReaction, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reactions_checked"
    )
    checked_at = models.DateTimeField(_("read along"), null=True, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReactionState.values), name="reaction_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ReactionState.HELD_BACK, held_reason__in=HeldReaction.values)
                | (~Q(state=ReactionState.HELD_BACK) & Q(held_reason="")),
                name="reaction_held_back_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReactionState.TAKEN_AWAY) | Q(words="", quote=""), name="reaction_away_is_empty"
            ),
        ]
        indexes = [
            models.Index(fields=["page", "created_at"], name="reactions_of_a_page"),
            models.Index(fields=["author", "-created_at"], name="reactions_of_a_person"),
            models.Index(fields=["state", "created_at"], name="reactions_to_check"),
        ]

    def __str__(self):
        return f"{self.uuid} ({self.state})"  # never the words: this shows in logs

    @property
    def text(self):
        return self.words.get("text", "")

    @property
    def quote_text(self):
        """The words that it quotes, as long as those may be read themselves."""
        hidden = getattr(self, "quoted_state", None) == ReactionState.HELD_BACK
        return "" if hidden else self.quote.get("text", "")

    @property
    def anchor(self):
        return f"reactie-{self.uuid.hex[:8]}"

    @property
    def name(self):
        """The name that stands with it; empty for who is no longer here."""
        return self.from_name or (self.author.get_short_name() if self.author else "")

    @property
    def is_shown(self):
        return self.state == ReactionState.SHOWN

    @property
    def is_waiting(self):
        return self.state == ReactionState.WAITING

    @property
    def is_held_back(self):
        return self.state == ReactionState.HELD_BACK

    @property
    def is_taken_away(self):
        return self.state == ReactionState.TAKEN_AWAY

    def may_change(self, at=None):
        """True as long as its writer may put it in other words."""
        last = self.created_at + timedelta(minutes=settings.REACTION_EDIT_MINUTES)
        return self.state in (ReactionState.SHOWN, ReactionState.WAITING) and (at or timezone.now()) <= last


class TalkEvent(models.Model):
    """Who did what with the reactions under a page. It goes with them."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="talk_events")
    reaction = models.ForeignKey(Reaction, null=True, blank=True, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("what"), max_length=10, choices=TalkAct)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="talk_events",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("act with reactions")
        verbose_name_plural = _("acts with reactions")
        constraints = [models.CheckConstraint(condition=Q(act__in=TalkAct.values), name="talk_act_is_known")]
        indexes = [models.Index(fields=["page", "-at"], name="talk_events_of_a_page")]

    def __str__(self):
        return f"{self.act} ({self.page_id})"


# ── The house rules ────────────────────────────────────────────────────────────
@register_setting(icon="list-ul")
class HouseRules(BaseGenericSetting):
    """Which page holds the rules for reactions, and which version of them people agree to."""

    page = models.ForeignKey(
        ContentPage,
        verbose_name=_("the page with the rules"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Every form for a reaction links to it as long as it is online."),
    )
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        help_text=_("Make it one higher when the rules changed: then everybody is asked to agree once more."),
    )

    panels = [PageChooserPanel("page"), FieldPanel("version")]

    class Meta:
        verbose_name = _("rules for reactions")

    @property
    def online_page(self):
        """The page with the rules as long as it is online, else None."""
        return self.page if self.page and self.page.live else None


class RuleAcceptance(models.Model):
    """Somebody agreed to one version of the rules."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="rules_accepted"
    )
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement to the rules")
        verbose_name_plural = _("agreements to the rules")
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="one_agreement_a_version")]

    def __str__(self):
        return f"{self.user_id} · {self.version}"
