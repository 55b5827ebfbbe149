"""The training's part of the front page."""

from training.models import TrainingPage


def training_on_front(home_page):
    """Return the training that the front page leads to: the chosen one, else the first that is open."""
    trainings = TrainingPage.objects.open().order_by("path")
    return {"front_training": trainings.filter(pk=home_page.training_id).first() or trainings.first()}
