"""One form class for each form a question can take; `PROMPT_FORMS` finds it by the block's name."""

import hashlib
import json
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from common import forms as common
from training.choices import MAX_ANSWER_LENGTH, POSITIONS, UNKNOWN
from training.domain.answers import Writing

MAX_EDIT_NO = 1_000_000_000  # far below what the column holds: the next number has to fit as well
BOOKKEEPING = ("based_on", "edit_no", "writer", "made_with")

TOO_LONG = _(
    "Your text is too long: %(show_value)d characters, and %(limit_value)d fit. "
    "Make it shorter, or put a part on paper."
)


class WordsField(common.WordsField):
    """What somebody writes in one field of a prompt."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": MAX_ANSWER_LENGTH, "too_long": TOO_LONG} | kwargs)


class PromptForm(forms.Form):
    """What somebody writes at one prompt. The prefix is the prompt's id, so that a whole step is one HTML form.

    `parts` names the fields whose words are kept encrypted; `value_field` the one whose value is kept plain, if any.
    """

    kind = ""
    value_field = ""
    empty_message = _("Write something, or skip the question.")

    based_on = forms.IntegerField(required=False, min_value=0, max_value=MAX_EDIT_NO, widget=forms.HiddenInput)
    edit_no = forms.IntegerField(required=False, min_value=0, max_value=MAX_EDIT_NO, widget=forms.HiddenInput)
    writer = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    # What the fields held when the page was made, as a digest: an old tab that was left alone has changed nothing.
    made_with = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, prompt, work="", wanted=False, **kwargs):
        """`wanted` says that the person pressed save at this very prompt: then it may not be empty."""
        self.prompt, self.work, self.wanted, self.answer = prompt, work, wanted, None
        super().__init__(*args, prefix=f"p-{prompt.id}", **kwargs)
        self.add_fields()
        for name in (*self.parts, *self.value_names):
            self.fields[name].widget.attrs |= self.described_by(name)

    def add_fields(self):
        """Add the fields that depend on the prompt."""

    @property
    def parts(self):
        return [name for name in self.fields if name not in (*BOOKKEEPING, self.value_field)]

    @property
    def value_names(self):
        return [self.value_field] if self.value_field else []

    def described_by(self, name):
        return {"aria-describedby": f"{self.prefix}-about"}

    @property
    def question(self):
        return self.prompt.value.question_for(self.work)

    @property
    def asked_by(self):
        """Who asks, as a line above the question; empty when nobody in particular does."""
        maker = self.prompt.value.get("maker")
        return self.prompt.block.asked_by % {"maker": maker} if maker else ""

    @property
    def template(self):
        return self.prompt.block.meta.template

    @property
    def limit(self):
        """How many characters fit in one field of this form, as people write numbers."""
        most = min((self.fields[name].max_length for name in self.parts), default=MAX_ANSWER_LENGTH)
        return number_format(most, force_grouping=True)

    @property
    def bookkeeping(self):
        """`(name, value)` of the hidden fields: written by the template itself, as a widget costs ten times as much."""
        return [(self[name].html_name, self[name].value()) for name in BOOKKEEPING]

    newer = None  # the Answer written elsewhere meanwhile, when saving met one

    @property
    def newer_words(self):
        """The texts of the answer that was written on another device meanwhile, in the order of the fields."""
        return self._texts(self.initial_from(self.newer))

    @property
    def other_words(self):
        """The texts of this page that lost against another device's, in the order of the fields."""
        return self._texts(self.answer.other_words) if self.answer else []

    def _texts(self, words):
        return [str(words[name]) for name in (*self.parts, *self.value_names) if words.get(name)]

    @property
    def text_fields(self):
        return [self[name] for name in self.parts]

    @property
    def keeps_words(self):
        return bool(self.parts or self.value_names)

    @property
    def was_changed(self):
        """True when a valid form holds something else than when its page was made."""
        return digest_of(self, self.cleaned_data) != (self.cleaned_data.get("made_with") or digest_of(self, {}))

    @property
    def is_empty(self):
        return not any(self.cleaned_data.get(name) for name in (*self.parts, *self.value_names))

    def full_clean(self):
        """Let every field that has to be mended point at its sentence, so that it is read aloud with the field."""
        super().full_clean()
        for name in set(self.errors) & set(self.fields):
            attrs = self.fields[name].widget.attrs
            attrs["aria-describedby"] = f"{self[name].auto_id}-error {attrs.get('aria-describedby', '')}".strip()

    def clean(self):
        if self.wanted and self.keeps_words and not self.errors and self.is_empty:
            self.add_error((self.parts or self.value_names)[0], self.empty_message)
        return super().clean()

    def writing(self):
        """Return what was typed as a Writing; call it on a valid form only."""
        data = self.cleaned_data
        based_on = data.get("based_on") or 0
        return Writing(
            words={name: data[name] for name in self.parts if data.get(name)},
            value=str(data.get(self.value_field) or "") if self.value_field else "",
            writer=data.get("writer") or "",
            based_on=based_on,
            edit_no=data.get("edit_no") or based_on + 1,
        )

    @classmethod
    def initial_from(cls, answer):
        """Return what the fields show for `answer` (an Answer or None): the draft when there is one, else what was
        saved.
        """
        if answer is None:
            return {}
        return dict(answer.draft) if answer.draft else {**answer.words, "value": answer.value}


