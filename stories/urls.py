"""Addresses of stories that are no Wagtail pages. There are none yet: a story is its own page."""

urlpatterns = []
