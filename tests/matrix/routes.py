"""Every address that the site answers, read from its URL configuration."""

from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

CMS = "cms/"


@dataclass(frozen=True)
class Route:
    """`key` is the name by which a row of the table speaks of it: its own, or its pattern when it has none."""

    key: str
    pattern: str
    view: object
    parts: frozenset  # the names in its pattern that an address has to fill in

    @property
    def in_cms(self):
        return self.pattern.startswith(CMS)


def all_routes(urlconf=None):
    """Return every Route of the site; one without a name, or whose name was there already, is known by its pattern."""
    routes = {}
    for name, pattern, view, parts in walk(get_resolver(urlconf)):
        key = name if name and name not in routes else pattern
        routes.setdefault(key, Route(key, pattern, view, parts))
    return list(routes.values())


def walk(resolver, prefix="", spaces=(), parts=frozenset()):
    """Yield `(name or None, pattern, view, names in the pattern)` of all patterns below `resolver`."""
    for pattern in resolver.url_patterns:
        text, names = prefix + str(pattern.pattern), parts | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, text, (*spaces, *filter(None, [pattern.namespace])), names)
        else:
            yield pattern.name and ":".join((*spaces, pattern.name)), text, pattern.callback, names


def site_routes(urlconf=None):
    return [route for route in all_routes(urlconf) if not route.in_cms]


def cms_routes():
    return [route for route in all_routes() if route.in_cms]
