"""What nobody can mean, sent to screens that are not ours to mend."""

import logging
import sqlite3

from django.core.exceptions import BadRequest, FieldError
from django.db import DataError, OperationalError
from django.http import Http404
from django.urls import NoReverseMatch

logger = logging.getLogger(__name__)

CMS = "cms/"  # where config.urls puts it
LARGEST = 2**31 - 1  # no row has a higher number, and SQLite can't even be asked for one above 2**63
LONGEST = 4000  # characters of one answer in a question; databases give up on longer patterns
# How Wagtail's lists and choosers stumble over a question that they can't read.
STUMBLES = (ValueError, TypeError, OverflowError, FieldError, DataError, NoReverseMatch)


def is_too_long(question):
    return any(len(value) > LONGEST for values in question.lists() for value in values[1])


def is_bad_search(error):
    """True for words that SQLite's search takes for a broken formula: one double quote will do."""
    is_sqlite = isinstance(error, OperationalError) and isinstance(error.__cause__, sqlite3.Error)
    return is_sqlite and error.__cause__.sqlite_errorcode == sqlite3.SQLITE_ERROR


class NonsenseMiddleware:
    """Answers 404 to a number in an address that no row can have, and 400 where a screen of the CMS stumbles over what
    was asked behind the question mark: as a bad question, not as an error of ours. The log has it in full.
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
        is_question = request.GET and not request.POST and request.resolver_match.route.startswith(CMS)
        if is_question and (isinstance(exception, STUMBLES) or is_bad_search(exception)):
            logger.exception("A screen of the CMS could not read its question: %s", request.resolver_match.view_name)
            raise BadRequest from exception
