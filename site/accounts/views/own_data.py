""" "Your data": who can read what, a copy to take along, being erased."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import DeletionState
from accounts.models import User
from accounts.personal_data.archive import ask_copy, file_of
from accounts.personal_data.closing import (
    TooLate,
    ask_deletion,
    keeps_the_site,
    may_be_undone,
    request_behind,
    undo_deletion,
    undo_path,
)
from accounts.personal_data.overview import kept_about
from accounts.views.proof import asked_again


@login_required
@require_safe
def overview(request):
    """What is kept about this person, who can read it, and what they can do with it."""
    context = {
        "topics": kept_about(request.user),
        "copy": request.user.data_exports.order_by("-asked_at").first(),
        "copy_days": settings.RETENTION_DAYS["exports"],
        "server_people": User.objects.filter(is_superuser=True, is_active=True).order_by("pk"),
    }
    return render(request, "own_data/overview.html", context)


@login_required
@require_POST
@asked_again
def ask_for_copy(request):
    """Let the worker make a copy; the overview shows when it is there."""
    ask_copy(request.user)
    return HttpResponseRedirect(f"{reverse('own_data')}#kopie")


@login_required
@require_safe
@never_cache
def download(request, uuid):
    """Give somebody their own copy, for a day. What is another's is not there; what was theirs is told to be gone."""
    export = get_object_or_404(request.user.data_exports, uuid=uuid)
    if not export.is_open():
        return render(request, "own_data/copy_gone.html", status=410)
    try:
        file = file_of(export).open("rb")
    except FileNotFoundError:
        return render(request, "own_data/copy_gone.html", status=410)
    response = FileResponse(file, as_attachment=True, filename="jouw-gegevens.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@asked_again
def delete(request):
    """Say what goes and what stays; on the button, close the account and show the page that opens it again."""
    if keeps_the_site(request.user):
        return render(request, "own_data/delete_refused.html", status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        return render(request, "own_data/delete.html", {"days": settings.DELETION_THINKING_DAYS})
    _asked, token = ask_deletion(request.user)
    logout(request)
    response = HttpResponseRedirect(undo_path(token))
    response["Clear-Site-Data"] = '"cache", "storage"'  # unsaved texts on this device
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo(request, token):
    """For who thinks better of it: the address itself is the key, as the account is closed."""
    asked = request_behind(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        try:
            undo_deletion(token)
        except TooLate:
            return render(request, "own_data/undo.html", {"asked": asked}, status=409)
        return HttpResponseRedirect(undo_path(token))
    context = {"asked": asked, "may_undo": may_be_undone(asked), "undone": asked.state == DeletionState.UNDONE}
    return render(request, "own_data/undo.html", context)
