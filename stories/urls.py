"""Addresses of stories before Wagtail's, which would cost eight queries more."""

from django.urls import path

from stories.views.story import story, story_list

urlpatterns = [
    path("verhalen/", story_list),
    path("verhalen/<slug:slug>/", story),
]
