"""Wagtail's own mails about workflow and comments would go past the outbox, with people's words in them: nobody gets
them. Who has to look at something sees it on the first screen of the CMS, and in our own mails.
"""

from django.db.models.signals import pre_save
from wagtail.users.models import UserProfile

WAGTAILS_MAILS = ("submitted", "approved", "rejected", "updated_comments")


def connect():
    pre_save.connect(on_profile, sender=UserProfile, dispatch_uid="mail.wagtails_mails")


def on_profile(sender, instance, **kwargs):
    for kind in WAGTAILS_MAILS:
        setattr(instance, f"{kind}_notifications", False)
