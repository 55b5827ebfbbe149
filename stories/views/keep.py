"""Bewaren: keeping a page, before or after signing in, and the shelf where it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from common.text import without_controls
from stories.domain import pending
from stories.domain.keeping import Kept, keep_page, labels_of, let_go, shelf_of, write_note
from stories.forms.keeping import NoteForm
from stories.models import Bookmark
from stories.talk_policies import readable_among, readable_page

LET_GO, AWAY = "let-go", "away"
ON_A_PAGE = 25


@never_cache
@require_POST
def keep(request, page_key):
    """Keep a page or let it go; of who is not signed in the wish waits until they are."""
    if not request.user.is_authenticated:
        return after_the_door(request, pending.Pending(pending.KEEP, page_key))
    page = found_page(request, page_key)
    if request.POST.get("act") == LET_GO:
        let_go(page, by=request.user)
        return redirect(f"{page.address}#bewaar")
    return keep_and_show(request, page)


def found_page(request, page_key):
    """Return the page with this key as this person may read it; raises Http404 else."""
    page = readable_page(request.user, page_key)
    if page is None:
        raise Http404
    return page


def after_the_door(request, wish):
    """Remember what somebody wants to do, and lead them to the door and back to it."""
    pending.put(request.session, wish)
    return redirect_to_login(reverse("go_on"))


def keep_and_show(request, page):
    try:
        keep_page(page, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("shelf")
    return redirect(f"{page.address}#bewaar")


@never_cache
@require_safe
@login_required
def go_on(request):
    """Right behind the door: do what this browser asked for in front of it, once. Nothing waits: to the shelf."""
    wish = pending.waiting(request.session)
    if wish is None or request.method == "HEAD":
        return redirect("shelf")
    if wish.act == pending.REACT:  # the words wait on, for its form
        return redirect(f"{reverse('react', args=[wish.page_key])}{wish.about}")
    pending.forget(request.session)
    return keep_and_show(request, found_page(request, wish.page_key))


# ── The shelf ──────────────────────────────────────────────────────────────────
@never_cache
@require_safe
@login_required
def shelf(request):
    """All that somebody keeps, or what carries one label."""
    everything = shelf_of(request.user)
    label = " ".join(without_controls(request.GET.get("label", "")).split())
    rows = shelf_of(request.user, label=label) if label else everything
    context = {
        "kept": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "label": label,
        "labels": labels_of(everything),
        "has_any": bool(everything),
    }
    return render(request, "keeping/shelf.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def kept(request, uuid):
    """One thing on the shelf: its note and labels, or taking it away."""
    row = get_object_or_404(Bookmark, uuid=uuid, user=request.user)
    if request.method == "POST":
        return act_on(request, row)
    form = NoteForm(initial={"note": row.note_text, "labels": row.labels_text})
    return show_kept(request, row, form)


def act_on(request, row):
    if request.POST.get("act") == AWAY:
        row.delete()
        messages.success(request, _("It is off your shelf."))
        return redirect("shelf")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_kept(request, row, form, status=400)
    write_note(row, **form.cleaned_data)
    messages.success(request, _("Your note is saved."))
    return redirect("shelf")


def show_kept(request, row, form, *, status=200):
    page = readable_among(request.user, [row.page] if row.page else []).get(row.page_id)
    return render(request, "keeping/kept.html", {"kept": Kept(row, page), "form": form}, status=status)
