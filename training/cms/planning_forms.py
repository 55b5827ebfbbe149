"""The forms of the menu Planning: they check what somebody typed, and domain acts write it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from training.cms.seen_edit import SeenForm
from training.domain.groups import TOGETHER, mistakes_in
from training.domain.overbooking import LONGEST_WHY, WhyNeeded, asks_why
from training.forms.planning import ByName
from training.forms.when import DayField, MomentField, end_after_beginning
from training.forms.where import PostcodeField
from training.models import TrainingPage

ROLES = {"coordinators": Role.COORDINATOR, "trainers": Role.TRAINER, "co_trainers": Role.CO_TRAINER}


# The model's own words are for lists; these fit a phone and say what a field does.
WORDS = {
    "code": (_("code"), _("Short, and of this group alone: JLMW-2027-01. What stands here may stay.")),
    "capacity": (_("seats"), _("When they are taken, the next ones come on the waiting list.")),
    "waiting": (_("waiting list"), _("When a seat comes free.")),
    "enrol_from": (
        _("people may enrol from"),
        _("Only for who enrols by themselves, in an open group. Without a day nobody can."),
    ),
    "enrol_until": (_("and until"), _("The last day. Empty: until you close the group.")),
    "cancel_until_hours": (
        _("withdraw until"),
        _("So many hours before the first meeting people may withdraw by themselves."),
    ),
    "holiday_region": (_("region"), _("Of the school holidays: they stand in the month and where you plan meetings.")),
    "remind_days": (_("reminder"), _("So many days before each meeting a mail goes out. 0: none.")),
    "attendance_percent": (_("for a certificate"), _("So much of the meeting time somebody has to be there, in %.")),
    "bring": (_("what to bring"), _("Everybody in the group reads this.")),
    "agreements": (_("what you agreed on in the group"), _("Everybody in the group reads this.")),
    "coordinators": (_("coordinators"), _("Who makes the group leads it in any case. A second one can take over.")),
    "trainers": (
        _("trainers"),
        _("For each meeting you choose who leads it; who leads one comes on this list by itself."),
    ),
    "co_trainers": (_("co-trainers"), ""),
}


class TrainingChoice(forms.ModelChoiceField):
    """A list of trainings instead of Wagtail's page chooser: a site has one or a few."""

    def label_from_instance(self, training):
        return training.title


class GroupForm(SeenForm):
    """A group; its team is chosen among who has the role for it. Another training is another group."""

    training = TrainingChoice(TrainingPage.objects.none(), label=_("Training"))
    enrol_from = DayField(required=False)
    enrol_until = DayField(required=False)
    why_more = forms.CharField(
        label=_("Why more seats?"),
        help_text=_("Only when the group is full. It stays in the history of the group."),
        max_length=LONGEST_WHY,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in WORDS.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = capfirst(label), help_text
        if "code" in self.fields:
            self.fields["code"].error_messages["unique"] = _("Another group has this code already. Choose another one.")
        for name, role in ROLES.items():
            if name in self.fields:
                self.fields[name].widget = forms.CheckboxSelectMultiple()
                self.fields[name].iterator = ByName
                self.fields[name].queryset = User.objects.filter(is_active=True, groups__name=role)
        if "coordinators" in self.fields:
            self.fields["coordinators"].required = False  # who makes the group leads it
        if not self.instance.pk:
            self.fields.pop("why_more", None)
        if "training" in self.fields:
            trainings = self.fields["training"].queryset = TrainingPage.objects.live().order_by("title")
            self.fields["training"].disabled = bool(self.instance.pk)
            if len(trainings) == 1:
                self.initial["training"] = self.initial.get("training") or trainings[0].pk

    def clean_coordinators(self):
        """Nobody takes the last coordinator out of a group that is there."""
        people = self.cleaned_data["coordinators"]
        if self.instance.pk and not people:
            raise forms.ValidationError(_("A group has at least one coordinator."))
        return people

    def clean(self):
        chosen = super().clean()
        asked = {name: chosen.get(name) for name in TOGETHER}
        for name, sentence in mistakes_in(seats_taken=self.instance.seats_taken, **asked).items():
            self.add_error(name, sentence)
        if self.instance.pk and not chosen.get("why_more") and asks_why(self.instance, chosen.get("capacity")):
            self.add_error("why_more", str(WhyNeeded()))
        return chosen


class MeetingForm(SeenForm):
    """A meeting: its moments, and why it changes after it began or over a clash."""

    starts_at = MomentField(label=_("From"), help_text=_("As 22-10-2026 9.30."))
    ends_at = MomentField(label=_("Until"))
    postcode = PostcodeField(label=_("Postcode"), max_length=10, required=False)
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

    def clean(self):
        chosen = super().clean()
        try:
            end_after_beginning(chosen.get("starts_at"), chosen.get("ends_at"))
        except forms.ValidationError as wrong:
            self.add_error("ends_at", wrong)
        return chosen
