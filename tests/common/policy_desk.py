"""A desk of groups with every screen of PolicyModelAdmin opened, and one with none; tests/common/policy_urls.py serves
both. On the desk coordinators change what they lead, trainers read what they train, others are nobody.
"""

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse

from common.modeladmin import DeclaredFilter, PolicyModelAdmin
from common.policies import Policy, has_role
from common.refusals import Refused
from training.domain.groups import rename_group
from training.models import TrainingGroup, TrainingPage


class DeskPolicy(Policy):
    model = TrainingGroup

    def visible_to(self, user):
        return TrainingGroup.objects.filter(Q(coordinators=user) | Q(trainers=user)).distinct()

    def may_list(self, user):
        return has_role(user, "coordinator", "trainer")

    def may_add(self, user):
        return has_role(user, "coordinator")

    def may_change(self, user, group):
        return user in group.coordinators.all()

    may_delete = may_change


class InitialFilter(DeclaredFilter):
    title = "letter"
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [("T", "T"), ("B", "B")]

    def narrow(self, queryset, value):
        return queryset.filter(name__startswith=value)


class Desk(PolicyModelAdmin):
    model = TrainingGroup
    policy = DeskPolicy()
    base_url_path = "proef/groepen"
    list_display = ("name", "training")
    list_export = ("name", "training", "seats", "empty")
    search_fields = ("name", "coordinators__display_name")
    declared_filters = (InitialFilter,)
    inspect_view_enabled = True
    inspect_view_fields = ("name", "coordinators")
    form_fields = ("name",)
    read_only_fields = ("training", "coordinators")

    def seats(self, group):
        return group.places.count()

    def empty(self, group):
        return None

    def create_act(self, form, user):
        group = TrainingGroup.objects.create(training=TrainingPage.objects.first(), name=form.cleaned_data["name"])
        group.coordinators.add(user)
        return group

    def change_act(self, group, form, user):
        name = form.cleaned_data["name"]
        if name == "Weg":
            group.delete()
        if name == "Nee":
            TrainingGroup.objects.update(name="Half geschreven")
            raise Refused(f"“{group.name}” keeps its name.")
        return rename_group(group, name)

    def delete_act(self, group, user):
        if group.name.startswith("Vast"):
            raise Refused("This one stays.")
        group.delete()


class ClosedDesk(PolicyModelAdmin):
    """Says yes by its policy, and has no act."""

    model = TrainingGroup
    policy = DeskPolicy()
    base_url_path = "proef/dicht"


desk, closed_desk = Desk(), ClosedDesk()


def address(action, row=None, *, of=desk):
    """The address of a page of the desk; `row` is a group or what stands for its number."""
    return reverse(of.url_helper.get_action_url_name(action), args=[] if row is None else [getattr(row, "pk", row)])


def enter(client, person):
    """Sign `person` in, in English, and let them into the CMS whatever their role: from there on the policy refuses."""
    person.language = "en"
    person.save(update_fields=["language"])
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    return client


def refused(response):
    """True for Wagtail's answer to who may not come here: back to the start page of the CMS."""
    return (response.status_code, response.headers.get("Location")) == (302, reverse("wagtailadmin_home"))
