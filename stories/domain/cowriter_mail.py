"""The mails between a storyteller and who writes along. No word of the story stands in them, nor its title: it is read
here, after signing in.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.domain.outbox import cancel_mails, queue_mail
from mail.kinds import MailKind, register
from mail.models import OutboxMail
from stories.models import StoryPage
from stories.policies import tells, writes_along

INVITED, READ_BACK, CHECK, HELP = "co-writer", "story-read-back", "story-check", "story-help"


def register_kinds():
    """Tell the outbox about these mails; it asks right before one leaves whether its reader may still see the story."""
    register(MailKind(INVITED, _("asked to read along"), "emails/co_writer", still_wanted=still_writes_along))
    register(MailKind(READ_BACK, _("story to read back"), "emails/story_read_back", still_wanted=still_tells))
    register(MailKind(CHECK, _("story to check"), "emails/story_check", still_wanted=still_writes_along))
    register(MailKind(HELP, _("recording to write out"), "emails/story_help", still_wanted=still_writes_along))


def tell_invited(co_writer, *, teller):
    _to_co_writer(INVITED, co_writer, teller, "told_story", str(co_writer.until))


def ask_to_check(co_writer, *, teller, words_hash):
    """Queue the question, once for these words."""
    _to_co_writer(CHECK, co_writer, teller, "check_story", words_hash[:16])


def asked_to_check(story):
    """Return who was asked to look at the newest words of `story`, for as long as their mails are kept; one query."""
    prefix, once = f"{CHECK}:{story.translation_key}:", f":{story.release.latest_hash[:16]}"
    mails = OutboxMail.objects.filter(key__startswith=prefix, key__endswith=once).without_words()
    return [mail.person for mail in mails.select_related("person").order_by("pk") if mail.person]


def ask_for_help(co_writer, *, teller):
    """Queue the question to write a recording out, once a day."""
    _to_co_writer(HELP, co_writer, teller, "told_story", str(timezone.localdate()))


def tell_tellers(story, *, reader, words_hash):
    """Queue a mail to each storyteller with an account that `reader` has read these words."""
    for telling in story.tellings.select_related("storyteller__account"):
        person = telling.storyteller.account
        if person and person.is_active:
            queue_mail(
                READ_BACK,
                to=person.email,
                person=person,
                key=f"{READ_BACK}:{story.translation_key}:{person.uuid}:{words_hash[:16]}",
                about=f"story:{story.translation_key}",
                sender_name=reader.display_name,
                context={"reader": reader.display_name, "path": _by_the_door("read_back", story)},
            )


def take_back_mails(story, person):
    for kind in (INVITED, CHECK, HELP):
        cancel_mails(key_prefix=f"{kind}:{story.translation_key}:{person.uuid}:")


def _to_co_writer(kind, co_writer, teller, address, once):
    story, person = co_writer.story, co_writer.person
    queue_mail(
        kind,
        to=person.email,
        person=person,
        key=f"{kind}:{story.translation_key}:{person.uuid}:{once}",
        about=f"story:{story.translation_key}",
        sender_name=teller.name,
        context={"teller": teller.name, "until": co_writer.until, "path": _by_the_door(address, story)},
    )


def _by_the_door(address, story):
    return f"{reverse('account_login')}?next={reverse(address, args=[story.translation_key])}"


# ── Asked right before sending ─────────────────────────────────────────────────
def still_writes_along(mail):
    story = _story_behind(mail)
    return bool(story and mail.person and mail.person.is_active and writes_along(mail.person, story))


def still_tells(mail):
    story = _story_behind(mail)
    return bool(story and mail.person and mail.person.is_active and tells(mail.person, story))


def _story_behind(mail):
    return StoryPage.objects.filter(translation_key=mail.key.split(":")[1]).first()
