"""The one view that serves every upload."""

from django.http import Http404


def serve_upload(request, name):
    raise Http404
