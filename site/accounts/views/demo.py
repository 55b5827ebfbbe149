from django.contrib.auth import login, logout
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.demo import ACCOUNTS
from accounts.models import User


@require_POST
def look_around_as(request):
    """Sign the visitor of the demo in as the made-up person whose button was pressed."""
    account = next((account for account in ACCOUNTS if account.key == request.POST.get("person")), None)
    user = account and User.objects.filter(email=account.email).first()
    if user is None:
        raise Http404
    logout(request)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect(reverse("training:home"))
