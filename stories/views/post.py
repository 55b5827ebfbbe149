"""A storyteller's post: the cards she got, and how much of it she wants."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stories.domain.card_reading import set_post
from stories.domain.card_room import given_and_taken
from stories.forms.cards import PostForm
from stories.models import Storyteller, ThankYou
from stories.views.cards import one_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post(request):
    """Show a storyteller her cards, the unread ones first, or keep how much post she wants."""
    storyteller = Storyteller.objects.filter(account=request.user).first()
    if storyteller is None:
        raise Http404
    form = PostForm(request.POST) if request.method == "POST" else PostForm(initial=wishes(storyteller))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        set_post(storyteller, rhythm=data["rhythm"], paused_until=data["paused_until"], by=request.user)
        messages.success(request, _("We keep to it."))
        return redirect("post")
    return show(request, storyteller, form)


def wishes(storyteller):
    return {"rhythm": storyteller.post_rhythm, "paused_until": storyteller.post_paused_until}


def show(request, storyteller, form):
    cards = ThankYou.objects.received_by(request.user).filter(to_storyteller__isnull=False)
    context = {
        "in_room": True,
        "storyteller": storyteller,
        "form": form,
        "cards": one_page(request, cards.unread_first().with_people(), "pagina"),
        "given": given_and_taken(request.user),
    }
    return render(request, "cards/post.html", context, status=400 if form.errors else 200)
