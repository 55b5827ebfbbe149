"""A film or a sound file that a page uses is not deleted under it: wagtailmedia asks nobody and has no hook for it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtailmedia.permissions import permission_policy
from wagtailmedia.views.media import delete

from media.models import Recording


@require_admin_access
def delete_recording(request, media_id):
    """Delete as wagtailmedia does (it asks for the permission), unless a page uses the recording: that is said to
    who may delete it, and to nobody else.
    """
    recording = get_object_or_404(Recording, pk=media_id)
    may_delete = permission_policy.user_has_permission_for_instance(request.user, "delete", recording)
    if not may_delete or not recording.get_usage():
        return delete(request, media_id)
    messages.error(request, _("“%(title)s” is used on a page. Take it out there first.") % {"title": recording.title})
    return redirect("wagtailmedia:edit", media_id)
