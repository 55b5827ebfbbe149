"""Interviews and articles as readers look for them: one page at its address, or all of them, by theme."""

from dataclasses import dataclass
from urllib.parse import urlencode

from common.prepared import Prepared
from stories.models import ArticlePage, InterviewPage, ProfessionalIndexPage, Theme
from stories.models.professionals import ArticleTag, InterviewTag

KINDS = ((InterviewPage, InterviewTag), (ArticlePage, ArticleTag))


@dataclass(frozen=True)
class ThemeChoice:
    """A theme to choose: `count` pages have it, and `address` shows those, or all again when it `is_chosen`."""

    name: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Shelf:
    """`pages` to show, `choices` of themes, and the chosen Theme or None."""

    pages: list
    choices: list
    chosen: Theme | None


@Prepared
def open_index_at(slug, ending):
    return ProfessionalIndexPage.objects.open().filter(slug=slug, url_path__endswith=ending)[:1]


def _at(model):
    def open_page(slug, ending):
        pages = model.objects.open().filter(slug=slug, url_path__endswith=ending)
        return pages.for_reading().select_related("recording")[:1]

    return Prepared(open_page)


_OPEN_PAGES = [_at(model) for model, _tags in KINDS]


def open_index():
    """Return the list of interviews and articles, or None; one query."""
    return open_index_at.first(slug="vakmensen", ending="/vakmensen/")


def open_professional(slug):
    """Return the interview or article at this address that anybody may read, or None; two queries at most."""
    where = {"slug": slug, "ending": f"/vakmensen/{slug}/"}
    return next((page for find in _OPEN_PAGES if (page := find.first(**where))), None)


def listed_professionals():
    """Return every interview and article that anybody may read, in the order of the tree; two queries."""
    return sorted((page for model, _tags in KINDS for page in model.objects.listed()), key=lambda page: page.path)


def newest_professionals(most):
    """Return the `most` that went online last, the newest first; two queries."""
    pages = [page for model, _tags in KINDS for page in model.objects.open().defer("body")]
    return sorted(pages, key=lambda page: (page.first_published_at, page.pk), reverse=True)[:most]


def shelf_of_professionals(theme_slug):
    """Return the Shelf with what has the theme of this slug; a theme that nothing has counts as none. Four queries."""
    pages = listed_professionals()
    themes = themes_of_professionals(pages)
    used = {theme.slug: theme for found in themes.values() for theme in found}
    chosen = used.get(theme_slug)
    with_it = {slug: [page for page in pages if theme in themes.get(page.pk, [])] for slug, theme in used.items()}
    choices = [
        ThemeChoice(theme.name, len(with_it[theme.slug]), _address(None if theme == chosen else theme), theme == chosen)
        for theme in sorted(used.values(), key=lambda theme: theme.name.lower())
    ]
    return Shelf(with_it[chosen.slug] if chosen else pages, choices, chosen)


def themes_of_professionals(pages):
    """Return `{pk of a page: [Theme]}`; two queries."""
    numbers, found = [page.pk for page in pages], {}
    for _model, tags in KINDS:
        for row in tags.objects.filter(content_object__in=numbers).select_related("tag"):
            found.setdefault(row.content_object_id, []).append(row.tag)
    return found


def _address(theme):
    return f"/vakmensen/?{urlencode({'thema': theme.slug})}" if theme else "/vakmensen/"
