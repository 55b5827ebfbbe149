"""Wagtail's page signals that the training listens to; each calls one act."""

from wagtail.signals import page_published, page_unpublished

from training.domain.progress import complete_enrolments, recount_module, training_of
from training.models import ModulePage


def connect():
    page_published.connect(on_publish, sender=ModulePage, dispatch_uid="training.recount_on_publish")
    page_unpublished.connect(on_unpublish, sender=ModulePage, dispatch_uid="training.recount_on_unpublish")


def on_publish(sender, instance, **kwargs):
    recount_module(instance)


def on_unpublish(sender, instance, **kwargs):
    complete_enrolments(training_of(instance))
