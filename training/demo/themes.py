"""The demo's themes: what their stories have in common, and a question to the reader."""

from django.utils.text import slugify

from stories.models import Theme


def load_themes(tables):
    """Make the themes of `tables` where they are missing; what an editor wrote with one stays."""
    for table in tables:
        theme, _made = Theme.objects.get_or_create(name=table["name"], defaults={"slug": slugify(table["name"])})
        missing = {name: table[name] for name in ("intro", "question") if not getattr(theme, name)}
        if missing:
            Theme.objects.filter(pk=theme.pk).update(**missing)
