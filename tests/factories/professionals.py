"""Interviews and articles, as an editor puts them online."""

from django.utils.text import slugify

from stories.models import ArticlePage, InterviewPage, ProfessionalIndexPage
from tests.factories.pages import add_page, block_id


def add_professionals(home):
    return add_page(home, ProfessionalIndexPage(title="Vakmensen", slug="vakmensen"))


def add_interview(index, title, *, body=(), tags=(), **fields):
    fields = {"slug": slugify(title), "person": "Gerda", "body": blocks(body)} | fields
    return tagged(add_page(index, InterviewPage(title=title, **fields)), tags)


def add_article(index, title, *, body=(), tags=(), **fields):
    fields = {"slug": slugify(title), "author": "Ilse", "body": blocks(body)} | fields
    return tagged(add_page(index, ArticlePage(title=title, **fields)), tags)


def blocks(rows):
    """Return `(kind, value)` pairs as the value of a StreamField, each with an id of its own."""
    return [
        {"type": kind, "id": block_id(f"{place} {kind}"), "value": value} for place, (kind, value) in enumerate(rows)
    ]


def tagged(page, themes):
    if themes:
        page.tags.set(themes)
        page.save()
    return page
