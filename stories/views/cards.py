"""Cards: writing one about a story or to somebody in a group, and reading one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from stories.card_policies import people_to_write_to, reads_cards_along
from stories.choices import CardState
from stories.domain.sentences import sentences_of
from stories.domain.thanks import CardWords, addressees_of, thank_person, thank_storyteller
from stories.forms.cards import PersonCardForm, StoryCardForm
from stories.models import Storyteller, ThankYou
from stories.policies import readable_stories

PREVIEW = "preview"
ON_A_PAGE = 20


# ── Writing about a story ──────────────────────────────────────────────────────
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_card(request, slug):
    """Ask for a card about a story, show how it looks, and send it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    story = get_object_or_404(readable_stories(request.user), slug=slug)
    addressees = [one for one in addressees_of(story) if one.storyteller.account_id != request.user.pk]
    form = story_form(request, story, [one for one in addressees if one.is_open])
    context = {"story": story, "form": form, "closed": [one for one in addressees if not one.is_open]}
    if request.method != "POST" or not form.addressees:
        return render(request, "cards/write_story.html", context, status=409 if request.method == "POST" else 200)
    return answer_writing(
        request, form, "cards/write_story.html", context, send=lambda: send_about(story, form, request)
    )


def story_form(request, story, addressees):
    data = request.POST if request.method == "POST" else None
    initial = {"to": request.GET.get("aan", "")} | once_more(request, story)
    return StoryCardForm(data, addressees=addressees, sentences=sentences_of(story), initial=initial)


def once_more(request, story):
    """Return what stood on a card that was held back, to begin from; empty without one."""
    held = ThankYou.objects.sent_by(request.user).filter(story=story, state=CardState.HELD_BACK).first()
    return {"words": held.text, "name_may_show": held.name_may_show} if held and "opnieuw" in request.GET else {}


def send_about(story, form, request):
    data = form.cleaned_data
    words = CardWords(data["words"], data["quote"], data["name_may_show"])
    storyteller = form.addressee.storyteller
    return thank_storyteller(story, words, storyteller=storyteller, by=request.user, token=form.page_token)


def answer_writing(request, form, template, context, *, send):
    """Show the form once more with what to mend or with how the card looks, or send it and lead to the card."""
    if form.is_valid() and request.POST.get("act") != PREVIEW:
        try:
            card = send()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your card is on its way. Somebody reads it along first."))
            return redirect("card", card.uuid)
    status = 400 if form.errors else 200
    return render(request, template, context | {"preview": not form.errors}, status=status)


# ── Writing to somebody in a group ─────────────────────────────────────────────
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_card(request):
    """Ask for a card to somebody whom this person meets in a group, show how it looks, and send it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    data = request.POST if request.method == "POST" else None
    people = people_to_write_to(request.user)
    form = PersonCardForm(data, people=people, initial={"to": request.GET.get("aan", "")})
    context = {"form": form}
    if data is None:
        return render(request, "cards/write_person.html", context)
    return answer_writing(request, form, "cards/write_person.html", context, send=lambda: send_to(form, request))


def send_to(form, request):
    words = CardWords(form.cleaned_data["words"])
    return thank_person(form.receiver, words, by=request.user, token=form.page_token)


# ── Reading ────────────────────────────────────────────────────────────────────
@never_cache
@require_safe
@login_required
def my_cards(request):
    """Show the cards that somebody got and wrote; those to a storyteller lie in her own room."""
    got = ThankYou.objects.received_by(request.user).filter(to_storyteller=None).unread_first().with_people()
    sent = ThankYou.objects.sent_by(request.user).with_people()
    context = {
        "got": one_page(request, got, "ontvangen"),
        "sent": one_page(request, sent, "verstuurd"),
        "is_storyteller": Storyteller.objects.filter(account=request.user).exists(),
        "reads_along": reads_cards_along(request.user),
    }
    return render(request, "cards/mine.html", context)


def one_page(request, cards, name):
    return Paginator(cards, ON_A_PAGE).get_page(request.GET.get(name))


def met_card(request, uuid):
    """Return the card with this number if this person wrote or got it; raises Http404 else."""
    card = ThankYou.objects.met_by(request.user).with_people().filter(uuid=uuid).first()
    if card is None:
        raise Http404
    return card
