"""What nobody can mean, sent to screens that are not ours to mend."""

import logging
import sqlite3
import traceback
from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest, FieldError
from django.db import DataError, OperationalError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from modelsearch.backends.base import FieldError as SearchFieldError

from common import rendering
from common.text import search_words

logger = logging.getLogger(__name__)

CMS = "cms/"  # where config.urls puts it
LARGEST = 2**31 - 1  # no row has a higher number, and SQLite can't even be asked for one above 2**63
LONGEST = 4000  # characters of one answer in a question; databases give up on longer patterns
# How Wagtail's lists and choosers stumble over a question that they can't read.
STUMBLES = (ValueError, TypeError, OverflowError, FieldError, SearchFieldError, DataError, NoReverseMatch)


def is_too_long(question):
    return any(len(value) > LONGEST for values in question.lists() for value in values[1])


def is_bad_search(error):
    """True for words that SQLite's search takes for a broken formula: one double quote will do."""
    is_sqlite = isinstance(error, OperationalError) and isinstance(error.__cause__, sqlite3.Error)
    return is_sqlite and error.__cause__.sqlite_errorcode == sqlite3.SQLITE_ERROR


def in_plain_words(request):
    """Return the address of the same search without the signs that broke it, or None when its words have none."""
    words = request.GET.get("q", "")
    question = request.GET.copy()
    question["q"] = search_words(words)
    return f"{request.path}?{question.urlencode()}" if question["q"] != words else None


def is_bad_question(request, error):
    """True where what stands behind the question mark made the screen stumble."""
    return request.GET and not request.POST and (isinstance(error, STUMBLES) or is_bad_search(error))


def is_bad_form(request, error):
    """True where a form lacks a field that every page sends, or has in it what Wagtail can't read. Where our own code
    was under way an error may be ours, and stays one.
    """
    if request.method != "POST":
        return False
    return isinstance(error, MultiValueDictKeyError) or (isinstance(error, STUMBLES) and not passed_by_ours(error))


def passed_by_ours(error):
    names = {Path(frame.f_code.co_filename) for frame, _line in traceback.walk_tb(error.__traceback__)}
    names.discard(Path(rendering.__file__))  # it renders Wagtail's own templates too
    return any(name.is_relative_to(settings.BASE_DIR) and "site-packages" not in name.parts for name in names)


class NonsenseMiddleware:
    """Answers 404 to a number in an address that no row can have, and 400 where a screen of the CMS stumbles over what
    was asked behind the question mark or sent in a form: as nonsense, not as an error of ours. The log has it in full.
    A search with half a pair of quotes is asked once more without.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(isinstance(part, int) and part > LARGEST for part in kwargs.values()):
            raise Http404
        if request.resolver_match.route.startswith(CMS) and is_too_long(request.GET):
            raise BadRequest

    def process_exception(self, request, exception):
        if not request.resolver_match.route.startswith(CMS):
            return None
        if request.method == "GET" and is_bad_search(exception) and (address := in_plain_words(request)):
            return redirect(address)
        if is_bad_question(request, exception) or is_bad_form(request, exception):
            logger.exception("A screen of the CMS could not read its question: %s", request.resolver_match.view_name)
            raise BadRequest from exception
