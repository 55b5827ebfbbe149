"""modeladmin's views, each asking for its row by the policy and writing through a domain act."""

import copy
import re

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail_modeladmin.views import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    InstanceSpecificView,
)

from common.modeladmin.cells import cell
from common.refusals import Refused

PAGE = re.compile(r"[1-9][0-9]{0,5}")
COLUMN = re.compile(r"-?[0-9]{1,2}")


# ── The list and its export ────────────────────────────────────────────────────
class PolicyIndexView(IndexView):
    def dispatch(self, request, *args, **kwargs):
        """Answer with the list; a parameter that was not declared, or has a value that was not, leads to the clean
        list before anything is asked of the database.
        """
        if not all(self._is_declared(name, values) for name, values in request.GET.lists()):
            return redirect(self.index_url)
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)

    def _is_declared(self, name, values):
        if len(values) != 1:
            return False
        if name == self.PAGE_VAR:
            return bool(PAGE.fullmatch(values[0]))
        if name == self.ORDER_VAR:
            return self._is_order(values[0])
        if name == self.EXPORT_VAR:
            return values[0] in self.FORMATS and bool(self.model_admin.get_list_export(self.request))
        return name == self.SEARCH_VAR or name in {one.parameter_name for one in self.model_admin.declared_filters}

    def _is_order(self, value):
        """True for what the headings link to: the numbers of columns with dots between, a minus for the other way."""
        columns = len(self.model_admin.get_list_display(self.request))
        wanted = value.split(".")
        return len(wanted) <= columns and all(
            COLUMN.fullmatch(one) and int(one.lstrip("-")) < columns for one in wanted
        )

    def to_row_dict(self, item):
        return {name: cell(lookup_field(name, item, self.model_admin)[2]) for name in self.list_export}

    def get_heading(self, queryset, field):
        return str(capfirst(label_for_field(field, self.model, self.model_admin)))

    def write_csv_response(self, queryset):
        """Write it at once: a stream is read when the language of this person has been put away."""
        name = f'attachment; filename="{self.get_filename()}.csv"'
        content = b"".join(self.stream_csv(queryset))
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


# ── One row ────────────────────────────────────────────────────────────────────
class RowView(InstanceSpecificView):
    """Comes before modeladmin's own view of a row, which would take any row by its number."""

    def __init__(self, model_admin, instance_pk):
        super(InstanceSpecificView, self).__init__(model_admin)
        self.instance_pk = unquote(instance_pk)
        self.pk_quoted = quote(self.instance_pk)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.instance = self.model_admin.row_for(request.user, self.instance_pk)


class PolicyInspectView(RowView, InspectView):
    pass


class PolicyHistoryView(RowView, HistoryView):
    def check_action_permitted(self, user):
        return self.permission_helper.user_can_read_history_of_obj(user, self.instance)


# ── Acts ───────────────────────────────────────────────────────────────────────
class ActFormView:
    """A form whose valid values go to a domain act; Wagtail's log gets a line in the same transaction."""

    log_action = None

    def act(self, form):
        """Call the domain act and return the row it made or changed."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            with transaction.atomic():
                row = self.act(form)
                log(instance=row, action=self.log_action, content_changed=form.has_changed())
        except self.model.DoesNotExist as gone:
            raise PermissionDenied from gone  # deleted meanwhile: the answer for a row that is not there
        except Refused as refusal:
            return self.refused(form, refusal)
        messages.success(self.request, self.get_success_message(row), buttons=self.get_success_message_buttons(row))
        return redirect(self.model_admin.address_after(row) or self.get_success_url())

    def refused(self, form, refusal):
        """Show the form again with the sentence of the Refused on top; nothing was written."""
        form.add_error(None, str(refusal))
        return self.form_invalid(form)


class PolicyCreateView(ActFormView, CreateView):
    log_action = "wagtail.create"

    def act(self, form):
        return self.model_admin.create_act(form, self.request.user)


class PolicyEditView(ActFormView, RowView, EditView):
    log_action = "wagtail.edit"

    def get_instance(self):
        """A copy for the form, which puts on it what was typed: the act gets the row as the database has it."""
        return copy.copy(self.instance)

    def act(self, form):
        return self.model_admin.change_act(self.instance, form, self.request.user)


class PolicyDeleteView(RowView, DeleteView):
    def post(self, request, *args, **kwargs):
        done = _("%(model_name)s '%(object)s' deleted.") % {"model_name": self.verbose_name, "object": self.instance}
        try:
            with transaction.atomic():
                log(instance=self.instance, action="wagtail.delete", deleted=True)
                self.model_admin.delete_act(self.instance, request.user)
        except self.model.DoesNotExist as gone:
            raise PermissionDenied from gone
        except (ProtectedError, RestrictedError):
            messages.error(request, _("This can't be deleted: something else still needs it."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect(self.index_url)
