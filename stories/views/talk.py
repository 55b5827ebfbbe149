"""Choosing about the reactions under a page: the storyteller in her room, editors and who looks after them here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.refusals import Refused
from stories.domain.counting import views_of
from stories.domain.reacting import name_of, teller_of
from stories.domain.talking import choices_for, choose_talk, close_talk, pin_summary
from stories.forms.reactions import ClosingForm, TalkForm
from stories.models import Reaction
from stories.talk_policies import decides_about_talk, looks_after_reactions
from stories.views.gate import enter_to_decide
from stories.views.keep import found_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(READ_OR_SEND)
def story_talk(request, story_key):
    """The storyteller chooses whether people may react to her story, and whether they see how often it was read."""
    entry = enter_to_decide(request, story_key)
    if entry.release.withdrawn_at:
        raise Http404
    context = {"entry": entry, "story": entry.story}
    return answer(request, entry.story, "stories/room/talk.html", context, lambda: redirect("told_story", story_key))


@never_cache
@login_required
@require_http_methods(READ_OR_SEND)
def talk(request, page_key):
    """The same for a page that is no story; who looks after reactions closes them and writes the summary."""
    page = found_page(request, page_key)
    if not (decides_about_talk(request.user, page) or looks_after_reactions(request.user)):
        raise Http404
    return answer(request, page, "reactions/talk.html", {}, lambda: redirect(f"{page.address}#reacties"))


def answer(request, page, template, context, done):
    """Show the form that this person gets for `page`, or save it and answer with `done()`."""
    stored = choices_for(page)
    decides = decides_about_talk(request.user, page)
    make = TalkForm if decides else ClosingForm
    form = make(request.POST if request.method == "POST" else None, choices=stored)
    status, refusal = 200, ""
    if request.method == "POST":
        status, refusal = save(request, page, form)
        if not status:
            messages.success(request, _("This is how it is now."))
            return done()
    context |= {"page": page, "form": form, "choices": stored, "refusal": refusal, "decides": decides}
    context |= {"views": views_of(page), "count": Reaction.objects.filter(page=page.pk).shown().count()}
    return render(request, template, context, status=status)


def save(request, page, form):
    """Return (0, "") when it was saved, else the status and the sentence of the answer."""
    if not form.is_valid():
        return 400, ""
    by, data = request.user, form.cleaned_data
    try:
        if "talk" in form.fields:
            choose_talk(page, talk=data["talk"], shows_views=data["shows_views"], by=by)
        if form.end.at != form.stored.closes_at or form.end.reason != form.stored.reason_text:
            close_talk(page, form.end, by=by)
        pin_summary(page, data["summary"], by=by, name=name_of(page, teller_of(page, by)) or by.get_short_name())
    except Refused as refused:
        return 409, str(refused)
    return 0, ""
