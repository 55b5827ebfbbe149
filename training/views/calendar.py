"""Somebody's meetings in their own calendar: the address a program follows, one file, and what to choose about it."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from home.domain.pace import may_go_on
from home.views.errors import not_found, too_many_requests
from home.views.problems import sender_of
from training.domain.calendar_feed import (
    calendar_of,
    feed_address,
    feed_of,
    file_of,
    meetings_in_calendar,
    person_behind,
    put_by_mail,
    rotate_feed,
    same_since,
)

HOUR = 60 * 60
OF_ONE = 120  # several devices of one person, each every few minutes
OF_NOBODY = 60  # an address that was changed is asked for by the programs that still have it
TYPE = "text/calendar; charset=utf-8"


@require_safe
def calendar_feed(request, token):
    """Answer a program that follows somebody's calendar; an address that is none of ours is simply not there."""
    person = person_behind(token)
    who = f"calendar:{person.pk}" if person else f"no-calendar:{sender_of(request)}"
    if not may_go_on(who, most=OF_ONE if person else OF_NOBODY, window=HOUR):
        return _unseen(too_many_requests(request), {"Retry-After": HOUR})
    if person is None:
        return _unseen(not_found(request))
    text = calendar_of(person).encode()
    tag = hashlib.sha256(text).hexdigest()[:32]
    since = same_since(person, tag)
    response = HttpResponse(text, content_type=TYPE, headers={"ETag": f'"{tag}"', "Last-Modified": http_date(since)})
    return _private(get_conditional_response(request, f'"{tag}"', since, response))


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


def _unseen(response, headers=None):
    """A refusal that Django writes no line about: the line would hold the address."""
    response._has_been_logged = True
    for name, value in (headers or {}).items():
        response[name] = value
    return _private(response)


def _private(response):
    """For the program that asked alone, which asks again before it shows what it kept."""
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response
