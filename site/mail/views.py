"""The demo's post box: nothing leaves the machine, so what would have been sent is read here, by everybody."""

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mail.models import OutboxMail

ON_ONE_PAGE = 30


@require_safe
def demo_post(request):
    pages = Paginator(OutboxMail.objects.order_by("-created_at", "-pk"), ON_ONE_PAGE)
    mails = pages.get_page(request.GET.get("pagina"))
    return _not_kept(render(request, "mail/demo_post.html", {"mails": mails}))


@require_safe
def demo_mail(request, number):
    """Show the text of one mail; its HTML says the same, and would need a frame that the site's rules refuse."""
    mail = get_object_or_404(OutboxMail, uuid=number)
    return _not_kept(render(request, "mail/demo_mail.html", {"mail": mail, "parts": with_own_links(mail.text)}))


def with_own_links(text):
    """Return `text` in parts, (words, address or ""): addresses of this site become links, no others do."""
    path, rest_of_the_sentence = r"[/?#](?:[^\s<>\"]*[^\s<>\".,;:!?)])?", r"[.,;:!?)]*(?:[\s<>\"]|$)"
    address = re.compile(rf"({re.escape(settings.SITE_URL)}(?:{path})?)(?={rest_of_the_sentence})")
    return [(part, part if number % 2 else "") for number, part in enumerate(address.split(text)) if part]


def _not_kept(response):
    response.headers["Cache-Control"] = "private, no-store"  # codes and links stand in it
    return response
