"""The forms around cards: writing, answering, reading along, reporting, and how much post somebody wants."""

import uuid

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import WordsField
from home.forms import PolishedForm, at_most
from stories.choices import HeldBack, PostRhythm

CHOOSE_PERSON = _("Choose who gets the card.")
NOT_THERE = _("This sentence is not in the story any more. Choose another one, or none.")


class CardsForm(PolishedForm):
    @property
    def visible_errors(self):
        """True when something is to be mended at a field, and not only in the form as a whole."""
        return any(field.errors for field in self.visible_fields())


class WrittenForm(CardsForm):
    """Words that are sent once: the random number of the page tells a double press from a second card."""

    token = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.initial.setdefault("token", str(uuid.uuid4()))

    @property
    def page_token(self):
        """A new one when a forged page sent none."""
        try:
            return uuid.UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid.uuid4()


def words_field(label, *, required=True):
    return WordsField(
        label=label,
        max_length=settings.CARD_LENGTH,
        required=required,
        widget=forms.Textarea(attrs={"rows": 6, "class": "card-words"}),
        error_messages={"required": _("Write something on your card.")},
    )


class AnswerCardForm(WrittenForm):
    words = words_field(_("Your card"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["words"].help_text = at_most(settings.CARD_LENGTH)


class PersonCardForm(AnswerCardForm):
    """A card to somebody whom one meets in a group."""

    to = forms.ChoiceField(
        label=_("To whom?"), error_messages={"required": CHOOSE_PERSON, "invalid_choice": CHOOSE_PERSON}
    )
    field_order = ("to", "words")

    def __init__(self, data=None, *, people, **kwargs):
        super().__init__(data, **kwargs)
        self.people = {str(person.uuid): person for person in people}
        names = [(number, person.display_name) for number, person in self.people.items()]
        self.fields["to"].choices = [("", gettext("Choose a name")), *names]

    @property
    def receiver(self):
        """Whom a valid form is to."""
        return self.people[self.cleaned_data["to"]]

    @property
    def receiver_name(self):
        return self.receiver.get_short_name()


class StoryCardForm(AnswerCardForm):
    """A card about a story, to one of its storytellers who read post now."""

    to = forms.ChoiceField(
        label=_("To whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_PERSON, "invalid_choice": CHOOSE_PERSON},
    )
    quote = forms.ChoiceField(
        label=_("Which sentence stayed with you?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_THERE},
    )
    name_may_show = forms.BooleanField(label=_("My first name may stand with it then"), required=False)
    field_order = ("to", "quote", "words", "name_may_show")

    def __init__(self, data=None, *, addressees, sentences, **kwargs):
        super().__init__(data, **kwargs)
        self.addressees = {str(one.storyteller.uuid): one for one in addressees}
        self.sentences = {sentence.key: sentence for sentence in sentences}
        self.fields["to"].choices = [(number, one.name) for number, one in self.addressees.items()]
        if len(addressees) == 1:
            del self.fields["to"]
        choices = [(sentence.key, sentence.text) for sentence in sentences]
        self.fields["quote"].choices = [("", gettext("No sentence, my own words alone")), *choices]

    @property
    def addressee(self):
        """The Addressee that a valid form is to."""
        return self.addressees[self.cleaned_data["to"]] if "to" in self.fields else next(iter(self.addressees.values()))

    @property
    def receiver_name(self):
        return self.addressee.name

    @property
    def only_name(self):
        """The name of the one storyteller who reads post, or nothing when there is a choice."""
        return next(iter(self.addressees.values())).name if len(self.addressees) == 1 else ""

    @property
    def sentence(self):
        """The sentence that a valid form chose, or an empty string."""
        key = self.cleaned_data["quote"]
        return self.sentences[key].text if key else ""

    @property
    def near_choices(self):
        """None and the marked ones, which stand open; with no marked one the first sentences of the story."""
        return [choice for choice in self["quote"] if not choice.data["value"] or self._is_near(choice)]

    @property
    def more_choices(self):
        return [choice for choice in self["quote"] if choice.data["value"] and not self._is_near(choice)]

    @property
    def more_is_open(self):
        """True when the chosen sentence would be out of sight."""
        chosen = self["quote"].value()
        return any(choice.data["value"] == chosen for choice in self.more_choices)

    def _is_near(self, choice):
        return self.sentences[choice.data["value"]].is_marked


class ReportCardForm(CardsForm):
    words = words_field(_("What is wrong with it? You may leave this empty."), required=False)
    prefix = "report"


class HoldBackForm(CardsForm):
    reason = forms.ChoiceField(
        label=_("What does the sender read?"),
        choices=HeldBack,
        widget=forms.RadioSelect,
        error_messages={name: _("Choose what the sender reads.") for name in ("required", "invalid_choice")},
    )


class PostForm(CardsForm):
    rhythm = forms.ChoiceField(
        label=_("When do you want to hear that there is a card?"),
        choices=PostRhythm,
        widget=forms.RadioSelect,
        error_messages={name: _("Choose one of these.") for name in ("required", "invalid_choice")},
    )
    paused_until = forms.DateField(
        label=_("No post for a while, until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You may leave this empty. Nobody can write you a card until after that day."),
        error_messages={"invalid": _("Write the day as 31-12-2026.")},
    )

    def clean_paused_until(self):
        day = self.cleaned_data["paused_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day
