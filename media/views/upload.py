"""Uploading several pictures at once, as Wagtail does it."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from wagtail.images.views.multiple import AddView

from media.strip import stripped


class AddPicturesView(AddView):
    """A picture waits in a file of its own until its words are there, and that one Wagtail stores as it came: so what
    a phone wrote in it goes before anything is stored. What is no picture is refused at its field.
    """

    def post(self, request):
        if "files[]" in request.FILES:
            with suppress(ValidationError):
                request.FILES["files[]"] = stripped(request.FILES["files[]"])
        return super().post(request)
