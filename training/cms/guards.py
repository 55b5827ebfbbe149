"""What people work in is not deleted under their hands: the editor reads why, and nothing happens."""

from django.contrib import messages
from django.shortcuts import redirect

from training.domain.content import reason_to_keep


def refuse_deleting_page(request, page):
    """Answer a delete of `page` with the sentence that says why not, or None to let it go on."""
    reason = reason_to_keep(page)
    if reason is None:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_deleting_pages(request, action_type, objects, action_class_instance):
    """The same for the bulk action."""
    if action_type != "delete":
        return None
    return next((answer for answer in (refuse_deleting_page(request, page) for page in objects) if answer), None)
