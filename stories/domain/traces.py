"""What the CMS keeps beside a story and its files: pages that were open, what was not saved yet, lines in logs."""

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, Page

from accounts.models import User
from stories.models import StoryPage


def forget_unsaved(story):
    """Remove what editors had not saved yet, for a look at the page: of `story`, and of one that who tells it began
    there, for until it was first saved that was known by no number.
    """
    kinds = ContentType.objects.get_for_models(Page, StoryPage).values()
    for model in (FormState, EditingSession):
        model.objects.filter(content_type__in=kinds, object_id=str(story.pk)).delete()
    tellers = User.objects.filter(storyteller__tellings__story=story)
    proxies = User.objects.filter(storytellers_spoken_for__tellings__story=story)
    FormState.objects.filter(content_type__in=kinds, object_id="", user__in=(tellers | proxies).values("pk")).delete()


def forget_log_of(rows):
    """Remove what Wagtail's log says of these pictures or recordings (a queryset): it names them by their titles."""
    kind = ContentType.objects.get_for_model(rows.model)
    numbers = [str(pk) for pk in rows.values_list("pk", flat=True)]
    ModelLogEntry.objects.filter(content_type=kind, object_id__in=numbers).delete()
