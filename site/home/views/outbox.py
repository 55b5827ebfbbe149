"""Which mail went out and which did not arrive, for who looks after the people; never what it said."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from home.policies import reads_reports, visible_mails
from mail.choices import MailState
from mail.domain.health import is_stuck
from mail.domain.outbox import send_again

ON_A_PAGE = 50


@require_safe
@login_required
def outbox(request):
    """List the newest mails, or with `?stand=geweigerd` those that did not arrive."""
    if not reads_reports(request.user):
        raise Http404
    refused = request.GET.get("stand") == "geweigerd"
    mails = visible_mails(request.user).order_by("-created_at")
    pages = Paginator(mails.filter(state=MailState.REFUSED) if refused else mails, ON_A_PAGE)
    context = {"page": pages.get_page(request.GET.get("pagina")), "refused": refused, "mail_is_stuck": is_stuck()}
    return render(request, "mail/outbox.html", context)


@require_POST
@login_required
def send_mail_again(request, uuid):
    """Try a refused mail once more; one whose words are gone is asked for anew by who needs it."""
    send_again(get_object_or_404(visible_mails(request.user), uuid=uuid))
    return HttpResponseRedirect(f"{reverse('outbox')}?stand=geweigerd")
