"""The forms around reactions: writing one, looking after them, and choosing whether there are any."""

from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.forms import WordsField
from home.forms import PolishedForm, at_most
from stories.choices import HeldReaction, Talk
from stories.domain.talking import Closing
from stories.forms.cards import WrittenForm
from stories.forms.cowriters import DayField

CHOOSE = {name: _("Choose one of these.") for name in ("required", "invalid_choice")}
REASON_LENGTH, SUMMARY_LENGTH = 200, 2000
OPEN, NOW, ON_DAY = "open", "now", "day"


def reaction_field(label):
    return WordsField(
        label=label,
        max_length=settings.REACTION_LENGTH,
        required=True,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "nl"}),
        error_messages={"required": _("Write something first.")},
    )


class ReactionForm(WrittenForm):
    """Words under a page; `accepts` is asked of who did not agree to these rules yet."""

    words = reaction_field(_("What do you want to ask or say?"))
    to = forms.CharField(required=False, widget=forms.HiddenInput)
    quoting = forms.CharField(required=False, widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("I keep to these rules"),
        required=True,
        error_messages={"required": _("Read the rules first, and say that you keep to them.")},
    )

    def __init__(self, data=None, *, agreed, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["words"].help_text = at_most(settings.REACTION_LENGTH)
        if agreed:
            del self.fields["accepts"]


class RewordForm(PolishedForm):
    words = reaction_field(_("Your reaction"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["words"].help_text = at_most(settings.REACTION_LENGTH)


class HoldReactionForm(PolishedForm):
    reason = forms.ChoiceField(
        label=_("What does the writer read?"),
        choices=HeldReaction,
        widget=forms.RadioSelect,
        error_messages={name: _("Choose what the writer reads.") for name in ("required", "invalid_choice")},
    )


class ClosingForm(PolishedForm):
    """Until when people can react, and the summary on top: for who decides and for who looks after reactions."""

    closing = forms.ChoiceField(
        label=_("Until when can people react?"),
        choices=[(OPEN, _("No end")), (NOW, _("It is closed now")), (ON_DAY, _("It closes on a day"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    day = DayField(label=_("The last day on which people can react"), required=False)
    reason = WordsField(
        label=_("Why does it close?"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"lang": "nl"}),
        help_text=_("Everybody reads it. You may leave it empty."),
    )
    summary = WordsField(
        label=_("Summary"),
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
        help_text=_("It stands above the reactions, with your name. You may leave it empty."),
    )

    def __init__(self, data=None, *, choices, **kwargs):
        self.stored = choices
        super().__init__(data, initial=self._as_it_is(), **kwargs)

    def _as_it_is(self):
        at, closed = self.stored.closes_at, self.stored.is_closed()
        return {
            "closing": NOW if closed else ON_DAY if at else OPEN,
            "day": timezone.localdate(at - timedelta(seconds=1)) if at and not closed else None,
            "reason": self.stored.reason_text,
            "summary": self.stored.summary_text,
            "talk": self.stored.talk,
            "shows_views": self.stored.shows_views,
        }

    def clean(self):
        data = super().clean()
        if data.get("closing") == ON_DAY and "day" not in self.errors:
            day = data.get("day")
            if day is None:
                self.add_error("day", _("Choose the last day."))
            elif day < timezone.localdate():
                self.add_error("day", _("Choose a day that is still to come."))
        return data

    @property
    def end(self):
        """The Closing that a valid form asks for; one that was closed before keeps its moment."""
        data = self.cleaned_data
        if data["closing"] == OPEN:
            return Closing()
        if data["closing"] == NOW:
            return Closing(self.stored.closes_at if self.stored.is_closed() else timezone.now(), data["reason"])
        after = datetime.combine(data["day"] + timedelta(days=1), time())
        return Closing(timezone.make_aware(after), data["reason"])


class TalkForm(ClosingForm):
    """All of it, for who decides about the page."""

    talk = forms.ChoiceField(
        label=_("May people react?"),
        choices=[
            (Talk.OFF, _("No")),
            (Talk.ON, _("Yes")),
            (Talk.READ_FIRST, _("Yes, and a trainer or coordinator reads each reaction along first")),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    shows_views = forms.BooleanField(label=_("Readers see how often it was read"), required=False)
    field_order = ("talk", "closing", "day", "reason", "summary", "shows_views")
