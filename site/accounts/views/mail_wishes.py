"""Which mails somebody wants, on a page of their account and behind the link in each of those mails."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.domain.mail_wishes import behind, turn_off, wishes_of
from accounts.forms.mail_wishes import MailWishesForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_wishes(request):
    """Show and keep the wishes; the page afterwards says that they are kept."""
    sent = request.POST if request.method == "POST" else None
    form = MailWishesForm(sent, wishes=wishes_of(request.user), person=request.user)
    if form.is_valid():
        form.save()
        return HttpResponseRedirect(f"{reverse('mail_wishes')}?bewaard=1")
    return render(request, "accounts/mail_wishes.html", {"form": form, "kept": "bewaard" in request.GET})


@csrf_exempt  # mail programs press the button themselves (RFC 8058), and the address is the key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """Turn one kind of mail off for who holds the mail, signed in or not. Looking alone changes nothing: programs that
    check mail for viruses follow every link.
    """
    found = behind(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        turn_off(person, kind.name)
    # No redirect: a mail program that pressed the button would not follow it.
    return render(request, "accounts/stop_mail.html", {"kind": kind, "is_off": request.method == "POST"})
