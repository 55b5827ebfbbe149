"""The list of certificates, in the menu Planning. What happens to one is done on the page of its group."""

from django.contrib.admin import display
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper

from common.modeladmin import DeclaredFilter, PolicyModelAdmin
from common.modeladmin.views import PolicyInspectView
from training.models import Certificate, GroupPlace
from training.policies import CertificatePolicy, TrainingGroupPolicy

VALID, CHECK, REPLACED, REVOKED = "geldig", "controleer", "vervangen", "ingetrokken"
STATES = {
    VALID: (_("valid"), Q(revoked_at=None)),
    CHECK: (_("to be checked"), Q(revoked_at=None, check_since__isnull=False)),
    REPLACED: (_("replaced"), Q(revoked_at__isnull=False, replaced_by__isnull=False)),
    REVOKED: (_("taken back"), Q(revoked_at__isnull=False, replaced_by__isnull=True)),
}


class CertificateStateFilter(DeclaredFilter):
    title = _("state")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _question) in STATES.items()]

    def narrow(self, queryset, value):
        return queryset.filter(STATES[value][1])


class CertificateGroupFilter(DeclaredFilter):
    """The groups that this person leads, and no others."""

    title = _("group")
    parameter_name = "groep"

    def lookups(self, request, model_admin):
        return TrainingGroupPolicy().led_by(request.user).order_by("name").values_list("pk", "name")

    def narrow(self, queryset, value):
        places = GroupPlace.objects.together().filter(group=value).order_by()
        return queryset.filter(enrolment__in=places.values("enrolment"))


class CertificateButtons(ButtonHelper):
    """Each row opens its certificate; a valid one leads to the forms that replace it or take it back."""

    def get_buttons_for_obj(self, obj, classnames_add=None, **options):
        look = self.finalise_classname([*self.edit_button_classnames, *(classnames_add or [])])
        ways = [(_("Open"), _("See and print the certificate"), reverse("training:certificate", args=[obj.uuid]))]
        return [
            *self._buttons(ways, look),
            *super().get_buttons_for_obj(obj, classnames_add=classnames_add, **options),
            *self._buttons(self._acts(obj), look),
        ]

    def _acts(self, certificate):
        places = certificate.enrolment.led_places
        if not certificate.is_valid or not places:
            return
        for name, label in (("replace_certificate", _("Replace")), ("revoke_certificate", _("Take back"))):
            yield label, label, reverse(f"training:{name}", args=[places[0].uuid])

    def _buttons(self, ways, look):
        return [{"url": url, "label": label, "title": title, "classname": look} for label, title, url in ways]


class CertificateInspectView(PolicyInspectView):
    """The column of who gave it has no Dutch name of its own."""

    def get_field_label(self, field_name, field=None):
        return _("given by") if field_name == "issued_by" else super().get_field_label(field_name, field)


class CertificateAdmin(PolicyModelAdmin):
    model = Certificate
    policy = CertificatePolicy()
    base_url_path = "planning/bewijzen"
    menu_icon = "doc-full-inverse"
    list_display = ("number", "name_on_it", "training_on_it", "group_on_it", "issued_at", "state_words")
    list_export = list_display
    export_filename = "bewijzen"
    list_select_related = ("replaced_by", "enrolment__person")
    search_fields = ("number", "enrolment__person__display_name")
    declared_filters = (CertificateGroupFilter, CertificateStateFilter)
    ordering = ("-issued_at", "-pk")
    inspect_view_enabled = True
    inspect_view_class = CertificateInspectView
    inspect_view_fields = ("number", "issued_at", "issued_by", "given_because", "check_reason", "revoked_at", "reason")
    button_helper_class = CertificateButtons

    def get_queryset(self, request):
        return self.policy.with_places(super().get_queryset(request), request.user)

    def row_for(self, user, pk):
        """Its page has the same buttons as its row."""
        row = super().row_for(user, pk)
        return self.policy.with_places(self.policy.visible_to(user), user).get(pk=row.pk)

    @display(description=_("name"))
    def name_on_it(self, certificate):
        return certificate.snapshot.get("name", _("Erased"))

    @display(description=_("training"))
    def training_on_it(self, certificate):
        return certificate.snapshot.get("training", "")

    @display(description=_("group"))
    def group_on_it(self, certificate):
        return certificate.snapshot.get("group", "")

    @display(description=_("state"), ordering="revoked_at")
    def state_words(self, certificate):
        if certificate.is_valid:
            return STATES[CHECK if certificate.check_since else VALID][0]
        return STATES[REPLACED if certificate.is_replaced else REVOKED][0]
