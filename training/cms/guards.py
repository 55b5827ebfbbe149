"""What people work in is not deleted under their hands: the editor reads why, and nothing happens."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from training.domain.content import reason_to_keep


def refuse_deleting_page(request, page):
    """Answer a delete of `page` with the sentence that says why not, or None to let it go on."""
    reason = reason_to_keep(page)
    if reason is None:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_deleting_person(request, user):
    """People who take part are not deleted here: what is theirs is erased by an act of its own (people issue)."""
    if not user.enrolments.exists():
        return None
    messages.error(request, _("This person takes part in a training. They can't be deleted here."))
    return redirect("wagtailusers_users:index")


def refuse_deleting_many(request, action_type, objects, action_class_instance):
    """The same for the bulk actions on pages and on people."""
    if action_type != "delete":
        return None
    answers = (_refuse(request, thing) for thing in objects)
    return next((answer for answer in answers if answer), None)


def _refuse(request, thing):
    if isinstance(thing, Page):
        return refuse_deleting_page(request, thing)
    return refuse_deleting_person(request, thing) if isinstance(thing, User) else None
