"""The second consent: for these words, for each purpose by itself, until a day."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.refusals import Refused
from stories.choices import PUBLISHING, Fee, NameForm, Purpose
from stories.domain.consent import Terms, check_terms
from stories.forms.cowriters import DayField, to_mend

YES, NO = "yes", "no"
ANSWERS = [(YES, _("Yes")), (NO, _("No"))]
MOST_YEARS = 5

QUESTIONS = {
    Purpose.WEBSITE: (
        _("On the website, for everybody?"),
        _("Everybody can find and read it, also people who know you. Search engines find it too."),
    ),
    Purpose.TRAINING: (
        _("In the training, for who takes part?"),
        _("People who follow or give the training read it after signing in."),
    ),
    Purpose.READ_ALOUD: (
        _("Read aloud in meetings?"),
        _("You read it yourself, or somebody else does so with you there or without you."),
    ),
    Purpose.PRINT: (
        _("On paper?"),
        _("A printed copy can't be called back. Whoever has one may keep it."),
    ),
    Purpose.SOCIAL: (
        _("On social media?"),
        _("What others pass on there we can't take away."),
    ),
}
CHOOSE = _("Choose yes or no.")


def yes_or_no(label, help_text=""):
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def one_of(label, choices, help_text=""):
    sentence = _("Choose one of these.")
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


class ReleaseForm(forms.Form):
    """Nothing is chosen beforehand but the day. Picture and voice are asked where there are any, a parent or guardian
    where a storyteller is younger than 16.
    """

    words_hash = forms.CharField(widget=forms.HiddenInput, required=False)
    name_form = one_of(_("Under which name?"), NameForm)
    until = DayField(
        label=_("Until when?"), help_text=_("After that day it goes offline by itself. Before it, we ask you again.")
    )
    fee = one_of(_("What did you agree about money?"), Fee, _("You get a fee for your story, if you want one."))

    def __init__(self, data=None, *, words, tellers, initial=None):
        until = timezone.localdate() + timedelta(days=settings.STORY_CONSENT_DAYS)
        super().__init__(data, initial={"until": until} | (initial or {}))
        self.tellers = tellers
        for purpose, (question, about) in QUESTIONS.items():
            self.fields[purpose.value] = yes_or_no(question, about)
        self._ask_about_media(words)
        if any(teller.is_under_16() for teller in tellers):
            self.fields["guardian_agreed"] = forms.BooleanField(
                label=_("My parent or guardian says yes as well."), required=False
            )

    def _ask_about_media(self, words):
        if words.portrait_id or any(block.block_type in ("picture", "series") for block in words.body):
            self.fields["with_picture"] = yes_or_no(
                _("With the picture?"), _("Your story has a picture. Say no, and take it out first.")
            )
        if words.recording_id or words.film_id or any(block.block_type in ("sound", "film") for block in words.body):
            self.fields["with_voice"] = yes_or_no(
                _("With your voice?"), _("Your story has a recording. Say no, and take it out first.")
            )

    @property
    def purposes(self):
        return [self[purpose.value] for purpose in PUBLISHING]

    @property
    def to_mend(self):
        return to_mend(self)

    def clean_until(self):
        until = self.cleaned_data["until"]
        today = timezone.localdate()
        if until < today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if until > today + timedelta(days=366 * MOST_YEARS):
            raise forms.ValidationError(_("Choose a day within five years. We ask you again before it ends."))
        return until

    def clean_with_picture(self):
        return self._only_yes("with_picture", _("The picture is in these words. Take it out first, or choose yes."))

    def clean_with_voice(self):
        return self._only_yes("with_voice", _("The recording is in these words. Take it out first, or choose yes."))

    def _only_yes(self, name, sentence):
        if self.cleaned_data[name] != YES:
            raise forms.ValidationError(sentence)
        return YES

    def clean(self):
        if not self.errors:
            try:
                check_terms(self.terms, self.tellers)
            except Refused as refusal:
                self.add_error(self._where(refusal), str(refusal))
        return self.cleaned_data

    def _where(self, refusal):
        young = "guardian_agreed" in self.fields and not self.cleaned_data.get("guardian_agreed")
        return "guardian_agreed" if young and self.terms.purposes else Purpose.WEBSITE.value

    @property
    def terms(self):
        """The Terms that were agreed to; call it on a valid form."""
        cleaned = self.cleaned_data
        return Terms(
            frozenset(purpose for purpose in PUBLISHING if cleaned[purpose.value] == YES),
            cleaned["until"],
            name_form=cleaned["name_form"],
            with_picture=cleaned.get("with_picture") == YES,
            with_voice=cleaned.get("with_voice") == YES,
            fee=cleaned["fee"],
            guardian_agreed=bool(cleaned.get("guardian_agreed")),
        )
