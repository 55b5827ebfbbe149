"""One mail of the desk: what did not arrive is mended here, what has not left yet is taken back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.addresses import why_not_corrected
from common.refusals import Refused
from training.domain.not_arrived import can_be_sent_again, not_arrived, send_again
from training.domain.unsent import take_mail_back
from training.forms.planning import AddressForm
from training.models import TrainingGroup
from training.views.planning_gate import for_coordinators, led_mail


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def mail_not_arrived(request, uuid):
    """Show why a mail did not arrive; send that one again, to another address where that may be."""
    mail = led_mail(request, uuid)
    typed = request.POST if request.method == "POST" else None
    form = AddressForm(typed, initial={"email": mail.to}) if _may_correct(mail) else None
    if request.method != "POST":
        return _shown(request, mail, form)
    if form and not form.is_valid():
        return _shown(request, mail, form, status=422)
    try:
        send_again(mail, by=request.user, email=form.cleaned_data["email"] if form else None)
    except Refused as refusal:
        return _shown(request, mail, form, refusal=str(refusal), status=409)
    messages.success(request, _("The mail goes out again, to this person alone."))
    return redirect("training:desk")


@require_POST
@for_coordinators
def take_back(request, uuid):
    """Let a mail not leave."""
    try:
        take_mail_back(led_mail(request, uuid))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. This mail does not leave; what it told stays as it is."))
    return redirect("training:desk")


def _may_correct(mail):
    return bool(mail.person) and not why_not_corrected(mail.person)


def _shown(request, mail, form, *, status=200, **context):
    group = TrainingGroup.objects.get(uuid=mail.about.removeprefix("group:"))
    context |= {
        "mail": mail,
        "group": group,
        "form": form,
        "why_not": why_not_corrected(mail.person) if mail.person else "",
        "is_open": not_arrived([group]).filter(pk=mail.pk).exists(),
        "can_be_sent": can_be_sent_again(mail),
    }
    return render(request, "training/planning/mail_not_arrived.html", context, status=status)
