"""The menu Planning: lists and forms for coordinators. Every form calls one domain act and returns to the desk."""

from django.contrib.admin import display
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from common.modeladmin import DeclaredFilter, PolicyModelAdmin
from common.modeladmin.views import PolicyCreateView
from training.cms.certificates import CertificateAdmin
from training.cms.meeting_edit import MeetingEditView
from training.cms.planning_forms import GroupForm, MeetingForm
from training.cms.registers import AccreditationAdmin
from training.cms.seen_edit import SEEN_TEMPLATE, SeenEditView
from training.domain.groups import FIELDS, TEAM, add_group, change_group
from training.domain.meetings import CHANGEABLE, change_meeting
from training.models import GroupPlace, Meeting, TrainingGroup, TrainingPage
from training.planning_choices import GroupState, MeetingState, PlaceState
from training.policies import GroupPlacePolicy, MeetingPolicy, TrainingGroupPolicy

PLACES = GroupPlace.objects.together().filter(group=OuterRef("pk")).order_by().values("group")
AFTER_SEATS = FIELDS.index("capacity") + 1
SEATS = Coalesce(Subquery(PLACES.annotate(number=Count("pk")).values("number")), Value(0))


# ── Filters ────────────────────────────────────────────────────────────────────
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


class StateFilter(DeclaredFilter):
    """Groups, places or meetings in one state."""

    title = _("state")
    parameter_name = "stand"
    states = ()

    def lookups(self, request, model_admin):
        return self.states

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


class GroupStateFilter(StateFilter):
    states = GroupState.choices


class MeetingStateFilter(StateFilter):
    states = MeetingState.choices


class PlaceStateFilter(StateFilter):
    states = PlaceState.choices


class GroupFilter(DeclaredFilter):
    """The groups that this person leads, and no others."""

    title = _("group")
    parameter_name = "groep"

    def lookups(self, request, model_admin):
        return TrainingGroupPolicy().led_by(request.user).order_by("name").values_list("pk", "name")

    def narrow(self, queryset, value):
        return queryset.filter(group=value)


class StateColumn:
    """The state in words, in the list and in its export."""

    @display(description=_("state"), ordering="state")
    def state_words(self, row):
        return row.get_state_display()


# ── Lists and forms ────────────────────────────────────────────────────────────
class NewGroupView(PolicyCreateView):
    """“Nieuwe groep”: with the word and the thing apart, Wagtail's heading says it wrong in Dutch."""

    page_title = _("New group")

    def get_page_subtitle(self):
        return ""

    def get_success_message(self, row):
        return _("{group} is made. Nobody was told.").format(group=row.name)

    def get_success_message_buttons(self, row):
        return []  # one comes to its page, with the way to change it


class GroupEditView(SeenEditView):
    def form_valid(self, form):
        """Whoever gave the group to others is led to the desk: its own page is not theirs any more."""
        answer = super().form_valid(form)
        still_leads = TrainingGroupPolicy().led_by(self.request.user).filter(pk=self.instance.pk).exists()
        return answer if still_leads or answer.status_code != 302 else redirect("training:desk")


class TrainingGroupAdmin(StateColumn, PolicyModelAdmin):
    model = TrainingGroup
    policy = TrainingGroupPolicy()
    base_url_path = "planning/groepen"
    menu_icon = "group"
    list_display = ("name", "code", "training", "state_words", "coordinator_names", "people")
    list_export = list_display
    export_filename = "groepen"
    list_select_related = ("training",)
    search_fields = ("name", "code")
    declared_filters = (GroupStateFilter, TrainingFilter)
    inspect_view_enabled = True
    inspect_view_fields = ("name", "code", "training", "state", "coordinators", "trainers", "co_trainers")
    create_view_class = NewGroupView
    form_class = GroupForm
    edit_view_class = GroupEditView
    edit_template_name = SEEN_TEMPLATE
    form_fields = ("seen", "training", *FIELDS[:AFTER_SEATS], "why_more", *FIELDS[AFTER_SEATS:], *TEAM)
    hidden_fields = ("seen",)
    read_only_fields = ("state",)

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

    def create_act(self, form, user):
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("seen", "why_more")}
        return add_group(values.pop("training"), by=user, **values)

    def change_act(self, group, form, user):
        values = {name: value for name, value in form.cleaned_data.items() if name != "training"}
        return change_group(group, version=values.pop("seen"), by=user, **values)

    def address_after(self, group):
        return reverse("training:planned_group", args=[group.uuid])


class MeetingAdmin(StateColumn, PolicyModelAdmin):
    model = Meeting
    policy = MeetingPolicy()
    base_url_path = "planning/bijeenkomsten"
    menu_icon = "date"
    list_display = ("title", "group", "starts_at", "city", "state_words")
    list_export = list_display
    export_filename = "bijeenkomsten"
    list_select_related = ("group",)
    search_fields = ("title", "city")
    declared_filters = (GroupFilter, MeetingStateFilter)
    ordering = ("-starts_at",)
    form_class = MeetingForm
    edit_view_class = MeetingEditView
    edit_template_name = SEEN_TEMPLATE
    form_fields = ("seen", *CHANGEABLE, "reason", "why_clash")
    hidden_fields = ("seen",)
    read_only_fields = ("group", "state")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("group__coordinators")

    def change_act(self, meeting, form, user):
        values = dict(form.cleaned_data)
        return change_meeting(meeting, version=values.pop("seen"), by=user, **values)

    def address_after(self, meeting):
        return reverse("training:meeting", args=[meeting.uuid])


class GroupPlaceAdmin(StateColumn, PolicyModelAdmin):
    """A list to look things up in; what happens to a place is done on the page of its group."""

    model = GroupPlace
    policy = GroupPlacePolicy()
    base_url_path = "planning/plaatsen"
    menu_icon = "user"
    list_display = ("person", "group", "state_words", "source_words", "made_at")
    list_export = list_display
    export_filename = "plaatsen"
    list_select_related = ("group", "enrolment__person")
    search_fields = ("enrolment__person__display_name",)
    declared_filters = (GroupFilter, PlaceStateFilter)
    ordering = ("group", "pk")

    @display(description=_("came in"), ordering="source")
    def source_words(self, place):
        return place.get_source_display()

    @display(description=_("participant"))
    def person(self, place):
        return place.enrolment.person.display_name


class DeskItem(MenuItem):
    """The same people as the desk itself."""

    def is_shown(self, request):
        return TrainingGroupPolicy().may_plan(request.user)


class PlanningMenu(ModelAdminGroup):
    menu_label = _("Planning")
    menu_item_name = "planning"
    menu_icon = "calendar-alt"
    menu_order = 250
    items = (TrainingGroupAdmin, MeetingAdmin, GroupPlaceAdmin, CertificateAdmin, AccreditationAdmin)

    def get_submenu_items(self):
        """The desk first: a form that was opened there and not saved has no other way back."""
        return [
            DeskItem(_("This week"), reverse("training:desk"), icon_name="home", order=0),
            *super().get_submenu_items(),
        ]
