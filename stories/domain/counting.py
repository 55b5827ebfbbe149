"""How often a page is read: counted without knowing by whom (docs/decisions/counting-without-tracking.md).

A view adds one to a number in memory; a moment later all of them are written together. No cookie, no address and no
person is looked at for it or kept, but for one question: is this somebody who works on the story themselves?
"""

import logging
import re
import threading
from collections import Counter

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Case, F, Sum, Value, When
from django.utils import timezone
from wagtail.models import Page

from stories.models import PageViews, StoryPage

logger = logging.getLogger(__name__)

MACHINES = re.compile(r"bot|crawl|spider|slurp|headless|preview|monitor|curl|wget|python|fetch|httpclient|libwww", re.I)
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")  # a browser that loads what nobody asked for yet

_counts = Counter()
_lock = threading.Lock()


def note_view(request, page):
    """Count that somebody opened `page`, unless it was a machine or who works on it; a query for who is signed in."""
    if is_reader(request) and not is_own(request.user, page):
        add_view(page.pk, timezone.localdate())


def is_reader(request):
    """True for a page that a person asked for, as far as a browser says so."""
    agent = request.headers.get("User-Agent", "")
    ahead = any(re.search("prefetch|prerender|preview", request.headers.get(name, ""), re.I) for name in AHEAD)
    return request.method == "GET" and not ahead and bool(agent) and not MACHINES.search(agent)


def is_own(user, page):
    """True for who tells this story or writes along with it."""
    if not user.is_authenticated or not isinstance(page, StoryPage):
        return False
    return StoryPage.objects.worked_on_by(user).filter(pk=page.pk).exists()


def add_view(number, day):
    with _lock:
        begins = not _counts
        _counts[number, day] += 1
    if begins and settings.VIEWS_WRITTEN_AFTER:
        timer = threading.Timer(settings.VIEWS_WRITTEN_AFTER, write_and_close)
        timer.daemon = True
        timer.start()


def write_and_close():
    """Write the counts in a thread of their own; what can't be written now is written with the next ones."""
    try:
        write_views()
    except Exception:
        logger.exception("The views of pages could not be written.")
    finally:
        close_old_connections()


def write_views():
    """Add what was counted in memory to the table and return how many views that were: three queries, however many."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    try:
        return add_to_table(taken) if taken else 0
    except Exception:
        with _lock:
            _counts.update(taken)
        raise


@transaction.atomic
def add_to_table(taken):
    """Add `{(number of a page, day): views}`; those of a page that is gone are forgotten."""
    there = set(Page.objects.filter(pk__in={number for number, _day in taken}).values_list("pk", flat=True))
    rows = {key: views for key, views in taken.items() if key[0] in there}
    PageViews.objects.bulk_create(
        [PageViews(page_id=number, day=day) for number, day in rows], ignore_conflicts=True, unique_fields=None
    )
    more = [When(page=number, day=day, then=Value(views)) for (number, day), views in rows.items()]
    if more:
        days = {day for _number, day in rows}
        found = PageViews.objects.filter(page__in=there, day__in=days)
        found.update(number=F("number") + Case(*more, default=Value(0)))
    return sum(rows.values())


def reads_in_room(user):
    """The room's panel (stories/domain/room.py): `reads` of the stories of `user`, as `{pk: views}`; one query."""
    mine = PageViews.objects.filter(page__in=StoryPage.objects.told_by(user).values("pk"))
    return {"reads": dict(mine.values_list("page").annotate(all=Sum("number")).order_by())}


def views_of(page):
    """Return how often `page` was read; one query."""
    return PageViews.objects.filter(page=page.pk).aggregate(all=Sum("number"))["all"] or 0
