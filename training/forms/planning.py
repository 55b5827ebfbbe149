"""What a coordinator fills in on her desk; each form goes to one domain act."""

from django import forms
from django.core import signing
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import User
from common.names import by_name
from mail.domain.words import is_address
from training.models import TrainingGroup
from training.planning_choices import StaffRole
from training.policies import TrainingGroupPolicy


class ByName(ModelChoiceIterator):
    """The people to choose from as lists of people go: no database sorts by last name."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, by_name(self.queryset))


class PersonChoice(forms.ModelChoiceField):
    iterator = ByName

    def label_from_instance(self, person):
        return person.display_name


class CopyForm(forms.Form):
    name = forms.CharField(label=_("Name of the new group"), max_length=80)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why? Everybody who would come reads this."), max_length=300)


class RemindForm(forms.Form):
    """How many days before a meeting reminders go."""

    dagen = forms.IntegerField(
        label=_("How many days before a meeting?"),
        help_text=_("From 0 to 30. With 0 nobody gets a reminder."),
        min_value=0,
        max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),  # keeps what is no number
    )


class AddressForm(forms.Form):
    """The address of somebody who never signed in."""

    email = forms.CharField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput)

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if not is_address(email):
            raise forms.ValidationError(_("This is not an e-mail address. Look at it once more."))
        return email


def version_in(posted):
    """Return the version of a row that the person saw, out of what a form posted; None when it holds no number."""
    text = posted.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def sealed(seen, row):
    """Return what somebody sees of `row` (a dict) as the text of a hidden field, which comes back as it was."""
    return signing.dumps(seen, salt=f"seen of {row.uuid}", compress=True)


def seen_in(posted, row):
    """Return what somebody saw of `row`, out of what a form posted; empty where that says nothing we wrote."""
    try:
        return signing.loads(posted.get("was", ""), salt=f"seen of {row.uuid}")
    except signing.BadSignature:
        return {}


class HandOverForm(forms.Form):
    """Who leads the group as well: another coordinator."""

    to = PersonChoice(User.objects.none(), label=_("Who leads this group with you?"), empty_label=_("Choose somebody"))

    def __init__(self, group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        coordinators = User.objects.filter(is_active=True, groups__name=Role.COORDINATOR)
        self.fields["to"].queryset = coordinators.exclude(coordinated_groups=group)


class GroupChoice(forms.ModelChoiceField):
    def label_from_instance(self, group):
        free = ngettext("%(number)s seat free", "%(number)s seats free", group.seats_free) % {
            "number": group.seats_free
        }
        return f"{group.name}, {free if group.seats_free else _('full')}"


class MoveForm(forms.Form):
    """Another group of the same training that this coordinator leads, with how many seats are free."""

    to = GroupChoice(TrainingGroup.objects.none(), label=_("To which group?"), empty_label=_("Choose a group"))
    counts_along = forms.BooleanField(label=_("Attendance counts there"), required=False)

    def __init__(self, user, place, *args, **kwargs):
        super().__init__(*args, **kwargs)
        led = TrainingGroupPolicy().led_by(user).going_on().filter(training=place.group.training_id)
        self.fields["to"].queryset = led.exclude(pk=place.group_id).order_by("name")

    @property
    def brings_along(self):
        return self.cleaned_data["counts_along"]


class StaffForm(forms.Form):
    """Who leads a meeting: a trainer or co-trainer of the site; a reason where they lead another one at that time."""

    user = PersonChoice(User.objects.none(), label=_("Who"), empty_label=_("Choose somebody"))
    role = forms.ChoiceField(label=_("As"), choices=StaffRole)
    reason = forms.CharField(
        label=_("Why at the same time as another meeting"), max_length=200, required=False, widget=forms.TextInput
    )

    def __init__(self, meeting, *args, **kwargs):
        super().__init__(*args, **kwargs)
        team = User.objects.filter(is_active=True, groups__name__in=[Role.TRAINER, Role.CO_TRAINER]).distinct()
        self.fields["user"].queryset = team.exclude(meetings_led__meeting=meeting)
