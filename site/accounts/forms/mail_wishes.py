"""A mark for each mail that somebody may turn off."""

from django import forms

from accounts.domain.mail_wishes import turn_off, turn_on


class MailWishesForm(forms.Form):
    """`wishes` as `wishes_of` returns them; `save` does what was changed and nothing else."""

    def __init__(self, *args, wishes, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.wishes, self.person = wishes, person
        for wish in wishes:
            switch = wish.kind.switch
            self.fields[wish.kind.name] = forms.BooleanField(
                label=switch.label, help_text=switch.help, required=False, initial=wish.is_on
            )

    def save(self):
        for wish in self.wishes:
            if self.cleaned_data[wish.kind.name] != wish.is_on:
                act = turn_off if wish.is_on else turn_on
                act(self.person, wish.kind.name)
