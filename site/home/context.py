"""What the frame around every page needs."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from accounts.demo import ACCOUNTS, PASSWORD
from home.models import ContactSettings


def site_wide(request):
    """Give templates `contact` (one query, only where it is shown) and, in the demo, the people to look around as."""
    return {
        "contact": SimpleLazyObject(ContactSettings.current),
        "demo_accounts": [account for account in ACCOUNTS if account.on_strip] if settings.DEMO else [],
        "site_url": settings.SITE_URL,
        "demo_password": PASSWORD if settings.DEMO else "",
    }
