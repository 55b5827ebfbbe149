"""Telling: typing or recording a story, on a phone."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_text
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from stories.domain.cowriters import ask_to_write_out, helper_of
from stories.domain.recordings import add_recording, remove_recording
from stories.domain.room import story_at, who_sees_draft
from stories.domain.shelves import recordings_of
from stories.domain.telling import (
    NotPlain,
    Typed,
    WrittenElsewhere,
    keep_typed,
    may_begin,
    newest_of,
    put_other_words_away,
)
from stories.forms.telling import RecordingForm, TellForm
from stories.models import StoryDesk, StoryEvent, StoryPage, Storyteller
from stories.views.gate import Entry


@dataclass
class Desk:
    """What is being told: the story, or None as long as nothing was kept; `teller` is whom it is told for."""

    key: uuid.UUID
    user: object
    story: StoryPage | None
    teller: Storyteller | None
    asked_teller: uuid.UUID | None

    @property
    def address(self):
        return self._with_teller(reverse("tell", args=[self.key]))

    @property
    def autosave_address(self):
        return self._with_teller(reverse("tell_autosave", args=[self.key]))

    def _with_teller(self, address):
        return f"{address}?voor={self.asked_teller}" if self.asked_teller else address


@login_required
@require_safe
def tell_new(request):
    """Give a new story its number, so that pressing twice or loading again makes one story."""
    if not may_begin(request.user):
        raise Http404
    query = request.GET.urlencode()
    return redirect(f"{reverse('tell', args=[uuid.uuid4()])}{'?' if query else ''}{query}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, story_key):
    desk = desk_at(request, story_key)
    try:
        newest = newest_of(desk.story) if desk.story else Typed()
    except NotPlain:
        return redirect("told_story", story_key)
    if request.method == "POST":
        return keep(request, desk)
    return show(request, desk, TellForm(initial=numbers_after(newest)))


def desk_at(request, key):
    """Return the Desk for this key; 404 for who does not decide about it, and for a story that is gone."""
    story, asked = story_at(request.user, key), asked_teller(request)
    if story is not None:
        entry = Entry(story, request.user)
        if not entry.decides or story.release.withdrawn_at:
            raise Http404
        return Desk(key, request.user, story, entry.mine[0], None)
    if not may_begin(request.user) or was_ever(key):
        raise Http404
    mine = Storyteller.objects.of(request.user).select_related("support")
    teller = mine.filter(uuid=asked).first() if asked else mine.filter(account=request.user).first()
    if asked and teller is None:
        raise Http404
    return Desk(key, request.user, None, teller, asked)


def was_ever(key):
    """True for the number of somebody else's story, and of one that is gone."""
    return StoryPage.objects.filter(translation_key=key).exists() or StoryEvent.objects.filter(story_key=key).exists()


def asked_teller(request):
    try:
        return uuid.UUID(request.GET["voor"])
    except (KeyError, ValueError):
        return None


def numbers_after(newest, writer=None):
    """Return what a page that shows `newest` is filled with."""
    return {
        "title": newest.title,
        "text": newest.text,
        "writer": writer or uuid.uuid4(),
        "based_on": newest.edit_no,
        "edit_no": newest.edit_no + 1,
    }


def show(request, desk, form, *, recording=None, newer=None, refusal="", status=200):
    story = desk.story
    kept = StoryDesk.objects.filter(story=story).first() if story else None
    context = {
        "desk": desk,
        "form": form,
        "recording_form": recording or RecordingForm(),
        "recordings": list(recordings_of(story)) if story else [],
        "kept": kept,
        "newer": newer,
        "refusal": refusal,
        "who_sees": who_sees_draft(story, request.user) if story else _("Only you see it."),
        "helper": helper_of(story, desk.teller) if story else desk.teller and desk.teller.support,
        "for_whom": desk.teller.name if desk.teller and desk.teller.account_id != request.user.pk else "",
    }
    return render(request, "stories/room/tell.html", context, status=status)


