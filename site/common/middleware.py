"""What every answer of the site gets on its way out."""

import time
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.db import connections
from django.utils.cache import patch_cache_control


class ServerTimingMiddleware:
    """Say with each answer how many queries it took and how long they and the whole took (demo and DEBUG only).

    `Server-Timing: db;desc="<queries>";dur=<ms>, app;dur=<ms>`
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        queries = QueryClock()
        started = time.perf_counter()
        with connections["default"].execute_wrapper(queries):
            response = self.get_response(request)
        spent = (time.perf_counter() - started) * 1000
        response["Server-Timing"] = f'db;desc="{queries.count}";dur={queries.spent:.1f}, app;dur={spent:.1f}'
        return response


class QueryClock:
    """Counts the queries that run through it and adds up their milliseconds."""

    def __init__(self):
        self.count = 0
        self.spent = 0.0

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.spent += (time.perf_counter() - started) * 1000


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, but the policy of the settings is written out once. Where a view changed it, or a page asked for a
    nonce (both leave a mark), the answer goes django-csp's way.
    """

    def process_response(self, request, response):
        if settings.DEBUG or any(name.startswith("_csp") for name in (*vars(request), *vars(response))):
            return super().process_response(request, response)
        if not request.path_info.startswith(tuple(settings.CONTENT_SECURITY_POLICY["EXCLUDE_URL_PREFIXES"])):
            response.headers.setdefault(HEADER, policy_of_settings())
        return response


@cache
def policy_of_settings():
    return build_policy()


class PrivatePagesMiddleware:
    """Keep what a signed-in person sees out of every cache, the browser's own included (docs/trust: shared
    computers).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response
