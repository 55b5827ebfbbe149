"""What a coordinator fills in on her desk; each form goes to one domain act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from training.models import TrainingGroup
from training.planning_choices import StaffRole
from training.policies import TrainingGroupPolicy


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.display_name


class CopyForm(forms.Form):
    name = forms.CharField(label=_("Name of the new group"), max_length=80)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why? Everybody who would come reads this."), max_length=300)


class HandOverForm(forms.Form):
    """Who leads the group as well: another coordinator."""

    to = PersonChoice(User.objects.none(), label=_("Who leads this group with you?"))

    def __init__(self, group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        coordinators = User.objects.filter(is_active=True, groups__name=Role.COORDINATOR)
        self.fields["to"].queryset = coordinators.exclude(coordinated_groups=group).order_by("display_name")


class GroupChoice(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return f"{group.name} ({group.seats_free})"


class MoveForm(forms.Form):
    """Another group of the same training that this coordinator leads, with the number of free seats behind it."""

    to = GroupChoice(TrainingGroup.objects.none(), label=_("To which group?"))

    def __init__(self, user, place, *args, **kwargs):
        super().__init__(*args, **kwargs)
        led = TrainingGroupPolicy().led_by(user).going_on().filter(training=place.group.training_id)
        self.fields["to"].queryset = led.exclude(pk=place.group_id).order_by("name")


class StaffForm(forms.Form):
    """Who leads a meeting: a trainer or co-trainer of the site; a reason where they lead another one at that time."""

    user = PersonChoice(User.objects.none(), label=_("Who"))
    role = forms.ChoiceField(label=_("As"), choices=StaffRole)
    reason = forms.CharField(
        label=_("Why at the same time as another meeting"), max_length=200, required=False, widget=forms.TextInput
    )

    def __init__(self, meeting, *args, **kwargs):
        super().__init__(*args, **kwargs)
        team = User.objects.filter(is_active=True, groups__name__in=[Role.TRAINER, Role.CO_TRAINER]).distinct()
        self.fields["user"].queryset = team.exclude(meetings_led__meeting=meeting).order_by("display_name")
