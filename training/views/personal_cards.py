"""Writing personal cards, for who coordinates, trains or co-trains a group."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from training.domain.personal_cards import LONGEST_WORDS, is_given, own_words, places_with_cards, write_on_card
from training.policies import TrainingGroupPolicy, groups_in_team_of, places_written_to_by


@require_safe
@login_required
def cards_to_write(request, uuid):
    """Show for whom in a group there is a card to write on, and for whom somebody did already."""
    group = get_object_or_404(groups_in_team_of(request.user).select_related("training"), uuid=uuid)
    places = places_with_cards(places_written_to_by(request.user).filter(group=group), request.user)
    context = {
        "group": group,
        "places": places,
        "left": [one for one in places if not (one.wrote or one.is_given)],
        "may_finish": TrainingGroupPolicy().may_change(request.user, group),
    }
    return render(request, "training/planning/cards_to_write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_card(request, uuid):
    """Write on somebody's card."""
    place = places_written_to_by(request.user).filter(uuid=uuid).first()
    if place is None:
        raise Http404
    if request.method != "POST":
        return card_form(request, place, own_words(place, request.user))
    words, had = request.POST.get("words", ""), own_words(place, request.user)
    try:
        kept = write_on_card(place, words, by=request.user)
    except Refused as refusal:
        return card_form(request, place, words, refusal=str(refusal), status=422)
    gone = _("Your words are taken away.") if had else _("You wrote nothing yet. Nothing is saved.")
    messages.success(request, _("Saved. Only you read this until the card is given.") if kept else gone)
    return redirect("training:write_card", uuid=uuid)


def next_to_write(place, user):
    """Return the place of who comes after this one and has no words of `user` yet, round again at the end, or None."""
    places = places_with_cards(places_written_to_by(user).filter(group=place.group), user)
    numbers = [one.pk for one in places]
    here = numbers.index(place.pk) if place.pk in numbers else -1
    return next((one for one in places[here + 1 :] + places[: max(here, 0)] if not (one.wrote or one.is_given)), None)


def card_form(request, place, words, *, status=200, **context):
    context = {
        "place": place,
        "group": place.group,
        "next": next_to_write(place, request.user) if words and not context else None,
        "words": words,
        "longest": LONGEST_WORDS,
        "is_given": is_given(place),
        **context,
    }
    return render(request, "training/planning/write_card.html", context, status=status)
