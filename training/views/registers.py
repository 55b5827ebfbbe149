"""Registers: a page for each where a coordinator passes her group on, and the report of a group at its end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from training.domain import group_report, register_lists
from training.domain.register_delivery import RefusedDay, deliver_late, keep_delivery, open_numbers
from training.forms.registers import DeliveryForm
from training.planning_choices import Register
from training.views.importing import table_file
from training.views.planning_gate import for_coordinators, led_group

PASTED = (Register.REGISTERPLEIN, Register.NIP, Register.NVO)  # PE-online takes a pasted list of numbers


def known(register):
    """Return the Register with this name. Raises Http404."""
    if register not in Register.values:
        raise Http404
    return Register(register)


def shown(request, found, form=None, *, status=200, **context):
    """Show the page of one register with what was typed, if anything was."""
    context = {
        "group": found.group,
        "list": found,
        "form": form or DeliveryForm.of(found.delivery),
        "is_pasted": found.register in PASTED,
        **context,
    }
    return render(request, "training/planning/register.html", context, status=status)


@require_safe
@for_coordinators
def register_page(request, uuid, register):
    """Show who of the group may be passed on to this register."""
    register = known(register)
    return shown(request, register_lists.register_list(led_group(request, uuid), register))


@require_POST
@for_coordinators
def open_register(request, uuid, register):
    """Open the numbers of who allows it; each opening stands in that person's own data."""
    group, register = led_group(request, uuid), known(register)
    try:
        number = open_numbers(group, register, by=request.user)
    except Refused as refusal:
        return shown(request, register_lists.register_list(group, register), refusal=str(refusal), status=409)
    words = ngettext("%(number)s number was opened.", "%(number)s numbers were opened.", number)
    messages.success(request, words % {"number": number} if number else _("All numbers were open already."))
    return redirect("training:register_page", uuid=uuid, register=register)


@require_POST
@for_coordinators
def keep_register(request, uuid, register):
    """Note that the group was passed on, or not after all; or that who came later was passed on as well."""
    group, register = led_group(request, uuid), known(register)
    form = DeliveryForm(request.POST)
    if form.is_valid():
        try:
            say_kept(request, kept(request, group, register, form.cleaned_data))
        except Refused as refusal:
            form.add_error("day" if isinstance(refusal, RefusedDay) else None, str(refusal))
        else:
            return redirect("training:register_page", uuid=uuid, register=register)
    found = register_lists.register_list(group, register)
    status = 409 if form.non_field_errors() else 422
    return shown(request, found, with_version(form, found), status=status)


def kept(request, group, register, values):
    """Do what the pressed button says and return how many were passed on later, None for the other button."""
    if "late" in request.POST:
        values.pop("execution_number")
        return deliver_late(group, register, by=request.user, **values)
    keep_delivery(group, register, by=request.user, **values)
    return None


def say_kept(request, late):
    if late is None:
        messages.success(request, _("Saved."))
    else:
        words = ngettext("%(number)s person was added.", "%(number)s people were added.", late)
        messages.success(request, words % {"number": late})


def with_version(form, found):
    """After a refusal the form says what it was shown with now: whoever presses again has seen it."""
    form.data = form.data.copy()
    form.data["version"] = found.delivery.version
    return form


@require_safe
@for_coordinators
def register_file(request, uuid, register, kind):
    """The opened numbers as a file: the same people and hours as on the screen; `txt` has the numbers alone."""
    found = register_lists.register_list(led_group(request, uuid), known(register))
    name = f"{slugify(found.group.code) or 'groep'}-{found.register}"
    if kind == "txt":
        headers = {"Content-Disposition": f'attachment; filename="{name}.txt"'}
        text = "".join(f"{number}\r\n" for number in found.numbers)
        return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
    return table_file(name, kind, *register_lists.table_of(found))


# ── The report ─────────────────────────────────────────────────────────────────
@require_safe
@for_coordinators
def report(request, uuid):
    """Show the group at its end, in numbers."""
    group = led_group(request, uuid)
    context = {"group": group, "report": group_report.report_of(group)}
    return render(request, "training/planning/report.html", context)


@require_safe
@for_coordinators
def report_file(request, uuid, kind):
    """The same numbers as a file."""
    group = led_group(request, uuid)
    name = f"{slugify(group.code) or 'groep'}-{_('report')}"
    return table_file(name, kind, *group_report.table_of(group_report.report_of(group)))
