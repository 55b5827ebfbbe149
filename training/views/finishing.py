"""Coming to the end, for who leads the group: who has what, giving cards and certificates, marking it as finished."""

from django.contrib import messages
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from training.domain.finished_groups import finish_group as mark_finished
from training.domain.finished_groups import reopen_group
from training.domain.finishing import (
    issue_certificates,
    issue_for_a_reason,
    replace_certificate,
    revoke_certificate,
    standings_of,
)
from training.domain.personal_cards import give_card, give_cards
from training.domain.register_lists import register_lines
from training.domain.standings import not_filled_in
from training.models import Certificate
from training.views.planning_gate import for_coordinators, led_group, led_place


@require_safe
@for_coordinators
def finish_group(request, uuid):
    """Show what everybody of the group has and misses."""
    return shown(request, led_group(request, uuid))


def shown(request, group, *, status=200, **context):
    standings = standings_of(group)
    context = {
        "group": group,
        "standings": standings,
        "ready": [one for one in standings if one.is_ready],
        "written": [one for one in standings if one.has_card and not one.has_got_card],
        "without_card": [one for one in standings if not one.has_card],
        "unfilled": not_filled_in(standings),
        "last_meeting_at": group.meetings.upcoming().aggregate(last=Max("ends_at"))["last"],
        **context,
    }
    context["registers"] = register_lines(group, standings)
    return render(request, "training/planning/finish.html", context, status=status)


# ── Everybody at once ──────────────────────────────────────────────────────────
@require_POST
@for_coordinators
def issue(request, uuid):
    """Give a certificate to everybody who may have one and has none."""
    number = issue_certificates(led_group(request, uuid), by=request.user)
    words = ngettext("%(number)s certificate was issued.", "%(number)s certificates were issued.", number)
    messages.success(request, words % {"number": number} if number else _("Nobody is waiting for a certificate."))
    return redirect("training:finish_group", uuid=uuid)


@require_POST
@for_coordinators
def give_all(request, uuid):
    """Give everybody the card on which somebody wrote."""
    number = give_cards(led_group(request, uuid), by=request.user)
    words = ngettext("%(number)s card is given.", "%(number)s cards are given.", number)
    messages.success(request, words % {"number": number} if number else _("No card is waiting to be given."))
    return redirect("training:finish_group", uuid=uuid)


@require_POST
@for_coordinators
def put_finished(request, uuid):
    """Mark the group as finished, or open it once more."""
    group = led_group(request, uuid)
    back = "back" in request.POST
    try:
        (reopen_group if back else mark_finished)(group, by=request.user)
    except Refused as refusal:
        return shown(request, group, refusal=str(refusal), status=409)
    words = _("The group is closed, and not finished any more.") if back else _("The group is finished.")
    messages.success(request, words)
    return redirect("training:finish_group", uuid=uuid)


# ── One person ─────────────────────────────────────────────────────────────────
@require_POST
@for_coordinators
def give(request, uuid):
    """Give somebody the card that was written for them."""
    place = led_place(request, uuid)
    try:
        give_card(place, by=request.user)
    except Refused as refusal:
        return shown(request, place.group, refusal=str(refusal), status=409)
    messages.success(request, _("The card is given."))
    return redirect("training:finish_group", uuid=place.group.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def issue_one(request, uuid):
    """Give somebody a certificate who misses something for it, for a reason."""
    place = led_place(request, uuid)
    standing = next((one for one in standings_of(place.group) if one.place.pk == place.pk), None)
    if standing is None:
        raise Http404
    context = {"place": place, "group": place.group, "standing": standing}
    if request.method != "POST":
        return render(request, "training/planning/issue_one.html", context)
    reason = request.POST.get("reason", "")
    try:
        issue_for_a_reason(place, reason=reason, by=request.user)
    except Refused as refusal:
        context |= {"reason": reason, "refusal": str(refusal)}
        return render(request, "training/planning/issue_one.html", context, status=422)
    messages.success(request, _("The certificate is there."))
    return redirect("training:finish_group", uuid=place.group.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def replace(request, uuid):
    """Another name on a certificate is another certificate; the old one says so."""

    def act(certificate, typed):
        replace_certificate(certificate, by=request.user, **typed)
        return _("There is a new certificate. The old one says that it was replaced.")

    return _change(request, uuid, "training/planning/replace_certificate.html", act, ("name", "reason"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def revoke(request, uuid):
    """Take a certificate back, with nothing in its place."""

    def act(certificate, typed):
        revoke_certificate(certificate, **typed)
        return _("The certificate is taken back. Its number says so from now on.")

    return _change(request, uuid, "training/planning/revoke_certificate.html", act, ("reason",))


def _change(request, uuid, template, act, names):
    """Show the form about somebody's valid certificate, or carry out `act(certificate, typed)`: it says what it did."""
    place = led_place(request, uuid)
    certificate = Certificate.objects.valid().filter(enrolment=place.enrolment).first()
    if certificate is None:
        return _gone(request, place)
    context = {"place": place, "group": place.group, "certificate": certificate}
    if request.method != "POST":
        return render(request, template, {**context, "name": certificate.snapshot.get("name", "")})
    typed = {name: request.POST.get(name, "") for name in names}
    if request.POST.get("certificate", str(certificate.uuid)) != str(certificate.uuid):
        context |= {**typed, "refusal": _another(certificate), "is_other": True}
        return render(request, template, context, status=409)
    try:
        done = act(certificate, typed)
    except Refused as refusal:
        context |= {**typed, "refusal": str(refusal), "no_name": not typed.get("name", "x").strip()}
        return render(request, template, context, status=422)
    messages.success(request, done)
    return redirect("training:finish_group", uuid=place.group.uuid)


def _another(certificate):
    """What to say to who saw a certificate that somebody replaced since."""
    words = _(
        "Somebody replaced this certificate meanwhile. Now it is {number}, for {name}. Look at it, then press again."
    )
    return words.format(number=certificate.number, name=certificate.snapshot.get("name", ""))


def _gone(request, place):
    """Who has no certificate any more was taken care of in another window; who never had one is no page."""
    if not Certificate.objects.filter(enrolment=place.enrolment).exists():
        raise Http404
    refusal = _("This certificate was taken back already.")
    return shown(request, place.group, refusal=refusal, status=409)
