"""Putting a mail in the outbox, taking it back, and erasing what it said."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.choices import MailState
from mail.domain.words import invitation_to, is_address, language_for, method_of, one_line, write_words
from mail.kinds import MailKind, kind_of
from mail.models import OutboxMail

ERASED_AT_ONCE = 500  # rows; a chore does a small piece


# ── Queueing ───────────────────────────────────────────────────────────────────
def queue_mail(
    kind,
    *,
    to,
    key,
    context=None,
    person=None,
    about="",
    sender_name="",
    reply_to="",
    language=None,
    not_before=None,
    ics="",
):
    """Put one mail in the outbox and return its OutboxMail; call it in the transaction of what causes the mail.

    `kind` is a MailKind or its name, `to` one address, `key` what caused it: the same key again returns the mail that
    is there, sent or cancelled as it may be, and makes none. `person` is whose language and list it is, `about` as
    "group:<uuid>" what it belongs to, `sender_name` who writes it, `reply_to` their address, `not_before` a moment,
    `ics` the text of a calendar invitation that goes with it.

    An address that no mail can go to makes a row that is refused from the beginning, so that whoever looks after it
    sees it; the act that caused it goes on. Raises LookupError for a kind that nobody registered,
    TemplateDoesNotExist for one without its three templates and ValueError for an `ics` without METHOD.
    """
    kind = kind if isinstance(kind, MailKind) else kind_of(kind)
    there = OutboxMail.objects.filter(key=key).first()
    if there:
        return there
    language, sender_name, to = language_for(person, language), one_line(str(sender_name), 120), str(to or "")
    words = words_for(kind, context, language=language, person=person, sender_name=sender_name, ics=ics)
    mail = OutboxMail(
        key=key,
        kind=kind.name,
        person=person,
        to=one_line(to, 254),
        about=about,
        words=words,
        sender_name=sender_name,
        reply_to=reply_to if is_address(reply_to) else "",
        language=language,
        next_at=not_before or timezone.now(),
    )
    mail.message_id = message_id(mail.uuid)
    if not is_address(to):
        refuse_before_sending(mail)
    return save_once(mail)


def words_for(kind, context, *, language, person, sender_name, ics):
    """Return what the row keeps: the words of the kind's templates, and the calendar invitation if there is one."""
    words = write_words(kind.template, {"person": person, "sender_name": sender_name} | (context or {}), language)
    if context and context.get("stop_address"):
        words["stop"] = context["stop_address"]  # mail programs show a button of their own for it
    if ics:
        method_of(ics)  # asked here, where whoever made it sees the mistake, and not by the worker
        words["ics"] = ics
    return words


def refuse_before_sending(mail):
    """Give the unsaved `mail` its end: nobody can be reached there."""
    mail.state, mail.next_at, mail.words = MailState.REFUSED, None, {}
    mail.reason = _("This is not an e-mail address.")


def message_id(number: uuid.UUID) -> str:
    """Return the Message-ID that this mail has at every attempt, so that a mailbox knows a repeat."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{number}@{f'[IPv6:{host}]' if ':' in host else host}>"


def save_once(mail):
    """Insert `mail` and return it, or return the row that another one has made with the same key meanwhile."""
    try:
        with transaction.atomic():  # on PostgreSQL a refused insert would end the caller's transaction
            mail.save(force_insert=True)
    except IntegrityError:
        there = OutboxMail.objects.filter(key=mail.key).first()
        if there is None:
            raise
        return there
    return mail


# ── Taking back, trying again ──────────────────────────────────────────────────
def cancel_mails(*, key=None, key_prefix=None, about=None, person=None):
    """Take back the mails that have not left yet and fit all that is given; return how many.

    One that a worker is sending at this moment is not among them: its kind's `still_wanted` is asked after this.
    Raises ValueError when nothing is given, for that would be all mail of the site.
    """
    if not (key or key_prefix or about or person):
        raise ValueError("cancel_mails needs a key, a key_prefix, what it is about, or a person.")
    mails = OutboxMail.objects.open().in_no_hands()
    if key:
        mails = mails.filter(key=key)
    if key_prefix:
        mails = mails.filter(key__startswith=key_prefix)
    if about:
        mails = mails.filter(about=about)
    if person:
        mails = mails.filter(person=person)
    return mails.update(
        state=MailState.CANCELLED, next_at=None, lease_until=None, lease_by="", words="", words_until=None
    )


def send_again(mail):
    """Let a refused `mail` have all its attempts once more; return False when it can't be: it was not refused, or its
    words are gone, as they are at once where a code or a link was in them.
    """
    refused = OutboxMail.objects.filter(pk=mail.pk, state=MailState.REFUSED).exclude(words="")
    changed = refused.update(state=MailState.WAITING, next_at=timezone.now(), attempts=0, reason="", words_until=None)
    if changed:
        mail.refresh_from_db()
    return bool(changed)


@transaction.atomic
def readdress(person, before):
    """Send what did not leave yet for `person` to the address that they have now, in place of `before`; mails that were
    refused there as well, if they are sent again. An invitation among them is for that address too. Return how many.
    """
    mails = OutboxMail.objects.in_no_hands().filter(person=person, to__iexact=before)
    mails = mails.filter(state__in=[MailState.WAITING, MailState.REFUSED])
    for mail in mails.exclude(words="").select_for_update():
        if mail.ics:
            mail.words = mail.words | {"ics": invitation_to(person.email, mail.ics)}
            mail.save(update_fields=["words"])
    return mails.update(to=person.email)


# ── Erasing ────────────────────────────────────────────────────────────────────
def erase_mails_of(person_or_email):
    """Delete every mail to this person or address, whatever its state; return how many.

    Mail that tells them of the erasing itself is queued after this, with no `person`.
    """
    is_address_only = isinstance(person_or_email, str)
    email = person_or_email if is_address_only else person_or_email.email
    # No address is nobody's: who was erased before has none either.
    mails = Q(to__iexact=email) if email else Q(pk=None)
    if not is_address_only:
        mails |= Q(person=person_or_email)
    return OutboxMail.objects.filter(mails).delete()[0]


def erase_old_bodies(now=None):
    """Erase the words of mails that have come to their end long enough ago; return how many, 500 at most."""
    old = OutboxMail.objects.filter(words_until__lte=now or timezone.now())
    numbers = list(old.order_by("words_until").values_list("pk", flat=True)[:ERASED_AT_ONCE])
    # `old` asks once more: meanwhile one of them may have been put on its way again.
    return old.filter(pk__in=numbers).update(words="", words_until=None) if numbers else 0
