"""Registers with Wagtail what the administrator changes; the work is done in cms/."""

from wagtail import hooks

from home.cms.terms import TermViewSet


@hooks.register("register_admin_viewset")
def words_for_people():
    return TermViewSet()
