"""People into a group from a list: bring it, look at it, confirm it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from training.domain.importing import (
    confirm_batch,
    counts_of,
    errors_of,
    example_rows,
    make_batch,
    refuse_ended,
    wrong_rows,
)
from training.forms.importing import ListForm
from training.imports.writing import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from training.models import ImportBatch
from training.views.planning_gate import for_coordinators, led_group

SHOWN = 200  # rows of each kind on the page; the others count along
READ = ["GET", "HEAD", "POST"]


# ── The gate ───────────────────────────────────────────────────────────────────
def list_for(request, uuid, batch):
    """Return the ImportBatch of a group that this person leads; raises Http404."""
    return get_object_or_404(ImportBatch.objects.select_related("group"), group=led_group(request, uuid), uuid=batch)


# ── Bringing it ────────────────────────────────────────────────────────────────
@require_http_methods(READ)
@for_coordinators
def add_people(request, uuid):
    """The form for a file or a paste; a list that can be read leads to the look at it."""
    group = led_group(request, uuid)
    if request.method == "POST":
        return bring_list(request, group)
    return show(request, "import", group, form=ListForm())


def bring_list(request, group):
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            batch = make_batch(group=group, by=request.user, **form.as_list())
            return redirect("training:check_people", uuid=group.uuid, batch=batch.uuid)
        except Refused as refusal:
            form.refuse(str(refusal))
    return show(request, "import", group, status=400, form=form)


def show(request, page, group, *, status=200, **context):
    return render(request, f"training/planning/{page}.html", {"group": group, **context}, status=status)


# ── Looking and confirming ─────────────────────────────────────────────────────
@require_http_methods(READ)
@for_coordinators
def check_people(request, uuid, batch):
    """What the list would do, with everything that is wrong; confirming it leads back to the group."""
    batch = list_for(request, uuid, batch)
    if request.method == "POST":
        return confirm(request, batch)
    try:
        refuse_ended(batch)
    except Refused as refusal:
        return show_ended(request, batch, str(refusal))
    return show(request, "import_check", batch.group, **look_at(batch))


def show_ended(request, batch, why):
    title = _("Already done") if batch.confirmed_at else _("This list has expired")
    wrong = batch.rows.wrong().exists()
    return show(request, "import_ended", batch.group, status=410, batch=batch, title=title, why=why, has_wrong=wrong)


def confirm(request, batch):
    try:
        confirmed = confirm_batch(batch, by=request.user)
    except Refused as refusal:
        return say_no(request, batch, str(refusal))
    messages.success(request, told(confirmed), extra_tags="places")
    response = redirect("training:planned_group", uuid=batch.group.uuid)
    response["Location"] += "#places"
    return response


def say_no(request, batch, why):
    """Show the list once more with the reason; where the list itself has ended its page says so."""
    batch.refresh_from_db()
    if batch.is_open():
        return show(request, "import_check", batch.group, status=409, refusal=why, **look_at(batch))
    return redirect("training:check_people", uuid=batch.group.uuid, batch=batch.uuid)


def told(confirmed):
    """Return what confirming did, in a sentence or two."""
    seated = ngettext("%(number)d person stands ready.", "%(number)d people stand ready.", confirmed.seated)
    waiting = ngettext(
        "%(number)d person is on the waiting list.", "%(number)d people are on the waiting list.", confirmed.waiting
    )
    counted = ((seated, confirmed.seated), (waiting, confirmed.waiting))
    parts = [words % {"number": number} for words, number in counted if number]
    return " ".join([*parts, _("Nobody got a mail yet.")])


def look_at(batch):
    """Return what the page shows: counts, and of each kind of row the first ones."""
    rows = batch.rows.select_related("person")
    wrong = [(row, errors_of(row)) for row in rows.wrong()[:SHOWN]]
    return {
        "batch": batch,
        "counts": counts_of(batch),
        "wrong": wrong,
        "placed": rows.to_place()[:SHOWN],
        "already_in": rows.already_in()[:SHOWN],
    }


# ── Files to take along ────────────────────────────────────────────────────────
@require_safe
@for_coordinators
def wrong_people(request, uuid, batch, kind):
    """The rows that are not right, to correct and bring in again; a day later they are gone."""
    batch = list_for(request, uuid, batch)
    heading, rows = wrong_rows(batch)
    if not rows:
        raise Http404
    return table_file(_("not-right-yet"), kind, heading, rows)


@require_safe
@for_coordinators
def example_list(request, uuid, kind):
    led_group(request, uuid)
    return table_file(_("example"), kind, *example_rows())


def table_file(name, kind, heading, rows):
    """Answer with a CSV or XLSX to download; another kind raises Http404."""
    makers = {"csv": (CSV_TYPE, csv_file), "xlsx": (XLSX_TYPE, lambda *table: xlsx_file(name, *table))}
    if kind not in makers:
        raise Http404
    content_type, make = makers[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(make(heading, rows), content_type=content_type, headers=headers)
