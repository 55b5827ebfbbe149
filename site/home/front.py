"""What the front page shows of the apps above this one: they add it in `AppConfig.ready()`, the ground names none of
them.
"""

_panels = []


def add_to_front(panel):
    """Register `panel(home_page) -> dict` whose entries join the front page's context. Registering twice changes
    nothing.
    """
    if panel not in _panels:
        _panels.append(panel)


def front_panels(home_page):
    """Return the entries of all registered panels for `home_page` as one dict."""
    context = {}
    for panel in _panels:
        context |= panel(home_page)
    return context
