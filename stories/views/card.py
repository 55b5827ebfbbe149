"""One card: reading it, and what its two people do with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.refusals import Refused
from stories.domain.card_reading import can_be_shown, keep_card, put_card_off, report_card, show_card
from stories.domain.thanks import CardWords, answer_card, take_back
from stories.forms.cards import AnswerCardForm, ReportCardForm
from stories.models import ThankYou
from stories.views.cards import PREVIEW, met_card

ANSWER, REPORT, TAKE_BACK = "answer", "report", "take-back"
MARKS = {"keep": keep_card, "show": show_card, "later": put_card_off}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def card(request, uuid):
    """Show a card to its sender or receiver, or do what was pressed there."""
    row = met_card(request, uuid)
    if request.method == "POST":
        return act_on(request, row)
    return show(request, row)


def act_on(request, row):
    act = request.POST.get("act")
    if act in (ANSWER, PREVIEW):
        return write_back(request, row, act)
    form = ReportCardForm(request.POST if act == REPORT else None)
    if act == REPORT and not form.is_valid():
        return show(request, row, report=form, status=400)
    try:
        said = do(act, row, form, request.user)
    except Refused as refused:
        return show(request, row, refusal=str(refused), status=409)
    if said is None:
        return show(request, row, refusal=_("We did not understand which button you pressed."), status=400)
    messages.success(request, said)
    return redirect(way_back(row, request.user))


def do(act, row, form, by):
    """Do this act and return the sentence about it; None for one that is not known."""
    if act in MARKS:
        marked = MARKS[act](row, by=by)
        return said_of(marked)
    if act == REPORT:
        report_card(row, form.cleaned_data["words"], by=by)
        return _("You reported the card. Somebody looks at it, and it is out of your sight until then.")
    if act == TAKE_BACK:
        take_back(row, by=by)
        return _("The card is gone, for both of you.")
    return None


def said_of(row):
    return {
        "kept": _("You keep this card for yourself."),
        "shown": _("The card stands with your story now."),
        "later": _("The card lies here for later."),
    }[row.reading]


def way_back(row, user):
    return "post" if row.receiver_id == user.pk and row.to_storyteller_id else "my_cards"


def write_back(request, row, act):
    form = AnswerCardForm(request.POST)
    if form.is_valid() and act == ANSWER:
        words = CardWords(form.cleaned_data["words"])
        try:
            answer = answer_card(row, words, by=request.user, token=form.page_token)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your card is on its way. Somebody reads it along first."))
            return redirect("card", answer.uuid)
    return show(request, row, answer=form, preview=not form.errors, status=400 if form.errors else 200)


def show(request, row, *, answer=None, report=None, refusal="", preview=False, status=200):
    mine = row.sender_id == request.user.pk
    context = {
        "card": row,
        "is_mine": mine,
        "before": card_before(row, request.user),
        "after": None if mine and not row.is_delivered else card_after(row, request.user),
        "may_show": not mine and can_be_shown(row),
        "may_answer": may_answer(row, mine),
        "answer": answer or AnswerCardForm(),
        "report": report or ReportCardForm(),
        "refusal": refusal,
        "preview": preview,
        "back": way_back(row, request.user),
        "in_room": way_back(row, request.user) == "post",
    }
    return render(request, "cards/card.html", context, status=status)


def may_answer(row, mine):
    is_there = row.sender is not None and row.sender.is_active
    return not mine and not row.is_answered and not row.is_reported and is_there


def card_before(row, user):
    """Return the card that this one answers, as far as `user` meets it; None else."""
    return ThankYou.objects.met_by(user).with_people().filter(pk=row.answer_to_id).first() if row.answer_to_id else None


def card_after(row, user):
    """Return the newest answer to this card that `user` meets, or None."""
    return ThankYou.objects.met_by(user).with_people().filter(answer_to=row).order_by("-sent_at").first()
