"""Taking a story back: two equal buttons, and a receipt."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from stories.domain.consent import StoryGone
from stories.domain.erasing import erase_story
from stories.domain.publishing import pause_story
from stories.domain.uploads import originals_of
from stories.domain.withdrawal import receipt_for, refuse_erased, withdraw_story
from stories.models import StoryPage, Withdrawal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, story_key):
    """The two ways to take a story back; a press on one of them does it at once."""
    taken = Withdrawal.objects.filter(story_key=story_key).first()
    if taken and receipt_for(request.user, taken.uuid):
        return redirect("withdrawal", uuid=taken.uuid)
    story = get_object_or_404(
        StoryPage.objects.told_by(request.user).select_related("release"), translation_key=story_key
    )
    act = request.POST.get("act")
    try:
        if act == "away":
            return redirect("withdrawal", uuid=withdraw_story(story, by=request.user).uuid)
        if act == "pause" and story.release.is_in_force():
            pause_story(story, by=request.user)
            return redirect("told_story", story_key=story_key)
    except StoryGone:
        raise Http404 from None  # thrown away or erased in another window, at this very moment
    context = {"story": story, "title": story.draft_title or story.title, "release": story.release}
    context["can_pause"] = story.release.is_in_force()
    return render(request, "stories/room/withdraw.html", context, status=400 if request.method == "POST" else 200)


@login_required
@require_safe
def withdrawal(request, uuid):
    """The receipt: what was done, what can't be recalled, and her own words as long as they are here."""
    taken = _mine(request, uuid)
    story = _story_of(taken)
    files = list(originals_of(story)) if story else []
    context = {"taken": taken, "files": files, "words_here": bool(story)}
    context["told_together"] = taken.storytellers.count() > 1
    return render(request, "stories/room/withdrawn.html", context)


@login_required
@require_safe
def own_words(request, uuid):
    """Her words as a file that opens anywhere."""
    taken = _mine(request, uuid)
    story = _story_of(taken)
    if story is None:
        return render(request, "stories/room/withdrawn.html", {"taken": taken}, status=410)
    page = story.get_latest_revision_as_object()
    html = render_to_string("stories/room/own_words.html", {"page": page}, request=request)
    return HttpResponse(html, headers={"Content-Disposition": f'attachment; filename="{story.slug}.html"'})


@login_required
@require_POST
def erase_words(request, uuid):
    """Erase the words now instead of within the day."""
    taken = _mine(request, uuid)
    try:
        refuse_erased(taken)
        erase_story(taken.story_key)
    except Refused:
        pass  # a second press: what was asked for is so
    return redirect("withdrawal", uuid=uuid)


def _mine(request, uuid):
    taken = receipt_for(request.user, uuid)
    if taken is None:
        raise Http404
    return taken


def _story_of(taken):
    return StoryPage.objects.filter(translation_key=taken.story_key).first()
