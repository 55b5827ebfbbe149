"""Who reads along with a story: asking, taking back, and what who was asked does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from common.refusals import Refused
from stories.domain.cowriters import ask_read_back, ask_second_eyes, invite_co_writer, take_invitation_back
from stories.domain.recordings import write_out as keep_transcript
from stories.domain.states import day
from stories.forms.cowriters import InviteForm
from stories.forms.telling import RemarkForm, TranscriptForm
from stories.policies import colleagues_of
from stories.views.gate import enter, enter_to_decide, enter_to_read_along
from stories.views.room import show_story, try_act


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def co_writers(request, story_key):
    """Whom she asked, until when, and the form to ask somebody."""
    entry = enter_to_decide(request, story_key)
    people = colleagues_of(request.user, entry.story)
    if request.method != "POST":
        return show(request, entry, InviteForm(people=people, initial={"person": support_to_ask(entry)}))
    form = InviteForm(request.POST, people=people)
    if not form.is_valid():
        return show(request, entry, form, status=400)
    try:
        invited = invite_co_writer(entry.story, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, entry, form, refusal=str(refusal), status=409)
    said = _("%(name)s gets a mail and can read along until %(day)s.")
    messages.success(request, said % {"name": invited.person.get_short_name(), "day": day(invited.until)})
    return redirect("co_writers", story_key)


def support_to_ask(entry):
    """Return the number of the storyteller's person, or None without one and when they read along already."""
    asked = {one.person_id for one in entry.story.co_writers.all()}
    return next((one.support.uuid for one in entry.mine if one.support_id and one.support_id not in asked), None)


def show(request, entry, form, *, refusal="", status=200):
    context = {"entry": entry, "story": entry.story, "form": form, "refusal": refusal}
    return render(request, "stories/room/co_writers.html", context, status=status)


@login_required
@require_POST
def take_back(request, story_key, person):
    entry = enter_to_decide(request, story_key)
    someone = get_object_or_404(User.objects.filter(co_writings__story=entry.story), uuid=person)
    take_invitation_back(entry.story, person=someone, by=request.user)
    messages.success(request, _("%(name)s can't see it any more.") % {"name": someone.get_short_name()})
    return redirect("co_writers", story_key)


@login_required
@require_POST
def ask_check(request, story_key):
    """Ask one of those who read along to look for other people in these words."""
    entry = enter_to_decide(request, story_key)
    asked = [one.person for one in entry.story.co_writers.all() if str(one.person.uuid) == request.POST.get("person")]
    if not asked:
        return show_story(request, entry, refusal=_("Choose who looks at it."), status=400)
    said = _("We asked %(name)s by mail.") % {"name": asked[0].get_short_name()}
    return try_act(request, entry, lambda: ask_second_eyes(entry.story, person=asked[0], by=request.user), said)


@login_required
@require_POST
def read_along(request, story_key):
    """Who reads along has read it, and may say something about it."""
    entry = enter_to_read_along(request, story_key)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show_story(request, entry, remark=form, status=400)
    said = _("The storyteller gets a mail that you have read it.")
    remark = form.cleaned_data["remark"]
    return try_act(request, entry, lambda: ask_read_back(entry.story, remark=remark, by=request.user), said)


@login_required
@require_POST
def write_out(request, story_key):
    """Keep what is said in a recording, written out: the work of who writes along."""
    entry, form = enter(request, story_key), TranscriptForm(request.POST)
    if entry.release.withdrawn_at:
        raise Http404
    if not form.is_valid():
        sentence = " ".join(sentence for _id, sentence in form.to_mend)
        return show_story(request, entry, refusal=sentence, transcript=form, status=400)
    try:
        is_kept = keep_transcript(entry.story, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show_story(request, entry, refusal=str(refusal), transcript=form, status=409)
    if not is_kept:
        raise Http404
    messages.success(request, _("What is said is written out and kept."))
    return redirect("told_story", story_key)
