"""What search engines are told of: the pages that anybody may read today, by the querysets that readers' lists ask.

Each app adds its own in `AppConfig.ready()`: what may be read is for it to say.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from home.models import ContentPage, HomePage

SITEMAPS = {}


@dataclass(frozen=True)
class Place:
    """An address of this site, and when what stands there was last put online (None where that says nothing)."""

    address: str
    changed_at: datetime | None = None


class Places(Sitemap):
    """The Places that `find()` returns, asked anew at every request; addresses begin as SITE_URL says."""

    def __init__(self, find):
        self.find = find

    def items(self):
        return list(self.find())

    def location(self, place):
        return place.address

    def lastmod(self, place):
        return place.changed_at

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


def add_to_sitemap(name, find):
    """Add what `find() -> iterable of Place` returns; it costs as many queries however much there is."""
    SITEMAPS[name] = partial(Places, find)


def places_of(pages):
    """Return the Places of `pages`, a queryset of what is open; one query, and of the pages no more than that."""
    pages = pages.order_by("path").only("url_path", "depth", "last_published_at")
    return [Place(page.address, page.last_published_at) for page in pages]


def site_places():
    return [place for model in (HomePage, ContentPage) for place in places_of(model.objects.open())]
