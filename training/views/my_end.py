"""What somebody takes along at the end: their card first, then their certificate; and whether a number is valid."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.qr import square_of
from common.refusals import Refused
from common.text import sentence_list
from training.domain.certificate_names import keep_name_on_certificate
from training.domain.finishing import certificate_with, standing_of
from training.domain.personal_cards import card_for
from training.models import GroupPlace
from training.policies import certificates_read_by

WOVEN = tuple({"number": number, "state": "done"} for number in range(1, 9))  # the cloth of who did everything
FITS_LARGE, LINE = 360, 30  # signs on one side of A6; what a new line takes of them


@require_safe
@login_required
def my_end(request, uuid):
    """Somebody's card, and after it their certificate."""
    return shown(request, own_place(request, uuid))


@require_POST
@login_required
def certificate_name(request, uuid):
    """Keep how somebody wants their name on the certificate."""
    place, name = own_place(request, uuid), request.POST.get("name", "")
    try:
        kept = keep_name_on_certificate(place, name)
    except Refused as refusal:
        return shown(request, place, typed=name, name_refusal=str(refusal), status=422)
    messages.success(request, _("Your certificate will say: {name}.").format(name=kept))
    return redirect("training:my_end", uuid=uuid)


def own_place(request, uuid):
    """Return the place of who asks in this group. A card and a certificate stay theirs when they have left it."""
    places = GroupPlace.objects.of(request.user).filter(group__uuid=uuid).order_by("-pk")
    for place in places.select_related("group__training", "enrolment__person"):
        if place.is_together or place.enrolment.certificates.exists() or _got_card(place):
            return place
    raise Http404


def _got_card(place):
    card = getattr(place.enrolment, "personal_card", None)
    return card is not None and card.given_at is not None


def shown(request, place, *, status=200, **context):
    card, standing = card_for(place.enrolment), standing_of(place)
    words = words_on(card) if card else []
    context = {
        "group": place.group,
        "place": place,
        "card": card,
        "words": words,
        "writers": sentence_list(dict.fromkeys(one.author_name for one in words), _("and")),
        "is_plain": request.GET.get("letters") == "gewoon",
        "woven": WOVEN,
        "standing": standing,
        "certificate": standing.certificate,
        "typed": place.enrolment.name_on_certificate,
        **context,
    }
    return render(request, "training/group/end.html", context, status=status)


def words_on(card):
    """Return what stands on the card, the first that was written first; `is_long` for what needs smaller letters."""
    found = list(card.messages.order_by("written_at", "pk"))
    for message in found:
        words = message.words.get("words", "")
        message.is_long = len(words) + LINE * words.count("\n") > FITS_LARGE
    return found


@require_safe
@login_required
def certificate(request, uuid):
    """A certificate to print, for its person and who leads the group."""
    found = get_object_or_404(certificates_read_by(request.user).select_related("replaced_by"), uuid=uuid)
    check = settings.SITE_URL + reverse("training:check_certificate")
    context = {
        "certificate": found,
        **on_paper(found.snapshot),
        "check_address": check.split("://", 1)[-1],
        "square": square_of(f"{check}?{urlencode({'nummer': found.number})}"),
        "instead": getattr(found, "replaced_by", None),
        "woven": WOVEN,
        "place": GroupPlace.objects.of(request.user).together().filter(enrolment=found.enrolment_id).first(),
    }
    return render(request, "training/group/certificate.html", context)


def on_paper(snapshot):
    """Return what the paper says, in Dutch whatever language is read: it is a document, and the same for everybody."""
    return {
        "says": snapshot,
        "dates": sentence_list(snapshot.get("dates", []), "en"),
        "towns": sentence_list(snapshot.get("towns", []), "en"),
        "hours": snapshot.get("hours", "").replace(".", ","),
    }


@require_http_methods(["GET", "HEAD"])
def check_certificate(request):
    """Say whether a number is that of a valid certificate: yes or no, and nothing about anybody."""
    number = request.GET.get("nummer", "")[:40]
    found = certificate_with(number) if number.strip() else None
    return render(request, "training/group/check_certificate.html", {"number": number, "found": found})
