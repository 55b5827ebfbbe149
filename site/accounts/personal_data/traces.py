"""Where words and names of a person lie outside their own rows: mails by address, the editor's log, old versions of
pages, indexes. Each act may be done twice.
"""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision, TaskState

from accounts.models import Invitation, User
from accounts.personal_data.registry import records
from accounts.personal_data.rows import rows_of
from mail.domain.outbox import erase_mails_of
from mail.models import OutboxMail

COMMENT_ACTIONS = "wagtail.comments."
COMMENTS = "wagtail_admin_comments"  # the name under which a page's versions hold them


def addresses_of(person):
    """Return the set of e-mail addresses that are `person`'s."""
    addresses = set(EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    return {address.lower() for address in (*addresses, person.email) if address}


def erase_mails(person):
    """Mails to this person, and their name and address as the sender of mails to others."""
    erase_mails_of(person)
    for address in addresses_of(person):
        erase_mails_of(address)
        OutboxMail.objects.filter(reply_to__iexact=address).update(reply_to="", sender_name="")


def erase_invitations(person):
    """Invitations to one of this person's addresses, also those that somebody else's account or nobody accepted."""
    Invitation.objects.filter(email__in=addresses_of(person)).delete()


# ── The editor's log ───────────────────────────────────────────────────────────
def erase_log(person):
    """Names and words in the log of what editors did; that something was done stays."""
    _empty_comments_in_log(person)
    _empty_labels_about(person)
    LogEntry.objects.filter(user=person).delete()
    for model in (PageLogEntry, ModelLogEntry):
        model.objects.filter(user=person.pk).update(user=None, data={})
    TaskState.objects.filter(finished_by=person).update(comment="", finished_by=None)


def _empty_comments_in_log(person):
    """The log quotes every comment and reply: here those that `person` wrote, also where others answered them."""
    entries = PageLogEntry.objects.filter(action__startswith=COMMENT_ACTIONS)
    comments, replies = _numbers(Comment, person), _numbers(CommentReply, person)
    for entry in entries.filter(user=person.pk).iterator():
        if entry.action.endswith(".create"):
            comments.add(entry.data.get("comment", {}).get("id"))
        if entry.action.endswith(".create_reply"):
            replies.add(entry.data.get("reply", {}).get("id"))
    for entry in entries.iterator():
        is_theirs = entry.user_id == person.pk
        quotes = entry.data.get("comment", {}).get("id") in comments or entry.data.get("reply", {}).get("id") in replies
        if is_theirs or quotes:
            PageLogEntry.objects.filter(pk=entry.pk).update(data={})


def _numbers(model, person):
    return set(model.objects.filter(user=person).values_list("pk", flat=True))


def _empty_labels_about(person):
    """An entry is labelled with what its object was called: for a row that is about somebody, with their name."""
    for record in records():
        if not record.is_ones_own:
            continue
        kind = ContentType.objects.get_for_model(record.model)
        numbers = [str(number) for number in rows_of(record, person).values_list("pk", flat=True)]
        about = Q(object_id__in=numbers)
        if person.display_name:  # a row that is gone is known by its label alone
            about |= Q(label__contains=person.display_name)
        ModelLogEntry.objects.filter(about, content_type=kind).update(label="", data={})
        by_repr = Q(object_id__in=numbers)
        if person.display_name:
            by_repr |= Q(object_repr__contains=person.display_name)
        LogEntry.objects.filter(by_repr, content_type=kind).delete()


# ── Versions of pages ──────────────────────────────────────────────────────────
def erase_in_revisions(person):
    """Comments that `person` wrote, and their number as owner, in the stored versions of pages."""
    number = f": {person.pk}"
    suspects = Revision.objects.annotate(as_text=Cast("content", TextField())).filter(
        Q(as_text__contains=f'"{COMMENTS}": [{{')
        | Q(as_text__contains=f'"owner"{number}')
        | Q(as_text__contains=f'"locked_by"{number}')
    )
    for revision in suspects.only("pk", "content").iterator():
        content = without_person(revision.content, person.pk)
        if content != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=content)


def without_person(content, number):
    """Return the `content` of a page's version without the comments and replies of user `number`, nor that number."""
    content = dict(content)
    for name in ("owner", "locked_by"):
        if content.get(name) == number:
            content[name] = None
    if COMMENTS in content:
        content[COMMENTS] = [
            {**comment, "replies": _not_by(number, comment.get("replies", []))}
            | ({"resolved_by": None} if comment.get("resolved_by") == number else {})
            for comment in _not_by(number, content[COMMENTS])
        ]
    return content


def _not_by(number, notes):
    return [note for note in notes if note.get("user") != number]


# ── Indexes ────────────────────────────────────────────────────────────────────
def erase_references(person):
    """Wagtail's list of which row points to which: what points to this person, and what they point to."""
    kind, number = ContentType.objects.get_for_model(User), str(person.pk)
    ReferenceIndex.objects.filter(
        Q(content_type=kind, object_id=number) | Q(to_content_type=kind, to_object_id=number)
    ).delete()


TRACES = {
    "mails": erase_mails,
    "invitations": erase_invitations,
    "log": erase_log,
    "revisions": erase_in_revisions,
    "references": erase_references,
}
