"""Nothing that a page uses is deleted under it: Wagtail says how often it is used and then deletes all the same, and
wagtailmedia asks nobody.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as many_documents
from wagtail.images.views import images
from wagtail.images.views import multiple as many_images
from wagtail.permissions import policy_registry
from wagtailmedia.views import media

from media.models import Document, Image, Recording

WHERE_TO = {Image: "wagtailimages:edit", Document: "wagtaildocs:edit", Recording: "wagtailmedia:edit"}


@require_admin_access
def delete_image(request, image_id):
    return refusal(request, Image, image_id) or images.DeleteView.as_view()(request, image_id=image_id)


@require_admin_access
def delete_document(request, document_id):
    return refusal(request, Document, document_id) or documents.DeleteView.as_view()(request, document_id=document_id)


@require_admin_access
def delete_recording(request, media_id):
    return refusal(request, Recording, media_id) or media.delete(request, media_id)


@require_admin_access
def delete_new_image(request, image_id):
    """The button beside a picture that was just uploaded, on the screen for several at once; script asks it."""
    refuse_used(request, Image, image_id)
    return many_images.DeleteView.as_view()(request, image_id=image_id)


@require_admin_access
def delete_new_document(request, doc_id):
    refuse_used(request, Document, doc_id)
    return many_documents.DeleteView.as_view()(request, doc_id=doc_id)


def refuse_deleting_used_files(request, action_type, objects, action_class_instance):
    """The same for Wagtail's bulk action; a hook of `before_bulk_action`."""
    if action_type != "delete":
        return None
    used = next((each for each in objects if type(each) in WHERE_TO and each.get_usage()), None)
    return say_it_is_used(request, used) if used else None


def refusal(request, model, pk):
    """Return the answer that says a page uses it, to who may delete it and to nobody else; None when it may go.

    Who may not delete it is refused by the view that comes next.
    """
    found = get_object_or_404(model, pk=pk)
    return say_it_is_used(request, found) if may_delete(request.user, found) and found.get_usage() else None


def refuse_used(request, model, pk):
    if get_object_or_404(model, pk=pk).get_usage():
        raise PermissionDenied


def may_delete(user, found):
    return policy_registry.get_by_type(type(found)).user_has_permission_for_instance(user, "delete", found)


def say_it_is_used(request, found):
    messages.error(request, _("“%(title)s” is used on a page. Take it out there first.") % {"title": found.title})
    return redirect(WHERE_TO[type(found)], found.pk)
