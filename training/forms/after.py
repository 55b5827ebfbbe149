"""What a coordinator fills in after a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WalkInForm(forms.Form):
    """Who somebody is that was not on the list: one of the `places` known in the group, or who has an address.

    `chosen` says which, for `seat_walk_in`.
    """

    place = forms.ChoiceField(
        label=_("Somebody who is known in this group"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )
    email = forms.EmailField(
        label=_("Or an e-mail address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        help_text=_("Somebody without an account gets one, and the welcome of the group."),
    )

    def __init__(self, places, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.uuid): place for place in places}
        known = [
            (key, f"{place.enrolment.person.display_name}, {place.get_state_display()}")
            for key, place in self.places.items()
        ]
        self.fields["place"].choices = [("", _("Nobody of these")), *known]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        values = super().clean()
        if not self.errors and bool(values.get("place")) == bool(values.get("email")):
            self.add_error("place", _("Choose somebody from the list, or fill in an e-mail address."))
        return values

    @property
    def chosen(self):
        values = self.cleaned_data
        return {"place": self.places.get(values["place"])} if values["place"] else {"email": values["email"]}
