"""The room of who tells, "Mijn leven is jouw werk", and one story in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from stories.domain.cowriters import put_remark_away, remarks_on
from stories.domain.deciding import let_end, let_stay, pause_online, resume_paused
from stories.domain.drafts import throw_draft_away
from stories.domain.paragraphs import is_plain
from stories.domain.room import (
    history_of,
    line_of,
    lines_of,
    places_of,
    room_panels,
    stories_read_along,
    who_sees_draft,
)
from stories.domain.shelves import recordings_of
from stories.domain.states import day
from stories.domain.telling import may_begin
from stories.forms.telling import RemarkForm
from stories.models import Storyteller
from stories.views.gate import enter, enter_to_decide


@login_required
@require_safe
def room(request):
    """Her stories with where each of them is; for who only reads along, the stories they were asked for."""
    begins, along = may_begin(request.user), stories_read_along(request.user)
    if not (begins or along):
        raise Http404
    panels = room_panels(request.user) if begins else {}
    return render(
        request,
        "stories/room/room.html",
        {
            "begins": begins,
            "lines": lines_of(request.user) if begins else [],
            "along": along,
            "spoken_for": spoken_for(request.user),
            **panels,
        },
    )


def spoken_for(user):
    """Return the storytellers for whom `user` may begin a story beside their own."""
    return [teller for teller in Storyteller.objects.filter(proxy=user) if teller.account_id != user.pk]


@login_required
@require_safe
def told_story(request, story_key):
    """One story: for its storyteller with all she can do with it, for who reads along to read."""
    return show_story(request, enter(request, story_key))


def show_story(request, entry, *, refusal="", remark=None, transcript=None, status=200):
    """Answer with the page of a story; `refusal` is the sentence that says why an act was not done."""
    context = {"entry": entry, "story": entry.story, "words": entry.words, "refusal": refusal}
    context |= {"remarks": remarks_on(entry.story), "takes": recordings_of(entry.story), "transcript": transcript}
    if not entry.decides:
        if entry.release.withdrawn_at:
            raise Http404
        form = remark or RemarkForm()
        return render(request, "stories/room/read_along.html", context | {"form": form}, status=status)
    used = places_of([entry.story]).get(entry.story.pk, [])
    context |= {
        "line": line_of(entry.story, request.user, used),
        "who_sees": who_sees_draft(entry.story, request.user),
        "history": history_of(entry.story, request.user),
        "plain": is_plain(entry.words.body),
    }
    return render(request, "stories/room/story.html", context, status=status)


def try_act(request, entry, act, said):
    """Do `act()`, and answer with the story's page: with the sentence `said`, or with the reason it was refused."""
    try:
        act()
    except Refused as refusal:
        return show_story(request, enter(request, entry.story.translation_key), refusal=str(refusal), status=409)
    messages.success(request, said)
    return redirect("told_story", entry.story.translation_key)


@login_required
@require_POST
def pause(request, story_key):
    entry = enter_to_decide(request, story_key)
    said = _("Your story is on pause. Nobody can read it now.")
    return try_act(request, entry, lambda: pause_online(entry.story, by=request.user), said)


@login_required
@require_POST
def resume(request, story_key):
    entry = enter_to_decide(request, story_key)
    said = _("Your story is online again.")
    return try_act(request, entry, lambda: resume_paused(entry.story, by=request.user), said)


@login_required
@require_POST
def stay(request, story_key):
    """The answer to "May your story stay for another year?"; the form names the day that it was about."""
    entry = enter_to_decide(request, story_key)
    asked = parsed_day(request.POST.get("until", ""))
    if request.POST.get("answer") == "yes":
        said = _("Your story stays for another year.")
        return try_act(request, entry, lambda: let_stay(entry.story, asked_until=asked, by=request.user), said)
    if request.POST.get("answer") == "no" and asked:
        said = _("Your story stays until %(day)s and then stops by itself.") % {"day": day(asked)}
        return try_act(request, entry, lambda: let_end(entry.story, asked_until=asked, by=request.user), said)
    return show_story(request, entry, refusal=_("Choose yes or no."), status=400)


def parsed_day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


@login_required
@require_POST
def throw_away(request, story_key):
    """Throw a draft away, in one step; a story that was online is taken away with a receipt instead."""
    entry = enter_to_decide(request, story_key)
    try:
        throw_draft_away(entry.story, by=request.user)
    except Refused as refusal:
        return show_story(request, entry, refusal=str(refusal), status=409)
    messages.success(request, _("Your story is thrown away. Nothing of it is left here."))
    return redirect("room")


@login_required
@require_POST
def remark_seen(request, story_key):
    entry = enter_to_decide(request, story_key)
    pk = request.POST.get("remark", "")
    if pk.isascii() and pk.isdigit() and len(pk) < 18:
        put_remark_away(entry.story, int(pk), by=request.user)
    return redirect("told_story", story_key)
