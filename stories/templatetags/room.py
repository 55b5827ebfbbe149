"""What every page of the room of who tells needs.

{% load room %}
{% helper as helper %}  {% if helper %}{{ helper.name }} {{ helper.phone }}{% endif %}
"""

from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.text import sentence_list
from stories.domain.cowriter_mail import asked_to_check as people_asked
from stories.domain.states import checkers_of
from stories.models import Storyteller

register = template.Library()

KEPT = "room_helper"  # on the request: the line on top and the block beside the stories ask it both


@dataclass(frozen=True)
class Helper:
    """Who is there for her; `of_the_site` when it is the site's own number, for who has no person yet."""

    name: str
    phone: str
    link: str
    hours: str = ""
    of_the_site: bool = False


@register.simple_tag(takes_context=True)
def helper(context):
    """Return the Helper of who is signed in, or None; one query for a page."""
    request = context["request"]
    if not hasattr(request, KEPT):
        setattr(request, KEPT, helper_for(request.user) or helper_of_site(context.get("contact"), request.user))
    return getattr(request, KEPT)


def helper_for(user):
    tellers = Storyteller.objects.of(user).exclude(support=None).exclude(support_phone="").select_related("support")
    teller = next(iter(sorted(tellers, key=lambda one: one.account_id != user.pk)), None)
    if teller is None:
        return None
    return Helper(teller.support.get_short_name(), teller.support_phone, teller.support_link, teller.support_hours)


def helper_of_site(contact, user):
    """Return the site's own number, or None for who picks it up themselves."""
    if not contact or not contact.phone or contact.name == user.display_name:
        return None
    return Helper(contact.first_name, contact.phone, contact.phone_link, contact.hours, of_the_site=True)


@register.simple_tag
def current_co_writers(story):
    """Return the invitations of `story` that last today; no query where they were fetched with it."""
    today = timezone.localdate()
    return [one for one in story.co_writers.all() if one.until >= today and one.person.is_active]


@register.simple_tag
def who_can_check(story):
    """Return who reads `story` along today and did not write its newest words themselves."""
    return checkers_of(story)


@register.simple_tag
def asked_to_check(story):
    """Return the first names of who was asked to look at these words, as one phrase; empty when nobody was."""
    able = checkers_of(story)
    return sentence_list([one.get_short_name() for one in people_asked(story) if one in able], _("and"))


@register.simple_tag
def withdraw_address(story):
    """Return where a story is taken away for good, or nothing as long as there is no such screen."""
    try:
        return reverse("withdraw", args=[story.translation_key])
    except NoReverseMatch:
        return ""
