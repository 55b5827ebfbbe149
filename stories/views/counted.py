"""Showing a page and counting that somebody opened it."""

from stories.domain.counting import note_view
from stories.talk_policies import is_countable

SHOWN = 200


def show_counted(request, page):
    """Answer with `page`, and count it."""
    note_view(request, page)
    return page.serve(request)


def count_served(serve_next):
    """What Wagtail shows itself: wrapped around the very last step, so that a page that is refused is not counted."""

    def serve(page, request, args, kwargs):
        response = serve_next(page, request, args, kwargs)
        if is_countable(page) and response.status_code == SHOWN:
            note_view(request, page)
        return response

    return serve
