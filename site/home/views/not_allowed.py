"""A page for who opens an address that only takes what a button sends."""

from home.views.errors import error_page


class NotAllowedMiddleware:
    """Give Django's 405, which is empty, the words of a page for whoever looks at it in a browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or not request.accepts("text/html"):
            return response
        page = error_page(request, "405.html", 405)
        page["Allow"] = response.get("Allow", "POST")
        return page