# ── The save buttons ───────────────────────────────────────────────────────────
def keep(request, desk):
    """Keep the words, then the recording; whichever can't be kept is said at its field, and the other one stays."""
    form, recording = TellForm(request.POST), RecordingForm(request.POST, request.FILES)
    recording_is_fine = recording.is_valid()
    if not form.is_valid():
        return show(request, desk, form, recording=recording, status=400)
    file = recording.cleaned_data.get("recording") if recording_is_fine else None
    try:
        if desk.story or any(form.typed.words):
            keep_typed(desk.key, form.typed, by=request.user, teller=desk.asked_teller)
        if file:
            add_recording(desk.key, file, by=request.user, teller=desk.asked_teller)
    except WrittenElsewhere as conflict:
        return show_conflict(request, desk, form.typed, conflict.newest)
    except Refused as refusal:
        return show(request, desk, form, recording=recording, refusal=str(refusal), status=409)
    if not recording_is_fine:
        return show_again(request, desk, recording)
    return after_keeping(request, desk)


def show_conflict(request, desk, typed, newest):
    """Show both texts; pressing the button once more keeps what is in the fields."""
    desk = desk_at(request, desk.key)
    fields = numbers_after(newest, typed.writer) | {"title": typed.title, "text": typed.text}
    return show(request, desk, TellForm(initial=fields), newer=newest, status=409)


def show_again(request, desk, recording):
    """Show what was kept, with the recording that was not."""
    desk = desk_at(request, desk.key)
    newest = newest_of(desk.story) if desk.story else Typed()
    return show(request, desk, TellForm(initial=numbers_after(newest)), recording=recording, status=400)


def after_keeping(request, desk):
    """Do what the pressed button says beside keeping, and go where it leads."""
    act, _sep, what = request.POST.get("act", "").partition(":")
    story = story_at(request.user, desk.key)
    if story is None:
        messages.info(request, _("You have not told anything yet, so there is nothing to keep."))
        return redirect("room")
    try:
        return ACTS.get(act, stop_for_now)(request, story, what)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("tell", desk.key)


def stop_for_now(request, story, what):
    messages.success(request, _("Your story is kept. Go on when you like."))
    return redirect("room")


def keep_on(request, story, what):
    return redirect("tell", story.translation_key)


def remove(request, story, what):
    if what.isascii() and what.isdigit() and len(what) < 18 and remove_recording(story, int(what), by=request.user):
        messages.success(request, _("The recording is taken away."))
    return redirect("tell", story.translation_key)


def ask_help(request, story, what):
    helper = ask_to_write_out(story, by=request.user)
    said = _("We asked %(name)s by mail to write it out. %(name)s can read your story until %(day)s.")
    names = {"name": helper.person.get_short_name(), "day": date_text(helper.until, "MONTH_DAY_FORMAT")}
    messages.success(request, said % names)
    return redirect("tell", story.translation_key)


def ask_along(request, story, what):
    return redirect("co_writers", story.translation_key)


def go_on(request, story, what):
    return redirect("told_story", story.translation_key)


def forget_other(request, story, what):
    put_other_words_away(story, by=request.user)
    return redirect("tell", story.translation_key)


ACTS = {
    "record": keep_on,
    "remove": remove,
    "help": ask_help,
    "along": ask_along,
    "story": go_on,
    "seen": forget_other,
}


# ── While typing ───────────────────────────────────────────────────────────────
@require_POST
def tell_autosave(request, story_key):
    """Keep what is being typed. JSON back: 200 kept, 400 what to mend, 401 signed out, 409 newer text elsewhere."""
    if not request.user.is_authenticated:
        return said(401, _("You are signed out. Your text is on this device."))
    desk, form = desk_at(request, story_key), TellForm(request.POST)
    if not form.is_valid():
        return said(400, form.sentences())
    if desk.story is None and not any(form.typed.words):
        return said(200, _("Nothing to keep yet."), edit_no=0)
    try:
        kept = keep_typed(desk.key, form.typed, by=request.user, teller=desk.asked_teller)
    except WrittenElsewhere as conflict:
        sentence = _("On another device there is a newer text here. Load the page again to see both.")
        return said(409, sentence, edit_no=conflict.newest.edit_no)
    except NotPlain:
        return said(409, _("This story was shaped in the editor meanwhile. Load the page again."))
    except Refused as refusal:
        return said(409, str(refusal))
    at = date_text(timezone.localtime(kept.saved_at or timezone.now()), "TIME_FORMAT")
    sentence = _("Saved at %(time)s. You can always change it later or throw it away.") % {"time": at}
    return said(200, sentence, edit_no=kept.edit_no)


def said(status, message, **more):
    return JsonResponse({"message": str(message), **more}, status=status)
