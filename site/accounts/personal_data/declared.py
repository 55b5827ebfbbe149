"""What the registry says of our own people, and of the outbox below us."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import Erase, add_topic, classify, kept, link, nothing, personal


def declare():
    add_topics()
    declare_person()
    declare_requests()
    declare_mail()


def add_topics():
    add_topic(
        "account",
        title=_("Your account and your profile"),
        readers=(
            _("The people in your groups see your name and the line about you."),
            _("The coordinators of your groups and the administrators see your e-mail address as well."),
        ),
        address="profile",
        place=10,
    )
    add_topic(
        "sign-in",
        title=_("How you sign in, and on which devices"),
        readers=(_("Only you. Nobody can read your password or your codes."),),
        address="account",
        place=60,
    )
    add_topic(
        "roles",
        title=_("Your invitation and your roles"),
        readers=(_("Who invited you, and the administrators."),),
        place=70,
    )
    add_topic(
        "mail",
        title=_("Mail that we sent you"),
        readers=(
            _("Only you read what is in it. We erase the words after a week."),
            _("Coordinators and administrators see which mail it was, and whether it arrived."),
            _("Only you see which mails you turned off."),
        ),
        address="mail_wishes",
        place=80,
    )
    add_topic(
        "editor",
        title=_("What you do in the editor"),
        readers=(_("The people who work on the same pages."),),
        place=90,
    )
    add_topic(
        "requests",
        title=_("What you asked for on this page"),
        readers=(_("Only you."),),
        place=100,
    )


def declare_person():
    empty = {"erase": Erase.EMPTY}
    classify(
        "accounts.User",
        subject="pk",
        topic="account",
        title=_("Your account"),
        fields={
            **nothing("id"),
            **personal("email", "display_name", "about_me", "work", "language", "theme", "larger_text", **empty),
            **personal("welcomed_at", "last_login", "groups", **empty),
            **personal("is_active", exported=False, **empty, why="true for everybody who can ask for a copy"),
            **personal("password", exported=False, **empty, why="a secret; what is kept of it can't be read"),
            **personal("first_name", "last_name", exported=False, **empty, why="not used; display_name is"),
            **personal("is_staff", "is_superuser", "user_permissions", exported=False, **empty, why="roles say it"),
            **kept("uuid", why="a random number that the rows of others may hold"),
            **kept("date_joined", why="a date without a name"),
        },
        labels={
            "email": _("your e-mail address"),
            "display_name": _("your name"),
            "work": _("what you do"),
            "last_login": _("last signed in"),
            "groups": _("roles"),
        },
        why="The row goes; where others' rows have to point to it, it stays and is emptied.",
    )
    classify(
        "accounts.Invitation",
        subject="accepted_by",
        goes=True,
        topic="roles",
        fields={
            **nothing("id", "uuid", "times_sent"),
            **personal("email", "name", "role", "state", "created_at", "expires_at", "ended_at"),
            **personal("link_digest", exported=False, why="a secret"),
            **personal("accepted_by", exported=False, why="that is you"),
            **link("invited_by", why="their name stands in the mail that you got"),
        },
        labels={"ended_at": _("accepted")},
        why="Invitations to an address of a person whom nobody accepted go as well (traces.py).",
    )
    classify(
        "accounts.RoleChange",
        subject="person",
        topic="roles",
        fields={
            **nothing("id"),
            **kept("role", "given", "at", exported=True, why="without a person it says nothing about anybody"),
            **link("person", "by"),
        },
        why="The log of rights stays complete; it forgets whom it was about.",
    )


def declare_requests():
    classify(
        "accounts.DataExport",
        subject="person",
        goes=True,
        topic="requests",
        title=_("Copies"),
        fields={
            **nothing("id", "uuid", "taken_at", "tries"),
            **personal("state", "asked_at", "ready_at", "expires_at"),
            **personal("file_name", exported=False, why="a name in a folder of the server; the file goes first"),
            **personal("person", exported=False, why="that is you"),
        },
        labels={
            "state": _("your copy"),
            "asked_at": _("asked for"),
            "ready_at": _("made"),
            "expires_at": _("can be downloaded until"),
        },
    )
    why = "so that the erasing can be done again after a backup was put back; retention removes it"
    classify(
        "accounts.DeletionRequest",
        subject="person",
        topic="requests",
        title=_("Requests to be erased"),
        fields={
            **nothing("id", "uuid", "taken_at", "steps_done"),
            **kept("state", "asked_at", "due_at", "ended_at", exported=True, why=why),
            **kept("person_uuid", why=why),
            **kept("undo_digest", why="a secret that opens nothing any more"),
            **link("person"),
        },
        labels={
            "state": _("your request to be erased"),
            "asked_at": _("asked for"),
            "due_at": _("is carried out on"),
            "ended_at": _("ended"),
        },
        why="Without its person the row says that somebody was erased, not who.",
    )


def declare_mail():
    classify(
        "mail.OutboxMail",
        subject="person",
        goes=True,
        topic="mail",
        fields={
            **nothing("id", "uuid", "lease_by", "lease_until", "next_at", "attempts", "words_until"),
            **personal("kind", "to", "state", "created_at", "sent_at", "language"),
            **personal("words", exported=False, why="in your own mailbox; erased here within days"),
            **personal("key", "about", "message_id", "reason", exported=False, why="for whoever looks after mail"),
            **personal("sender_name", "reply_to", exported=False, why="of who wrote it; emptied when they are erased"),
            **personal("person", exported=False, why="that is you"),
        },
        labels={
            "kind": _("what it was about"),
            "to": _("to"),
            "language": _("language"),
        },
        why="Mails to one of a person's addresses go as well (traces.py).",
    )
    classify(
        "accounts.MailStop",
        subject="person",
        goes=True,
        topic="mail",
        title=_("Mails that you turned off"),
        fields={**nothing("id"), **personal("kind", "at"), **personal("person", exported=False, why="that is you")},
    )
