"""The menu of the CMS: for a co-trainer, who is no computer person, what she needs and nothing else."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from accounts.choices import Role
from common.policies import has_role
from stories.cms.themes import ThemeViewSet
from stories.domain.telling import may_begin
from stories.models import StoryPage

NEEDED = {"stories", "questions", "images", "media", "planning", "room", "writing-guide"}
OTHER_ROLES = (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)


class StoryListing(PageListingViewSet):
    """The stories that somebody works on, as one list: the page tree means nothing to her."""

    model = StoryPage
    name = "my_stories"
    url_prefix = "verhalen"
    icon = "edit"
    menu_label = _("My stories")
    # On a phone every column takes from the title: all of them lie in one list, and nothing is done to many at once.
    columns = [one for one in PageListingViewSet.columns if one.name not in ("bulk_actions", "parent")]


class StoriesMenu(ViewSetGroup):
    menu_label = _("Stories")
    menu_name = "stories"
    menu_icon = "edit"
    menu_order = 50
    items = (StoryListing, ThemeViewSet)


class RoomItem(MenuItem):
    def is_shown(self, request):
        return may_begin(request.user)


def room_item():
    return RoomItem(_("My room"), "/vertellers/", name="room", icon_name="home", order=10)


def guide_item():
    return RoomItem(_("Writing guide"), reverse("writing_guide"), name="writing-guide", icon_name="help", order=60)


def guide_in_help():
    return MenuItem(_("Writing guide for stories"), reverse("writing_guide"), name="writing-guide", order=10)


def keep_what_she_needs(request, items):
    """Leave out of the main menu what a co-trainer has no use for."""
    if is_only_co_trainer(request.user):
        items[:] = [item for item in items if item.name in NEEDED]


def is_only_co_trainer(user):
    return has_role(user, Role.CO_TRAINER) and not has_role(user, *OTHER_ROLES)