class OpenPromptForm(PromptForm):
    kind = "open"
    text = WordsField()


class StatementPromptForm(PromptForm):
    kind = "statement"
    value_field = "value"
    empty_message = _("Choose a place, or skip the question.")

    value = forms.ChoiceField(
        required=False,
        choices=[*((str(position), str(position)) for position in POSITIONS), (UNKNOWN, _("I don't know"))],
        error_messages={"invalid_choice": _("Choose one of the seven places, or “I don't know”.")},
    )

    @property
    def places(self):
        """The seven places of the line, each with what it is called when read aloud and whether it is
        the chosen one.
        """
        chosen, ends = str(self["value"].value() or ""), {POSITIONS[0]: "pole_low", POSITIONS[-1]: "pole_high"}
        return [
            {
                "value": position,
                "chosen": chosen == str(position),
                "label": _("%(position)d of %(positions)d") % {"position": position, "positions": len(POSITIONS)},
                "end": self.prompt.value.get(ends.get(position)) or "",
            }
            for position in POSITIONS
        ]


class BoxesPromptForm(PromptForm):
    kind = "boxes"
    empty_message = _("Write in one of the boxes, or skip the question.")

    def add_fields(self):
        for box in self.prompt.value["boxes"]:
            self.fields[f"box-{box.id}"] = WordsField(
                label=box.value["label"], max_length=1_000, widget=common.WordsArea(attrs={"rows": 2})
            )


class IntentionPromptForm(PromptForm):
    kind = "intention"
    value_field = "value"
    empty_message = _("Fill in “If” or “then”, or skip the question.")

    when = WordsField(label=_("If"), max_length=500, widget=common.WordsArea(attrs={"rows": 2}))
    then = WordsField(label=_("then"), max_length=500, widget=common.WordsArea(attrs={"rows": 2}))
    smaller = WordsField(label=_("Can it be smaller?"), max_length=500, widget=common.WordsArea(attrs={"rows": 2}))
    obstacle = WordsField(
        label=_("What can get in the way?"), max_length=500, widget=common.WordsArea(attrs={"rows": 2})
    )
    value = forms.DateField(
        label=_("When do you look back?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y", "%d/%m/%Y"],
        error_messages={"invalid": _("Write the date as day-month-year, for example 14-1-2027.")},
    )

    @classmethod
    def initial_from(cls, answer):
        kept = super().initial_from(answer)
        return kept | {"value": date.fromisoformat(kept["value"])} if kept.get("value") else kept

    def clean_value(self):
        day = self.cleaned_data["value"]
        today = timezone.localdate()
        # A date that was kept before may have passed since; only a new one has to lie ahead.
        if day and day != self.initial.get("value") and not today <= day <= today + timedelta(days=366):
            raise ValidationError(_("Choose a day from today to a year from now."))
        return day.isoformat() if day else ""


class TalkPromptForm(PromptForm):
    """Rounds to read aloud together: there is nothing to fill in and nothing is kept."""

    kind = "talk"


def digest_of(form, words):
    """Return a digest of what the fields of `form` hold in `words`; empty and absent are the same."""
    held = {name: str(words.get(name) or "") for name in (*form.parts, *form.value_names)}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


PROMPT_FORMS = {
    form.kind: form
    for form in (OpenPromptForm, StatementPromptForm, BoxesPromptForm, IntentionPromptForm, TalkPromptForm)
}
