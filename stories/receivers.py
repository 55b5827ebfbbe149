"""Signals that stories listen to; each calls one act."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_migrate, post_save
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished, task_approved, task_rejected

from home.gone import forget_gone, remember_gone
from stories.domain.addresses import former_addresses
from stories.domain.checking import note_approval, note_change_asked, sync_check
from stories.domain.publishing import note_words
from stories.models import StoryPage


def connect():
    page_unpublished.connect(on_unpublish, sender=StoryPage, dispatch_uid="stories.unpublish")
    page_published.connect(on_publish, sender=StoryPage, dispatch_uid="stories.publish")
    task_approved.connect(on_approval, dispatch_uid="stories.approval")
    task_rejected.connect(on_rejection, dispatch_uid="stories.rejection")
    post_migrate.connect(after_migrate, dispatch_uid="stories.check")
    post_save.connect(on_revision, sender=Revision, dispatch_uid="stories.revision")


def on_unpublish(sender, instance, **kwargs):
    remember_gone(instance.address)


def on_publish(sender, instance, **kwargs):
    for address in (instance.address, *former_addresses(instance)):
        forget_gone(address)


def on_approval(sender, instance, user, **kwargs):
    note_approval(instance, by=user)


def on_rejection(sender, instance, user, **kwargs):
    note_change_asked(instance, by=user)


def after_migrate(app_config, **kwargs):
    # Once, after the last app with models: only then are Wagtail's workflows there.
    if app_config is [config for config in apps.get_app_configs() if config.models_module][-1]:
        sync_check()


def on_revision(sender, instance, raw=False, update_fields=None, **kwargs):
    """Wagtail has no signal of its own for new words; every way to write them saves a revision."""
    if not raw and update_fields is None and instance.content_type_id == story_type().pk:
        note_words(instance)


def story_type():
    return ContentType.objects.get_for_model(StoryPage)
