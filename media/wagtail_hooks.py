"""Registers with Wagtail what its media screens lack; the work is done in views/."""

from django.urls import path
from wagtail import hooks

from media.cms.collections import note_who_chooses
from media.cms.tagged import searched_by_number
from media.views import delete
from media.views.upload import AddPicturesView

hooks.register("construct_media_chooser_queryset", note_who_chooses)
hooks.register("construct_image_chooser_queryset", searched_by_number)
hooks.register("before_bulk_action", delete.refuse_deleting_used_files)


# First, so that they come before the packages' own addresses of the same name.
@hooks.register("register_admin_urls", order=-1)
def addresses_of_our_own():
    return [
        path("images/<int:image_id>/delete/", delete.delete_image),
        path("images/multiple/<int:image_id>/delete/", delete.delete_new_image),
        path("images/multiple/add/", AddPicturesView.as_view()),
        path("documents/delete/<int:document_id>/", delete.delete_document),
        path("documents/multiple/<int:doc_id>/delete/", delete.delete_new_document),
        path("media/delete/<int:media_id>/", delete.delete_recording),
    ]
