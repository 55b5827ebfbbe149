"""The menu Planning: lists for coordinators."""

from django.contrib.admin import display
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from common.modeladmin import DeclaredFilter, PolicyModelAdmin
from training.domain.groups import rename_group
from training.models import GroupPlace, TrainingGroup, TrainingPage
from training.policies import TrainingGroupPolicy

PLACES = GroupPlace.objects.filter(group=OuterRef("pk")).order_by().values("group")
SEATS = Coalesce(Subquery(PLACES.annotate(number=Count("pk")).values("number")), Value(0))


class TrainingFilter(DeclaredFilter):
    """The trainings of the groups that this person sees, and no others."""

    title = _("training")
    parameter_name = "training"

    def lookups(self, request, model_admin):
        groups = model_admin.policy.visible_to(request.user).order_by()
        trainings = TrainingPage.objects.filter(pk__in=groups.values("training")).order_by("title")
        return trainings.values_list("pk", "title")

    def narrow(self, queryset, value):
        return queryset.filter(training=value)


class TrainingGroupAdmin(PolicyModelAdmin):
    model = TrainingGroup
    policy = TrainingGroupPolicy()
    base_url_path = "planning/groepen"
    menu_icon = "group"
    list_display = ("name", "training", "coordinator_names", "people")
    list_export = list_display
    export_filename = "groepen"
    list_select_related = ("training",)
    search_fields = ("name",)
    declared_filters = (TrainingFilter,)
    inspect_view_enabled = True
    inspect_view_fields = ("name", "training", "coordinators", "trainers", "co_trainers")
    form_fields = ("name",)
    read_only_fields = ("training", "coordinators", "trainers", "co_trainers")

    def get_queryset(self, request):
        led = self.policy.led_by(request.user).order_by().values("pk")
        people = Case(When(pk__in=led, then=SEATS), default=None, output_field=IntegerField())
        return super().get_queryset(request).annotate(people=people).prefetch_related("coordinators")

    @display(description=_("coordinators"))
    def coordinator_names(self, group):
        return ", ".join(sorted(map(str, group.coordinators.all())))  # no query of its own for the order

    @display(description=_("people"), ordering="people")
    def people(self, group):
        """None for who doesn't lead this group."""
        return group.people

    def change_act(self, group, form, user):
        return rename_group(group, form.cleaned_data["name"])


class PlanningMenu(ModelAdminGroup):
    menu_label = _("Planning")
    menu_item_name = "planning"
    menu_icon = "calendar-alt"
    menu_order = 250
    items = (TrainingGroupAdmin,)
