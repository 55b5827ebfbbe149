"""Reading back, releasing, checking and putting online: each for the very words that the screen showed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.refusals import Refused
from stories.domain.cowriters import finish_check
from stories.domain.deciding import agree_with, has_words, publish_words, release_words
from stories.forms.cowriters import CheckForm
from stories.forms.release import ReleaseForm
from stories.views.gate import enter, enter_to_decide, enter_to_read_along
from stories.views.room import show_story, try_act

READ_OR_SEND = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ_OR_SEND)
def read_back(request, story_key):
    """Her words as readers will see them, and "Yes, it is right like this"."""
    entry = enter_to_decide(request, story_key)
    if request.method == "POST":
        return agree(request, entry)
    return show_words(request, entry)


def show_words(request, entry, *, refusal="", status=200):
    context = {"entry": entry, "story": entry.story, "words": entry.words, "refusal": refusal}
    return render(request, "stories/room/read_back.html", context, status=status)


def agree(request, entry):
    try:
        agree_with(entry.story, words_hash=request.POST.get("words_hash", ""), by=request.user)
    except Refused as refusal:
        return show_words(request, enter(request, entry.story.translation_key), refusal=str(refusal), status=409)
    messages.success(request, _("It is right like this: that is written down."))
    return redirect("told_story", entry.story.translation_key)


@login_required
@require_http_methods(READ_OR_SEND)
def release(request, story_key):
    """The second consent: where these words may be read, under which name, until when."""
    entry = enter_to_decide(request, story_key)
    if entry.release.withdrawn_at or not has_words(entry.words):
        return show_story(request, entry, refusal=_("There is nothing in your story yet. Tell it first."), status=409)
    if request.method == "POST":
        return send_release(request, entry)
    form = ReleaseForm(words=entry.words, tellers=entry.mine, initial={"words_hash": entry.words_hash})
    return show_release(request, entry, form)


def send_release(request, entry):
    form = ReleaseForm(request.POST, words=entry.words, tellers=entry.mine)
    if not form.is_valid():
        return show_release(request, entry, form, status=400)
    words_hash = form.cleaned_data["words_hash"]
    try:
        release_words(entry.story, words_hash=words_hash, terms=form.terms, by=request.user)
    except Refused as refusal:
        # The fingerprint of what is shown now: who looks again and presses again, releases that.
        data = request.POST.copy()
        data["words_hash"] = entry.words_hash
        form = ReleaseForm(data, words=entry.words, tellers=entry.mine)
        return show_release(request, entry, form, refusal=str(refusal), status=409)
    messages.success(request, _("Your story is released. You decided where it may be read."))
    return redirect("told_story", entry.story.translation_key)


def show_release(request, entry, form, *, refusal="", status=200):
    context = {"entry": entry, "story": entry.story, "words": entry.words, "form": form, "refusal": refusal}
    return render(request, "stories/room/release.html", context, status=status)


@login_required
@require_http_methods(READ_OR_SEND)
def check(request, story_key):
    """The second pair of eyes: a list to go by, for who reads along."""
    entry = enter_to_read_along(request, story_key)
    if request.method != "POST":
        return show_check(request, entry, fresh_check(entry))
    form = CheckForm(request.POST)
    if not form.is_valid():
        return show_check(request, entry, form, status=400)
    try:
        finish_check(entry.story, words_hash=form.cleaned_data["words_hash"], by=request.user)
    except Refused as refusal:
        newest = enter_to_read_along(request, story_key)
        return show_check(request, newest, fresh_check(newest), refusal=str(refusal), status=409)
    messages.success(request, _("Written down: you have looked at these words. The storyteller decides what is next."))
    return redirect("told_story", story_key)


def fresh_check(entry):
    return CheckForm(initial={"words_hash": entry.words_hash})


def show_check(request, entry, form, *, refusal="", status=200):
    context = {"entry": entry, "story": entry.story, "words": entry.words, "form": form, "refusal": refusal}
    return render(request, "stories/room/check.html", context, status=status)


@login_required
@require_POST
def publish(request, story_key):
    """Put online, and nobody presses it for her."""
    entry = enter_to_decide(request, story_key)
    words_hash = request.POST.get("words_hash", "")
    said = _("Your story is online. You can take it off again whenever you like.")
    return try_act(request, entry, lambda: publish_words(entry.story, words_hash=words_hash, by=request.user), said)
