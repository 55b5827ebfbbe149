"""What a storyteller says of themselves: the name readers see, who is there for them, who may decide in their place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from stories.forms.cowriters import DayField
from stories.models import Storyteller


class PersonField(forms.ModelChoiceField):
    """One of the people who may be asked, by their public number."""

    default_error_messages = {"invalid_choice": _("Choose somebody from the list.")}

    def __init__(self, **options):
        super().__init__(
            queryset=User.objects.none(), to_field_name="uuid", required=False, empty_label=_("Nobody"), **options
        )

    def label_from_instance(self, person):
        return person.display_name


class TellerForm(forms.ModelForm):
    """`people` is the queryset of who may be chosen as the storyteller's person or proxy."""

    support = PersonField(label=_("your person"), help_text=_("Who is there for you, before and after you tell."))
    proxy = PersonField(
        label=_("who may decide in your place"),
        help_text=_("Somebody you name yourself. All they do is written down with their name."),
    )
    turns_16_on = DayField(
        label=_("turns 16 on"),
        required=False,
        help_text=_("Only for who is younger: until that day a parent or guardian says yes as well."),
    )

    class Meta:
        model = Storyteller
        fields = (
            *("name", "name_line", "about", "likes"),
            *("support", "support_phone", "support_hours", "proxy", "turns_16_on"),
        )
        error_messages = {"name": {"required": _("Write the name that you want to be known by here.")}}

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        for name in ("support", "proxy"):
            self.fields[name].queryset = people
            chosen = getattr(self.instance, name)
            self.initial[name] = chosen.uuid if chosen else None
