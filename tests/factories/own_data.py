"""A life on the site: somebody who left a word of their own everywhere where people can leave one, and where to look
for it.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import APIToken, Comment, CommentReply, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from accounts.choices import InvitationState
from accounts.models import Invitation, RoleChange, User
from common.fields import EncryptedWordsField
from home.models import ProblemReport
from mail.models import OutboxMail
from tests.factories.people import make_person
from training.domain import answers
from training.domain.answers import Writing
from training.domain.progress import finish_step
from training.models import Answer, Enrolment, GroupPlace

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)


def live_here(name, word, *, group, module, exercise, page, inviter):
    """Make somebody called `name` who used the site in every way, with `word` in all that they typed; return them."""
    person = make_person(f"{name} {word}", "participant", "co-trainer", email=f"{word}@example.test".lower())
    User.objects.filter(pk=person.pk).update(about_me=f"Ik ben {word}.", last_login=MONDAY, welcomed_at=MONDAY)
    person.refresh_from_db()
    sign_in_everywhere(person, word)
    take_part(person, word, group=group, module=module, exercise=exercise)
    write_to_us(person, word, inviter=inviter)
    work_in_the_editor(person, word, page=page, other=inviter)
    return person


def sign_in_everywhere(person, word):
    EmailAddress.objects.create(user=person, email=f"{word}@tweede.test".lower(), verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": f"sealed-{word}"})
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["note"] = word
    session.create()
    UserSession.objects.create(
        user=person, ip="192.0.2.7", session_key=session.session_key, user_agent=f"Browser {word}"
    )


def take_part(person, word, *, group, module, exercise):
    enrolment = Enrolment.objects.create(person=person, training=group.training)
    GroupPlace.objects.create(group=group, enrolment=enrolment)
    finish_step(enrolment, module, module.step_keys[0])
    by_type = {prompt.block_type: prompt for prompt in exercise.prompt_list}
    answers.save_answer(enrolment, exercise, by_type["open"], Writing({"text": f"Een antwoord: {word}."}, writer="a"))
    answers.save_draft(enrolment, exercise, by_type["boxes"], Writing({"thuis": f"Een concept: {word}."}, writer="a"))
    intention = Writing({"when": f"Als {word} komt", "then": f"dan luister ik naar {word}"}, "2026-10-01", "a")
    answers.save_answer(enrolment, exercise, by_type["intention"], intention)
    Answer.objects.filter(enrolment=enrolment, kind="open").update(other_words={"text": f"Elders: {word}."})


def write_to_us(person, word, *, inviter):
    ProblemReport.objects.create(
        kind="hurts",
        words={"text": f"Dit doet pijn: {word}."},
        path=f"/verhalen/?zoek={word}",
        reporter=person,
        created_at=MONDAY,
    )
    for number, address in enumerate((person.email, f"{word}@tweede.test".lower())):
        mail_to(address, f"{word}-{number}", words={"subject": f"Voor {word}", "text": word, "html": word})
    OutboxMail.objects.filter(to=person.email).update(person=person)
    # A mail of theirs to somebody else carries their name and their address.
    mail_to("iemand@example.test", f"van-{person.pk}", sender_name=person.display_name, reply_to=person.email)
    made = {"invited_by": inviter, "state": InvitationState.ACCEPTED, "ended_at": MONDAY}
    made |= {"expires_at": timezone.now() + timedelta(days=14)}
    Invitation.objects.create(email=person.email, name=word, accepted_by=person, link_digest=f"d-{word}", **made)
    Invitation.objects.create(
        email=f"{word}@tweede.test".lower(), name=word, link_digest=f"e-{word}", **made | {"accepted_by": None}
    )
    RoleChange.objects.create(person=person, role="co-trainer", given=True, by=inviter)
    RoleChange.objects.create(person=inviter, role="trainer", given=True, by=person)


def mail_to(address, key, **fields):
    fields = {"kind": "account-notice", "language": "nl", "message_id": f"<{key}@example.test>"} | fields
    return OutboxMail.objects.create(to=address, key=f"test:{key}", **fields)


def work_in_the_editor(person, word, *, page, other):
    page.owner = person
    page.save()
    comment = Comment(page=page, user=person, text=f"Een opmerking: {word}", contentpath="body")
    others = Comment(page=page, user=other, text="Een opmerking van een ander", contentpath="body")
    for one in (comment, others):
        one.save()
    reply = CommentReply.objects.create(comment=others, user=person, text=f"Een weerwoord: {word}")
    revision = page.specific.save_revision(user=person)  # holds both comments
    comment.log_create(page_revision=revision, user=person)
    comment.log_resolve(page_revision=revision, user=other)
    reply.log_create(page_revision=revision, user=person)
    gone = Comment.objects.create(page=page, user=person, text=f"Een weggehaalde opmerking: {word}", contentpath="body")
    gone.log_create(page_revision=revision, user=person)
    gone.log_delete(page_revision=revision, user=other)
    gone.delete()
    log(person, "wagtail.edit", user=other)  # labelled with their name
    log(person.enrolments.first(), "wagtail.create", user=other)
    PageSubscription.objects.create(user=person, page=page, comment_notifications=True)
    kind = ContentType.objects.get_for_model(page)
    FormState.objects.create(
        user=person, data=f"title={word}", content_type=kind, object_id=str(page.pk), last_updated_at=timezone.now()
    )
    EditingSession.objects.create(
        user=person, content_type=kind, object_id=str(page.pk), last_seen_at=timezone.now(), is_editing=True
    )
    UploadedFile.objects.create(
        for_content_type=kind, uploaded_by_user=person, file=ContentFile(word.encode(), name=f"{word}.txt")
    )
    UserProfile.objects.create(user=person, avatar=ContentFile(word.encode(), name=f"{word}.png"))
    APIToken.objects.create(user=person, name=word, key_hash=f"hash-{word}", prefix="wagtail_abcd")
    LogEntry.objects.create(user=person, object_repr=word, action_flag=ADDITION, change_message=word)
    person.user_permissions.set([])
    person.trained_groups.set(apps.get_model("training.TrainingGroup").objects.all()[:1])


# ── Looking for it ─────────────────────────────────────────────────────────────
def places_with(word):
    """Return where `word` (in any case) still is: the database raw and decrypted, its file and log, uploads, copies."""
    word = word.lower()
    return sorted({*tables_with(word), *sealed_with(word), *database_files_with(word), *files_with(word)})


def tables_with(word):
    """Every column of every table, models or not."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name from the database itself
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{table}.{column}" for column, value in zip(columns, row, strict=True) if holds(value, word)}
    return found


def holds(value, word):
    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    return word in text.lower()


def sealed_with(word):
    """What is encrypted, read with the key."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedWordsField):
                values = model._base_manager.values_list(field.name, flat=True)
                found |= {f"{model._meta.label}.{field.name} (encrypted)" for words in values if holds(words, word)}
    return found


def database_files_with(word):
    if connection.vendor != "sqlite":
        return set()
    paths = [Path(f"{connection.settings_dict['NAME']}{end}") for end in ("", "-wal", "-shm")]
    return {path.name for path in paths if path.exists() and word.encode() in path.read_bytes().lower()}


def files_with(word):
    found = set()
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.EXPORTS_DIR)):
        for path in folder.rglob("*"):
            if path.is_file() and (word in path.name.lower() or word.encode() in path.read_bytes().lower()):
                found.add(str(path.relative_to(folder)))
    return found
