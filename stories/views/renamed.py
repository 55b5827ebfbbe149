"""Old addresses of renamed pages."""

from wagtail.contrib.redirects.middleware import RedirectMiddleware

from stories.domain.addresses import leads_to_hidden_story


class RenamedMiddleware(RedirectMiddleware):
    """A renamed page is found at its old address; a story by nobody but who may read it, for the new address says what
    it is called now.
    """

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is not response and leads_to_hidden_story(request.user, request.path):
            return response
        return answer
