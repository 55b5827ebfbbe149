"""Registers with Wagtail what its media screens lack; the work is done in views/."""

from django.urls import path
from wagtail import hooks

from media.views.delete import delete_recording


# First, so that it comes before wagtailmedia's own address of the same name.
@hooks.register("register_admin_urls", order=-1)
def recording_urls():
    return [path("media/delete/<int:media_id>/", delete_recording)]
