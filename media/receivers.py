"""What goes along when a row of `media` is deleted."""

from django.db import transaction
from django.db.models.signals import post_delete

from media.models import Recording


def connect():
    post_delete.connect(delete_captions, sender=Recording, dispatch_uid="media.delete_captions")


def delete_captions(sender, instance, **kwargs):
    """wagtailmedia deletes the film and its still; the captions are a field of ours."""
    if instance.captions:
        storage, name = instance.captions.storage, instance.captions.name
        transaction.on_commit(lambda: storage.delete(name))
