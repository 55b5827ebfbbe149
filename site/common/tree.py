"""Questions about the line of parents above a row of Wagtail's trees, to filter or annotate with.

Each is one piece of SQL, the same on SQLite and PostgreSQL: built from Django's Exists and OuterRef they cost every
request a millisecond or two of CPU (docs/performance.md).
"""

from django.db.models import BooleanField, Func


class DraftAbove(Func):
    """True where a page above the page at this tree path is not live; the root of the tree does not count."""

    output_field = BooleanField()
    template = (
        "EXISTS (SELECT 1 FROM wagtailcore_page outer_row"
        " WHERE NOT outer_row.live AND outer_row.depth > 1"
        " AND SUBSTR(%(expressions)s, 1, LENGTH(outer_row.path)) = outer_row.path)"
    )


class RestrictionAbove(Func):
    """True where the row at this tree path, or one above it, has a view restriction other than of the type `but`.

    `of` is "page" or "collection": the tree that the path belongs to.
    """

    output_field = BooleanField()
    template = (
        "EXISTS (SELECT 1 FROM wagtailcore_%(of)sviewrestriction restriction"
        " JOIN wagtailcore_%(of)s outer_row ON outer_row.id = restriction.%(of)s_id"
        " WHERE restriction.restriction_type <> '%(but)s'"
        " AND SUBSTR(%(expressions)s, 1, LENGTH(outer_row.path)) = outer_row.path)"
    )

    def __init__(self, path, *, of="page", but=""):
        super().__init__(path, of=of, but=but)
