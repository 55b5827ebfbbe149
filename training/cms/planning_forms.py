"""The forms of the menu Planning: they check what somebody typed, and domain acts write it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from common.modeladmin.forms import ActForm
from training.forms.when import MomentField, end_after_beginning
from training.models import TrainingPage

ROLES = {"coordinators": Role.COORDINATOR, "trainers": Role.TRAINER, "co_trainers": Role.CO_TRAINER}


class GroupForm(ActForm):
    """A group; its team is chosen among who has the role for it. Another training is another group."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, role in ROLES.items():
            if name in self.fields:
                people = User.objects.filter(is_active=True, groups__name=role).order_by("display_name")
                self.fields[name].queryset = people
        if "coordinators" in self.fields:
            self.fields["coordinators"].required = False  # who makes the group leads it
        if "training" in self.fields:
            self.fields["training"].queryset = TrainingPage.objects.live()
            self.fields["training"].disabled = bool(self.instance.pk)

    def clean_coordinators(self):
        """Nobody takes the last coordinator out of a group that is there."""
        people = self.cleaned_data["coordinators"]
        if self.instance.pk and not people:
            raise forms.ValidationError(_("A group has at least one coordinator."))
        return people


class MeetingForm(ActForm):
    """A meeting as it was when the form was opened (`seen`), so that nobody overwrites what came meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    starts_at = MomentField(label=_("From"), help_text=_("As 22-10-2026 9.30."))
    ends_at = MomentField(label=_("Until"))
    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Only for a meeting that has begun already."),
        max_length=300,
        required=False,
    )
    why_clash = forms.CharField(
        label=_("Why at the same time as another meeting?"),
        help_text=_("Only when somebody leads another meeting then and you plan it all the same."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def clean(self):
        chosen = super().clean()
        try:
            end_after_beginning(chosen.get("starts_at"), chosen.get("ends_at"))
        except forms.ValidationError as wrong:
            self.add_error("ends_at", wrong)
        return chosen
