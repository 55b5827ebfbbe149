from django.http import Http404
from django.views.decorators.http import require_POST

from accounts.demo import ACCOUNTS
from accounts.models import User
from accounts.views.door import let_in


@require_POST
def look_around_as(request):
    """Sign the visitor of the demo in as the made-up person whose button was pressed."""
    account = next((account for account in ACCOUNTS if account.key == request.POST.get("person")), None)
    user = account and User.objects.filter(email=account.email).first()
    if user is None:
        raise Http404
    return let_in(request, user)
