"""Reactions: writing one, its lasting address, and what its writer does with it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from common.text import without_controls
from common.whose_page import is_page_of
from home.views.errors import signed_out
from stories.choices import ReactionState
from stories.domain import pending
from stories.domain.reacting import Said, react, refuse_closed, reword, rules_for, take_away
from stories.domain.talk_reading import address_of
from stories.domain.talking import choices_for
from stories.forms.reactions import ReactionForm, RewordForm
from stories.models import Reaction
from stories.talk_policies import readable_page
from stories.views.keep import after_the_door, found_page

TAKE_AWAY = "take-away"
READ_OR_SEND = ["GET", "HEAD", "POST"]


# ── Writing ────────────────────────────────────────────────────────────────────
@never_cache
@require_http_methods(READ_OR_SEND)
def react_to(request, page_key):
    """Ask for a reaction under a page, or put it there; what a visitor typed waits for them behind the door."""
    if not request.user.is_authenticated:
        return to_the_door(request, page_key)
    page = found_page(request, page_key)
    choices = choices_for(page)
    if not choices.is_on:
        raise Http404
    if request.method == "POST":
        return send(request, page, choices)
    return show_form(request, page, choices, new_form(request, page))


def to_the_door(request, page_key):
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    words = without_controls(request.POST.get("words", ""))
    if len(words) > pending.LONGEST or not is_page_of(request, request.user):  # somebody's words wait for nobody else
        return signed_out(request)
    about = {"op": request.POST.get("to", ""), "citeer": request.POST.get("quoting", "")}
    about = {name: number for name, value in about.items() if (number := uuid_in(value))}
    asked = f"?{urlencode(about)}" if about else ""
    return after_the_door(request, pending.Pending(pending.REACT, page_key, words, asked))


def new_form(request, page):
    waiting = pending.waiting(request.session, act=pending.REACT, page_key=page.translation_key)
    initial = {
        "words": waiting.words if waiting else "",
        "to": uuid_in(request.GET.get("op", "")),
        "quoting": uuid_in(request.GET.get("citeer", "")),
    }
    return ReactionForm(agreed=rules_for(request.user)[1], initial=initial)


def uuid_in(text):
    """Return `text` when it is the number of something, else an empty string."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def send(request, page, choices):
    form = ReactionForm(request.POST, agreed=rules_for(request.user)[1])
    if not form.is_valid():
        return show_form(request, page, choices, form, status=400)
    data = form.cleaned_data
    try:
        said = Said(data["words"], reaction_at(page, data["to"]), reaction_at(page, data["quoting"]))
        row = react(page, said, by=request.user, token=form.page_token, accepts_rules=data.get("accepts", False))
    except Refused as refused:
        form.add_error(None, str(refused))
        return show_form(request, page, choices, form, status=409)
    pending.forget(request.session)
    return redirect(address_of(row, page, request.user))


def reaction_at(page, number):
    """Return the reaction under `page` that is answered or quoted, or None; raises Refused for one that is gone."""
    if not number:
        return None
    found = Reaction.objects.shown().filter(page=page.pk, uuid=uuid_in(number) or None)
    row = found.select_related("author", "parent").first()
    if row is None:
        raise Refused(_("What you answer is no longer here."))
    return row


def reaction_or_none(page, number):
    try:
        return reaction_at(page, number)
    except Refused:
        return None


def show_form(request, page, choices, form, *, status=200):
    context = {
        "page": page,
        "form": form,
        "choices": choices,
        "is_closed": choices.is_closed(),
        "rules": rules_for(request.user)[0],
        "to": reaction_or_none(page, form["to"].value()),
        "quoting": reaction_or_none(page, form["quoting"].value()),
    }
    return render(request, "reactions/react.html", context, status=status)


# ── One reaction ───────────────────────────────────────────────────────────────
@never_cache
@require_safe
def reaction(request, uuid):
    """Its lasting address: to where it stands under its page, for who may read that."""
    row, page = met_reaction(request, uuid)
    return redirect(address_of(row, page, request.user))


def met_reaction(request, uuid):
    """Return (Reaction, its page) for who meets it there; raises Http404 else."""
    row = get_object_or_404(Reaction.objects.select_related("parent", "page"), uuid=uuid)
    page = readable_page(request.user, row.page.translation_key)
    hidden = row.state == ReactionState.WAITING and row.author_id != request.user.pk
    if page is None or hidden or not choices_for(page).is_on:
        raise Http404
    return row, page


@never_cache
@require_http_methods(READ_OR_SEND)
@login_required
def own_reaction(request, uuid):
    """Put one's own reaction in other words, or take it away."""
    row, page = met_reaction(request, uuid)
    if row.author_id != request.user.pk or row.is_taken_away:
        raise Http404
    if request.method == "POST":
        return act_on(request, row, page)
    return show_own(request, row, page, RewordForm(initial={"words": row.text}))


def act_on(request, row, page):
    if request.POST.get("act") == TAKE_AWAY:
        take_away(row, by=request.user)
        messages.success(request, _("Your reaction is taken away."))
        return redirect(address_of(row, page, request.user))
    form = RewordForm(request.POST)
    if not form.is_valid():
        return show_own(request, row, page, form, status=400)
    try:
        reword(row, form.cleaned_data["words"], by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return show_own(request, row, page, form, status=409)
    return redirect(address_of(row, page, request.user))


def show_own(request, row, page, form, *, status=200):
    context = {"reaction": row, "page": page, "form": form, "may_change": may_reword(row, page)}
    return render(request, "reactions/own.html", context, status=status)


def may_reword(row, page):
    try:
        refuse_closed(choices_for(page))
    except Refused:
        return False
    return row.may_change()
