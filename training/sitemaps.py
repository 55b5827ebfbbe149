"""The training for search engines: its public pages, and never a module or a step."""

from home.sitemaps import add_to_sitemap, places_of
from training.models import TrainingIndexPage, TrainingPage


def declare():
    add_to_sitemap("training", training_places)


def training_places():
    return [place for model in (TrainingIndexPage, TrainingPage) for place in places_of(model.objects.open())]
