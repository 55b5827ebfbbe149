"""Signals that stories listen to; each calls one act."""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished

from home.gone import forget_gone, remember_gone
from stories.domain.publishing import note_words
from stories.models import StoryPage


def connect():
    page_unpublished.connect(on_unpublish, sender=StoryPage, dispatch_uid="stories.unpublish")
    page_published.connect(on_publish, sender=StoryPage, dispatch_uid="stories.publish")
    post_save.connect(on_revision, sender=Revision, dispatch_uid="stories.revision")


def on_unpublish(sender, instance, **kwargs):
    remember_gone(instance.address)


def on_publish(sender, instance, **kwargs):
    forget_gone(instance.address)


def on_revision(sender, instance, raw=False, update_fields=None, **kwargs):
    """Wagtail has no signal of its own for new words; every way to write them saves a revision."""
    if not raw and update_fields is None and instance.content_type_id == story_type().pk:
        note_words(instance)


def story_type():
    return ContentType.objects.get_for_model(StoryPage)
