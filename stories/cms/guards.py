"""Stories are their storytellers': what takes or doubles the pages above them is refused with a sentence."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from stories.models import StoryPage


def refuse_copying(request, page):
    """A copy of a story would stay when its storyteller takes it back."""
    if not holds_stories(page):
        return None
    sentence = _("There are stories in it. Stories are not copied: each stays with its storyteller.")
    return _refuse(request, page, sentence)


def refuse_deleting(request, page):
    if not holds_stories(page):
        return None
    return _refuse(request, page, _("There are stories in it. Only their storytellers take them away."))


def refuse_many(request, action_type, objects, action_class_instance):
    """The same for the bulk action on pages."""
    if action_type != "delete":
        return None
    answers = (refuse_deleting(request, thing) for thing in objects if isinstance(thing, Page))
    return next((answer for answer in answers if answer), None)


def holds_stories(page):
    return StoryPage.objects.descendant_of(page, inclusive=True).exists()


def _refuse(request, page, sentence):
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
