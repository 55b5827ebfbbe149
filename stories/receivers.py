"""Wagtail's page signals that stories listen to; each calls one act."""

from wagtail.signals import page_published, page_unpublished

from home.gone import forget_gone, remember_gone
from stories.models import StoryPage


def connect():
    page_unpublished.connect(on_unpublish, sender=StoryPage, dispatch_uid="stories.unpublish")
    page_published.connect(on_publish, sender=StoryPage, dispatch_uid="stories.publish")


def on_unpublish(sender, instance, **kwargs):
    remember_gone(instance.address)


def on_publish(sender, instance, **kwargs):
    forget_gone(instance.address)
