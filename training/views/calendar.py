"""Somebody's meetings in their own calendar: the address a program follows, one file, and what to choose about it."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.domain.calendar_feed import (
    calendar_of,
    feed_address,
    feed_of,
    file_of,
    meetings_in_calendar,
    person_behind,
    put_by_mail,
    rotate_feed,
)

TYPE = "text/calendar; charset=utf-8"


@require_safe
def calendar_feed(request, token):
    """Answer a program that follows somebody's calendar; an address that is none of ours is simply not there."""
    person = person_behind(token)
    if person is None:
        raise Http404
    text = calendar_of(person).encode()
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return _private(HttpResponseNotModified(), tag)
    response = HttpResponse(text, content_type=TYPE)
    changed = max((meeting.changed_at for meeting in meetings_in_calendar(person)), default=None)
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return _private(response, tag)


@require_safe
@login_required
def meeting_file(request, uuid):
    """Give one meeting to put in a calendar by hand, to who comes or leads it."""
    meeting = get_object_or_404(meetings_in_calendar(request.user), uuid=uuid)
    response = HttpResponse(file_of(meeting, request.user), content_type=TYPE)
    response["Content-Disposition"] = 'attachment; filename="bijeenkomst.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_calendar(request):
    """Show the private address, give another one, choose whether meetings come by mail as well."""
    if request.method == "POST":
        return _chosen(request)
    feed = feed_of(request.user)
    return render(request, "training/group/calendar.html", {"feed": feed, "address": feed_address(feed)})


def _chosen(request):
    if "rotate" in request.POST:
        rotate_feed(request.user)
        messages.success(request, _("You have a new address. The old one works no longer."))
    elif request.POST.get("by_mail") in ("yes", "no"):
        put_by_mail(request.user, request.POST["by_mail"] == "yes")
        messages.success(request, _("Saved."))
    return redirect("training:my_calendar")


def _private(response, tag):
    response["ETag"] = tag
    response["Cache-Control"] = "private"
    response["Referrer-Policy"] = "no-referrer"
    return response
