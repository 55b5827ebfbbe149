"""The inbox of problem reports: who may not read them gets the same 404 as for a page that is not there."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.domain.problems import AlreadyAnswered, answer_problem, mark_seen
from home.forms import AnswerForm
from home.policies import readable_reports, reads_reports
from home.views.problems import ON_A_PAGE

SEEN, ANSWER = "seen", "answer"


@never_cache
@require_safe
@login_required
def inbox(request):
    """List what waits for an answer, or with `?stand=beantwoord` what was answered."""
    answered = request.GET.get("stand") == "beantwoord"
    reports = readable_by(request.user).select_related("reporter")
    pages = Paginator(reports.answered() if answered else reports.waiting(), ON_A_PAGE)
    context = {"reports": pages.get_page(request.GET.get("pagina")), "answered": answered}
    return render(request, "problems/inbox.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def problem(request, uuid):
    """Show one report, or do what was pressed there and answer with a redirect."""
    reports = readable_by(request.user).select_related("reporter", "handled_by")
    report = get_object_or_404(reports, uuid=uuid)
    if request.method == "POST":
        return act_on(request, report)
    return show_problem(request, report, AnswerForm())


def readable_by(user):
    """Return the reports that `user` may read; raises Http404 for who reads nobody's."""
    if not reads_reports(user):
        raise Http404
    return readable_reports(user)


def act_on(request, report):
    act = request.POST.get("act")
    if act == SEEN:
        mark_seen(report)
        return redirect("problem", report.uuid)
    form = AnswerForm(request.POST)
    if act != ANSWER:
        return show_problem(request, report, form, refusal="unknown_act", status=400)
    if not form.is_valid():
        return show_problem(request, report, form, status=400)
    try:
        answer_problem(report, form.cleaned_data["words"], by=request.user)
    except AlreadyAnswered as answered:
        return show_problem(request, answered.report, form, refusal="already_answered", status=409)
    return redirect("problem", report.uuid)


def show_problem(request, report, form, *, refusal="", status=200):
    context = {"report": report, "form": form, "refusal": refusal, "wrong": status >= 400}
    return render(request, "problems/problem.html", context, status=status)
