"""Addresses of the training. A module and its steps have their own, before Wagtail's, which would cost twice the
queries.
"""

from django.urls import include, path

from training.views.autosave import autosave
from training.views.exercise import exercise, exercises
from training.views.home import home
from training.views.module import module, module_end, module_on_paper
from training.views.step import step

app_name = "training"
urlpatterns = [
    path("", include("training.group_urls")),
    path("planning/", include("training.planning_urls")),
    path("mijn/", home, name="home"),
    path("oefeningen/", exercises, name="exercises"),
    path("oefeningen/<slug:slug>/", exercise, name="exercise"),
    path("training/<slug:training_slug>/<slug:module_slug>/", module, name="module"),
    path("training/<slug:training_slug>/<slug:module_slug>/klaar/", module_end, name="module_end"),
    path("training/<slug:training_slug>/<slug:module_slug>/papier/", module_on_paper, name="module_on_paper"),
    path("training/<slug:training_slug>/<slug:module_slug>/<slug:step_slug>/", step, name="step"),
    path("training/<slug:training_slug>/<slug:module_slug>/<slug:step_slug>/concept/", autosave, name="autosave"),
]
