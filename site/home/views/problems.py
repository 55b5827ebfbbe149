"""Reporting a problem: choosing what it is about, sending it, and the receipt."""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.choices import ProblemKind
from home.domain.problems import TooManyReports, number_of_new, report_problem
from home.forms import ProblemForm
from home.models import ProblemReport
from home.policies import own_reports
from home.validators import place_on

RECEIPTS = "problem_receipts"  # in the session: the uuids of what a visitor reported
MOST_RECEIPTS = 20
ON_A_PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Ask what it is about, show the form for it, or send it and answer with the receipt."""
    if request.method == "POST":
        return send(request)
    form = form_for(request, initial={"kind": request.GET.get("soort"), "path": came_from(request)})
    if form.chosen is None:
        return render(request, "problems/choose.html", choices_for(request, form))
    return show_form(request, form)


def send(request):
    form = form_for(request, request.POST)
    if not form.is_valid():
        return show_form(request, form, status=400)
    if form.made_for_a_member and not request.user.is_authenticated:
        form.data["member"] = ""  # once told, pressing the button again is a choice
        return show_form(request, form, refusal="signed_out", status=403)
    try:
        report = report_problem(
            form.cleaned_data["kind"],
            form.cleaned_data["words"],
            sender=sender_of(request),
            path=form.cleaned_data["path"],
            reporter=request.user if request.user.is_authenticated else None,
            contact=form.contact,
            token=form.page_token,
        )
    except TooManyReports:
        return show_form(request, form, refusal="too_many", status=429)
    keep_receipt(request, report)
    return redirect("problem_receipt", report.uuid)


def form_for(request, data=None, **kwargs):
    return ProblemForm(data, signed_in=request.user.is_authenticated, hosts=own_hosts(request), **kwargs)


def own_hosts(request):
    return {request.get_host(), urlsplit(settings.SITE_URL).netloc}


def came_from(request):
    """Return the path in `?van=`; "" for an address that is not ours, for nobody typed that."""
    try:
        return place_on(request.GET.get("van", ""), own_hosts(request))
    except ValidationError:
        return ""


def choices_for(request, form):
    """Return what the first screen shows; who is signed in finds the way to their reports, and a reader to the
    inbox.
    """
    signed_in = request.user.is_authenticated
    return {
        "kinds": list(ProblemKind),
        "path": form.initial["path"],
        "inbox": number_of_new(request.user) if signed_in else None,
    }


def show_form(request, form, *, refusal="", status=200):
    context = {"form": form, "refusal": refusal, "wrong": bool(refusal or form.errors)}
    return render(request, "problems/form.html", context, status=status)


def sender_of(request):
    """Return the name under which is counted how much somebody sends: the account, else the address."""
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return "address-unknown"
    if address.version == 6:  # a household has a whole /64 of them
        address = ip_network((address, 64), strict=False).network_address
    return f"address-{address}"


def keep_receipt(request, report):
    """Let a visitor read the receipt as long as the browser stays open: afterwards somebody else may sit there."""
    if report.reporter_id is None:
        receipts = [uuid for uuid in request.session.get(RECEIPTS, []) if uuid != str(report.uuid)]
        request.session[RECEIPTS] = [*receipts, str(report.uuid)][-MOST_RECEIPTS:]
        request.session.set_expiry(0)


@never_cache
@require_safe
def receipt(request, uuid):
    """Show how far a report is, to its reporter alone; 404 for everybody else."""
    reports = own_reports(request.user, request.session.get(RECEIPTS, ())).select_related("handled_by")
    return render(request, "problems/receipt.html", {"report": get_object_or_404(reports, uuid=uuid)})


@never_cache
@require_safe
@login_required
def my_reports(request):
    """Show what somebody reported, the newest first."""
    pages = Paginator(ProblemReport.objects.of(request.user), ON_A_PAGE)
    return render(request, "problems/mine.html", {"reports": pages.get_page(request.GET.get("pagina"))})
