"""Addresses of stories before Wagtail's, which would cost eight queries more."""

from django.urls import path

from stories.views.story import story

urlpatterns = [path("verhalen/<slug:slug>/", story)]
