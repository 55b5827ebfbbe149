"""What the frame around every page needs."""

from django.conf import settings
from django.utils.functional import cached_property

from accounts.demo import ACCOUNTS, PASSWORD
from home.models import ContactSettings


def site_wide(request):
    """Give templates `contact` (one query, only where it is shown), what an answer is for (`is_preview`, `on_paper`:
    said here, as to miss something of a request takes a template long) and, in the demo, the people to look around as.
    """
    return {
        "contact": OnFirstUse(ContactSettings.current),
        "is_preview": getattr(request, "is_preview", False),
        "on_paper": getattr(request, "on_paper", False),
        "demo_accounts": [account for account in ACCOUNTS if account.on_strip] if settings.DEMO else [],
        "site_url": settings.SITE_URL,
        "demo_password": PASSWORD if settings.DEMO else "",
    }


class OnFirstUse:
    """What `read` returns, read when something of it is asked for the first time.

    Only attributes are passed on, all that templates need. Django's lazy objects stand in for everything that an object
    can do, and a template tries three ways to each attribute of them.
    """

    def __init__(self, read):
        self._read = read

    @cached_property
    def _found(self):
        return self._read()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._found, name)
