"""What people fill in about registers: their own number, and how a group was passed on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.forms.when import DayField
from training.models.registers import LONGEST_NUMBER
from training.planning_choices import Register


class NumberForm(forms.Form):
    """Somebody's number in one register; whether it is one is for the domain to say, at this field."""

    number = forms.CharField(
        label=_("Your number"),
        max_length=LONGEST_NUMBER,
        error_messages={
            "required": _("Fill in your number."),
            "max_length": _("This number is too long. Look at it once more."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    is_sure = forms.BooleanField(label=_("I looked at it: this is my number."), required=False)
    may_pass_on = forms.BooleanField(label=_("Yes, this may be passed on."), required=False)
    words = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the version that stood above their yes

    def __init__(self, own, data=None):
        initial = {"number": own.number.number, "may_pass_on": own.number.is_allowed} if own.number else {}
        super().__init__(data, initial=initial, auto_id=f"{own.register}_%s")
        self.fields["number"].help_text = own.hint
        if own.register != Register.OTHER:
            self.fields["may_pass_on"].label = _("Yes, this may be passed on to {register}.").format(
                register=own.register.label
            )


class DeliveryForm(forms.Form):
    """The day on which a group was passed on, and the number of its run; `version` is that of the page it was on."""

    execution_number = forms.CharField(
        label=_("Number of this run"),
        help_text=_("The number that the register gave this group. You may fill it in later."),
        max_length=40,
        required=False,
        error_messages={"max_length": _("This number is too long. Look at it once more.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = DayField(label=_("Passed on"), help_text=_("As 12-4-2027. Empty: it was not passed on yet."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    @classmethod
    def of(cls, delivery):
        """Return the form as the database has it."""
        return cls(
            initial={
                "execution_number": delivery.execution_number,
                "day": delivery.delivered_on,
                "version": delivery.version,
            }
        )
