"""What people send to the site itself: a problem, and the answer to one."""

import uuid

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import WordsField
from common.text import without_controls
from home.choices import MAX_REPORT_LENGTH, ProblemKind
from home.validators import place_on


class PolishedForm(forms.Form):
    """A form that forgets control characters before it looks: no database takes them, and half a surrogate can't even
    be shown again.
    """

    def __init__(self, data=None, **kwargs):
        if data is not None:
            data = {name: without_controls(data[name]) for name in data}
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    @property
    def to_mend(self):
        """`(id of the field, sentence)` of everything to mend, in the order of the screen."""
        return [(self.first_id(name), sentence) for name, found in self.errors.items() for sentence in found]

    def first_id(self, name):
        """Return the id of the first thing to fill in for this field."""
        return f"{self[name].auto_id}_0" if isinstance(self[name].field, forms.ChoiceField) else self[name].auto_id


class ProblemForm(PolishedForm):
    """A report. Whoever is not signed in may say how to reach them; of who is, the account says it (`member`)."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ProblemKind,
        widget=forms.RadioSelect,
        error_messages={name: _("Choose what it is about.") for name in ("required", "invalid_choice")},
    )
    words = WordsField(
        max_length=MAX_REPORT_LENGTH,
        required=True,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write in a few words what happened.")},
    )
    path = forms.CharField(
        label=_("On which page?"),
        required=False,
        help_text=_("You may leave this empty."),
    )
    contact_name = WordsField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("You may leave this empty."),
    )
    contact_way = WordsField(
        label=_("How do we reach you?"),
        max_length=200,
        widget=forms.TextInput,
        help_text=_("A phone number or an e-mail address. You may leave it empty: then we can't call or mail you."),
    )
    token = forms.CharField(required=False)
    member = forms.CharField(required=False)  # "1" when the page was made for somebody who was signed in

    def __init__(self, data=None, *, signed_in, hosts, **kwargs):
        initial = {"token": uuid.uuid4(), "member": "1" if signed_in else ""} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.hosts = hosts
        if signed_in:
            del self.fields["contact_name"], self.fields["contact_way"]
        self.fields["words"].label = self.chosen.question if self.chosen else _("What happened?")
        self.fields["words"].help_text = at_most(MAX_REPORT_LENGTH)

    @property
    def chosen(self):
        """The ProblemKind that this form is for, or None as long as none of them was chosen."""
        kind = self["kind"].value()
        return ProblemKind(kind) if kind in ProblemKind.values else None

    @property
    def cares(self):
        """True when the words of "Care" come first: for a worry, and where it may still become one."""
        return self.chosen in (ProblemKind.WORRY, None)

    @property
    def made_for_a_member(self):
        return self["member"].value() == "1"

    def clean_path(self):
        return place_on(self.cleaned_data["path"], self.hosts)

    @property
    def page_token(self):
        """The random number of the page that this was sent from; a new one when a forged page sent none."""
        try:
            return uuid.UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid.uuid4()

    @property
    def contact(self):
        """`{"name": ..., "way": ...}` of a visitor, empty for who is signed in; call it on a valid form only."""
        return {part: self.cleaned_data.get(f"contact_{part}", "") for part in ("name", "way")}


class AnswerForm(PolishedForm):
    words = WordsField(
        label=_("Your answer"),
        max_length=MAX_REPORT_LENGTH,
        required=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you did, or what you are going to do.")},
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["words"].help_text = at_most(MAX_REPORT_LENGTH)


def at_most(limit):
    """Return the sentence that says beforehand how much fits."""
    return gettext("%(limit)s characters at most.") % {"limit": number_format(limit, force_grouping=True)}
