"""Coming to the end: a coordinator sees who has what, people write cards, certificates are issued and checked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from training.domain.finishing import (
    certificate_with,
    issue_certificates,
    replace_certificate,
    standings_of,
)
from training.domain.personal_cards import LONGEST_WORDS, card_for, give_card, own_words, write_on_card
from training.models import Certificate, GroupPlace
from training.policies import certificates_read_by, places_written_to_by
from training.views.planning_gate import for_coordinators, led_group, led_place


# ── The coordinator ────────────────────────────────────────────────────────────
@require_safe
@for_coordinators
def finish_group(request, uuid):
    """Show what everybody of the group has and misses."""
    return shown(request, led_group(request, uuid))


def shown(request, group, *, status=200, **context):
    standings = standings_of(group)
    ready = [one for one in standings if one.may_have and one.certificate is None]
    context = {"group": group, "standings": standings, "ready": ready, **context}
    return render(request, "training/planning/finish.html", context, status=status)


@require_POST
@for_coordinators
def issue(request, uuid):
    """Give a certificate to everybody who may have one and has none."""
    group = led_group(request, uuid)
    number = issue_certificates(group, by=request.user)
    words = ngettext("%(number)s certificate was issued.", "%(number)s certificates were issued.", number)
    messages.success(request, words % {"number": number} if number else _("Nobody is waiting for a certificate."))
    return redirect("training:finish_group", uuid=uuid)


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
def replace(request, uuid):
    """Another name on a certificate is another certificate; the old one says so."""
    place = led_place(request, uuid)
    certificate = get_object_or_404(Certificate.objects.valid(), enrolment=place.enrolment)
    context = {"place": place, "group": place.group, "certificate": certificate}
    if request.method != "POST":
        context |= {"name": certificate.snapshot.get("name", "")}
        return render(request, "training/planning/replace_certificate.html", context)
    typed = {"name": request.POST.get("name", ""), "reason": request.POST.get("reason", "")}
    try:
        replace_certificate(certificate, by=request.user, **typed)
    except Refused as refusal:
        context |= {**typed, "refusal": str(refusal)}
        return render(request, "training/planning/replace_certificate.html", context, status=422)
    messages.success(request, _("There is a new certificate. The old one says that it was replaced."))
    return redirect("training:finish_group", uuid=place.group.uuid)


# ── Who writes a card ──────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_card(request, uuid):
    """Write on somebody's card, for who coordinates, trains or co-trains their group."""
    place = get_object_or_404(places_written_to_by(request.user), uuid=uuid)
    if request.method != "POST":
        return card_form(request, place, own_words(place, request.user))
    words = request.POST.get("words", "")
    try:
        write_on_card(place, words, by=request.user)
    except Refused as refusal:
        return card_form(request, place, words, refusal=str(refusal), status=422)
    messages.success(request, _("Saved. Only you read this until the card is given."))
    return redirect("training:write_card", uuid=uuid)


def card_form(request, place, words, *, status=200, **context):
    context = {"place": place, "group": place.group, "words": words, "longest": LONGEST_WORDS, **context}
    return render(request, "training/planning/write_card.html", context, status=status)


# ── Who gets them ──────────────────────────────────────────────────────────────
@require_safe
@login_required
def my_end(request, uuid):
    """Somebody's card, and after it their certificate."""
    places = (
        GroupPlace.objects.together().of(request.user).filter(group__uuid=uuid).select_related("group", "enrolment")
    )
    place = places.first()
    if place is None:
        raise Http404
    card = card_for(place.enrolment)
    context = {
        "group": place.group,
        "card": card,
        "words": list(card.messages.order_by("written_at")) if card else [],
        "certificate": Certificate.objects.valid().filter(enrolment=place.enrolment).first(),
    }
    return render(request, "training/group/end.html", context)


@require_safe
@login_required
def certificate(request, uuid):
    """A certificate to print, for its person and who leads the group."""
    found = get_object_or_404(certificates_read_by(request.user), uuid=uuid)
    return render(request, "training/group/certificate.html", {"certificate": found, "says": found.snapshot})


@require_safe
def check_certificate(request):
    """Say whether a number is that of a valid certificate: yes or no, and nothing about anybody."""
    number = request.GET.get("nummer", "")
    found = certificate_with(number) if number.strip() else None
    return render(request, "training/group/check_certificate.html", {"number": number, "found": found})
