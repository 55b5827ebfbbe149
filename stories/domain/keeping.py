"""Bewaren: keeping a page, the note and labels with it, and the shelf where all of it stands."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from common.refusals import Refused
from stories.models import Bookmark
from stories.talk_policies import readable_among

MOST_LABELS, LABEL_LENGTH = 10, 40


@dataclass(frozen=True)
class Kept:
    """One thing on a shelf; `page` is None as soon as its owner can't read it any more."""

    bookmark: Bookmark
    page: Page | None

    @property
    def name(self):
        """Who tells it, where the page says so."""
        return getattr(self.page, "storyteller", "")


@transaction.atomic
def keep_page(page, *, by):
    """Put `page` on the shelf of `by` and return the Bookmark; twice is once. Raises Refused when the shelf is full."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    there = Bookmark.objects.filter(user=by, page=page.pk).first()
    if there is None and Bookmark.objects.filter(user=by).count() >= settings.KEPT_AT_MOST:
        raise Refused(_("You keep %(number)d things already. Take one away first.") % {"number": settings.KEPT_AT_MOST})
    return there or Bookmark.objects.create(user=by, page_id=page.pk)


def let_go(page, *, by):
    """Take `page` off the shelf of `by`, with its note; what is not there is gone already."""
    Bookmark.objects.filter(user=by, page=page.pk).delete()


@transaction.atomic
def write_note(bookmark, *, note, labels):
    """Write the note and the labels (a list of words) with what somebody keeps."""
    bookmark = Bookmark.objects.select_for_update(of=("self",)).get(pk=bookmark.pk)
    bookmark.note = {"text": note} if note else {}
    bookmark.labels = {"list": labels} if labels else {}
    bookmark.save(update_fields=["note", "labels"])
    return bookmark


def labels_in(text):
    """Return the labels in what somebody typed with commas between, each once, in their order."""
    found = {}
    for label in text.replace("\n", ",").split(","):
        label = " ".join(label.split())
        found.setdefault(label.casefold(), label)
    return [label for label in found.values() if label]


def shelf_of(user, *, label=""):
    """Return all that `user` keeps as a list of Kept, the newest first; with `label` only what carries that."""
    rows = list(Bookmark.objects.filter(user=user).select_related("page").order_by("-created_at", "-pk"))
    wanted = label.casefold()
    rows = [row for row in rows if not label or wanted in (one.casefold() for one in row.label_list)]
    pages = readable_among(user, [row.page for row in rows if row.page])
    return [Kept(row, pages.get(row.page_id)) for row in rows]


def labels_of(kept):
    """Return every label on these Kept once, by the alphabet."""
    found = {one.casefold(): one for row in kept for one in row.bookmark.label_list}
    return [found[key] for key in sorted(found)]


def bookmark_on(page, user):
    """Return the Bookmark of `user` on this page, or None; one query."""
    return Bookmark.objects.filter(user=user, page=page.pk).first() if user.is_authenticated else None
