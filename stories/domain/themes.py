"""What other apps show beside a theme: they add it in `AppConfig.ready()`."""

_beside = []


def add_beside_theme(panel):
    """Register `panel(theme, stories) -> dict` whose entries join the page of a theme, such as `modules` that belong to
    it; `stories` are those of the theme that anybody may read.
    """
    if panel not in _beside:
        _beside.append(panel)


def beside_theme(theme, stories):
    context = {}
    for panel in _beside:
        context |= panel(theme, stories)
    return context
