"""Inviting people to the site, and coming in by the link of an invitation."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.invitations import (
    AlreadyHere,
    AlreadyInvited,
    LinkEnded,
    MayNotInvite,
    accept_invitation,
    invite,
    mail_key,
    read_link,
    send_again,
    withdraw_invitation,
)
from accounts.forms.people import InvitationForm, WelcomeForm
from accounts.policies import roles_to_invite, visible_invitations
from accounts.proof import note_link
from accounts.views.door import let_in
from mail.models import OutboxMail

SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request):
    """The invitations that this person sent, and the form for a new one."""
    roles = roles_to_invite(request.user)
    if not roles:
        raise Http404
    form = InvitationForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid() and send(request.user, form):
        return HttpResponseRedirect(reverse("invitations"))
    rows = with_delivery(visible_invitations(request.user).select_related("invited_by").newest_first()[:SHOWN])
    status = 400 if form.errors else 200
    return render(request, "accounts/invitations.html", {"form": form, "invitations": rows}, status=status)


def with_delivery(rows):
    """Return the invitations as a list, each with the `mail` that brought its newest link (None when it is erased)."""
    keys = {mail_key(row): row for row in rows}
    mails = {mail.key: mail for mail in OutboxMail.objects.without_words().filter(key__in=keys)}
    for key, row in keys.items():
        row.mail = mails.get(key)
    return list(keys.values())


def send(by, form):
    """Send what the form asks; True when it went, else the form says why not."""
    try:
        invite(by, **form.cleaned_data)
    except AlreadyHere as here:
        form.add_error("email", _("%(name)s has an account with this address already.") % {"name": here.person})
    except AlreadyInvited:
        form.add_error("email", _("There is an invitation to this address already. You can send it again below."))
    except MayNotInvite:
        form.add_error("role", _("You can't invite people to do this."))
    return not form.errors


@login_required
@require_POST
def withdraw(request, uuid):
    withdraw_invitation(get_object_or_404(visible_invitations(request.user), uuid=uuid))
    return HttpResponseRedirect(reverse("invitations"))


@login_required
@require_POST
def resend(request, uuid):
    try:
        send_again(get_object_or_404(visible_invitations(request.user), uuid=uuid), by=request.user)
    except (LinkEnded, MayNotInvite) as problem:
        raise Http404 from problem
    return HttpResponseRedirect(reverse("invitations"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, token):
    """The one screen of the first visit: opening it changes nothing, the button makes the account."""
    try:
        invitation = read_link(token)
    except LinkEnded as ended:
        return link_ended(request, ended.why)
    form = WelcomeForm(request.POST or None, initial={"display_name": invitation.name})
    if request.method == "POST" and form.is_valid():
        return come_in(request, token, form)
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/welcome.html", context, status=400 if form.errors else 200)


def come_in(request, token, form):
    try:
        data = form.cleaned_data
        person = accept_invitation(token, name=data["display_name"], work=data["work"])
    except LinkEnded as ended:
        return link_ended(request, ended.why)
    except AlreadyHere:
        return link_ended(request, "accepted")
    response = let_in(request, person)
    note_link(request, person)
    return response


def link_ended(request, why):
    return render(request, "accounts/link_ended.html", {"why": why}, status=404 if why == "unknown" else 410)
