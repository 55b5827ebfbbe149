"""The mails between a storyteller and who writes along. No word of the story stands in them, nor its title: it is read
here, after signing in.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment

from mail.choices import MailState
from mail.domain.outbox import cancel_mails, queue_mail
from mail.kinds import MailKind, register
from mail.models import OutboxMail
from stories.models import StoryPage
from stories.policies import tells, writes_along

INVITED, READ_BACK, CHECK, HELP = "co-writer", "story-read-back", "story-check", "story-help"
CHECKED, CHANGE = "story-checked", "story-change"


def register_kinds():
    """Tell the outbox about these mails; it asks right before one leaves whether its reader may still see the story."""
    register(MailKind(INVITED, _("asked to read along"), "emails/co_writer", still_wanted=still_writes_along))
    register(MailKind(READ_BACK, _("story to read back"), "emails/story_read_back", still_wanted=still_tells))
    register(MailKind(CHECK, _("story to check"), "emails/story_check", still_wanted=still_writes_along))
    register(MailKind(HELP, _("recording to write out"), "emails/story_help", still_wanted=still_writes_along))
    register(MailKind(CHECKED, _("somebody looked at your story"), "emails/story_checked", still_wanted=still_checked))
    register(MailKind(CHANGE, _("asked to look once more"), "emails/story_change", still_wanted=still_asks_change))


def tell_invited(co_writer, *, teller):
    _to_co_writer(INVITED, co_writer, teller, "told_story", str(co_writer.until))


def ask_to_check(co_writer, *, teller, words_hash):
    """Queue the question, once for these words, and once more after each thing that they asked her to look at."""
    said = Comment.objects.filter(page_id=co_writer.story_id, user=co_writer.person_id).count()
    _to_co_writer(CHECK, co_writer, teller, "check_story", f"{said}:{words_hash[:16]}")


def asked_to_check(story):
    """Return who was asked to look at the newest words of `story`, for as long as their mails are kept; one query. Who
    can't see it any more is not among them.
    """
    prefix, once = f"{CHECK}:{story.translation_key}:", f":{story.release.latest_hash[:16]}"
    mails = OutboxMail.objects.filter(key__startswith=prefix, key__endswith=once).exclude(state=MailState.CANCELLED)
    asked = mails.without_words().select_related("person").order_by("pk")
    return list(dict.fromkeys(mail.person for mail in asked if mail.person))


def ask_for_help(co_writer, *, teller):
    """Queue the question to write a recording out, once a day."""
    _to_co_writer(HELP, co_writer, teller, "told_story", str(timezone.localdate()))


def tell_tellers(story, *, reader, words_hash):
    """Queue a mail to each who decides about `story` that `reader` has read these words."""
    _to_deciders(READ_BACK, story, reader, "read_back", words_hash[:16])


def tell_checked(story, *, reader, words_hash):
    """Queue a mail to each who decides about `story` that `reader` finds nobody else in these words, once for them."""
    _to_deciders(CHECKED, story, reader, "told_story", words_hash[:16])


def tell_change_asked(remark):
    """Queue a mail to each who decides about the story that there is this Comment to look at."""
    story = StoryPage.objects.get(pk=remark.page_id)
    _to_deciders(CHANGE, story, remark.user, "told_story", remark.pk)


def deciders_of(story):
    """Return `{person: name of the storyteller they decide for, empty for their own}`: her and the proxy she named, as
    far as they have an account that is open.
    """
    found = {}
    for telling in story.tellings.select_related("storyteller__account", "storyteller__proxy"):
        teller = telling.storyteller
        found |= {teller.account: ""} | ({} if teller.proxy in found else {teller.proxy: teller.name})
    return {person: name for person, name in found.items() if person and person.is_active}


def take_back_mails(story, person):
    for kind in (INVITED, CHECK, HELP):
        cancel_mails(key_prefix=f"{kind}:{story.translation_key}:{person.uuid}:")


def forget_mails_naming(person):
    """Remove the mails in which `person` is named as who read or wrote along: a step of erasing their account."""
    OutboxMail.objects.filter(about__startswith="story:", key__contains=f":{person.uuid}:").delete()


def _to_deciders(kind, story, reader, address, once):
    for person, teller in deciders_of(story).items():
        queue_mail(
            kind,
            to=person.email,
            person=person,
            key=f"{kind}:{story.translation_key}:{person.uuid}:{reader.uuid}:{once}",
            about=f"story:{story.translation_key}",
            sender_name=reader.display_name,
            context={"reader": reader.display_name, "teller": teller, "path": _by_the_door(address, story)},
        )


def _to_co_writer(kind, co_writer, teller, address, once):
    """The number of the invitation is in the key: who is asked again after it was closed gets a mail again."""
    story, person = co_writer.story, co_writer.person
    queue_mail(
        kind,
        to=person.email,
        person=person,
        key=f"{kind}:{story.translation_key}:{person.uuid}:{co_writer.pk}:{once}",
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


def still_checked(mail):
    """True while the words that were looked at are the newest ones, and she has not put them online herself."""
    release = getattr(_story_behind(mail), "release", None)
    if release is None or release.withdrawn_at or not mail.key.endswith(f":{release.latest_hash[:16]}"):
        return False
    return release.is_checked and release.online_hash != release.latest_hash and still_tells(mail)


def still_asks_change(mail):
    """True while she has not put the remark away."""
    number = int(mail.key.rsplit(":", 1)[1])
    return Comment.objects.filter(pk=number, resolved_at=None).exists() and still_tells(mail)


def _story_behind(mail):
    return StoryPage.objects.filter(translation_key=mail.key.split(":")[1]).first()
