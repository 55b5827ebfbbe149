"""The list of accreditations, in the menu Planning: what registers count a training for, and until when."""

from django import forms
from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from common.modeladmin import DeclaredFilter, PolicyModelAdmin
from training.cms.seen_edit import SEEN_TEMPLATE, SeenEditView, SeenForm
from training.domain.accreditations import FIELDS, add_accreditation, change_accreditation, remove_accreditation
from training.forms.when import DayField
from training.models import Accreditation, TrainingPage
from training.planning_choices import Register
from training.policies import AccreditationPolicy


class RegisterFilter(DeclaredFilter):
    title = _("register")
    parameter_name = "register"

    def lookups(self, request, model_admin):
        return Register.choices

    def narrow(self, queryset, value):
        return queryset.filter(register=value)


class AccreditationForm(SeenForm):
    """An accreditation of one of the trainings that this person has to do with."""

    training = forms.ModelChoiceField(TrainingPage.objects.none(), label=_("Training"))
    points = forms.DecimalField(
        label=_("Points"),
        help_text=_("For example 10.5."),
        min_value=0,
        max_digits=5,
        decimal_places=2,
        localize=True,  # people write 10,5
    )
    valid_from = DayField(label=_("Valid from"), help_text=_("As 1-1-2027."))
    valid_until = DayField(label=_("Last valid day"), help_text=_("The last day counts."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "training" in self.fields:
            self.fields["training"].queryset = AccreditationPolicy().trainings_for(self.for_user)

    def clean(self):
        chosen = super().clean()
        first, last = chosen.get("valid_from"), chosen.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", forms.ValidationError(_("The last day must not come before the first.")))
        return chosen


class AccreditationAdmin(PolicyModelAdmin):
    model = Accreditation
    policy = AccreditationPolicy()
    base_url_path = "planning/accreditaties"
    menu_icon = "tick-inverse"
    list_display = ("training", "register_words", "activity_id", "points", "valid_from", "valid_until")
    list_export = list_display
    export_filename = "accreditaties"
    list_select_related = ("training",)
    search_fields = ("activity_id", "training__title")
    declared_filters = (RegisterFilter,)
    form_class = AccreditationForm
    edit_view_class = SeenEditView
    edit_template_name = SEEN_TEMPLATE
    form_fields = ("seen", *FIELDS)
    hidden_fields = ("seen",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("training__training_groups__coordinators")

    @display(description=_("register"), ordering="register")
    def register_words(self, row):
        return row.get_register_display()

    def create_act(self, form, user):
        values = dict(form.cleaned_data)
        values.pop("seen")
        return add_accreditation(**values)

    def change_act(self, row, form, user):
        values = dict(form.cleaned_data)
        return change_accreditation(row, version=values.pop("seen"), by=user, **values)

    def delete_act(self, row, user):
        remove_accreditation(row)
