"""What the registry says of groups, places, meetings and calendars."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import Kind, add_topic, classify, kept, link, nothing, personal, special
from training.domain.personal_cards import cards_got_by, messages_of
from training.personal_data import YOU

FORGETS = "taken away, or made nameless on the card of another, by training/domain/personal_cards.py"
FORGED = "so that a paper can be told from a forged one"
LOG = "what happened, told by public numbers alone; without the person they lead nowhere"
GROUP_FIELDS = (
    "code",
    "state",
    "capacity",
    "minimum",
    "seats_taken",
    "next_queue_no",
    "waiting",
    "enrol_from",
    "enrol_until",
    "cancel_until_hours",
    "holiday_region",
    "remind_days",
    "attendance_percent",
    "bring",
    "agreements",
    "version",
)
MEETING_FIELDS = (
    "uuid",
    "group",
    "ordinal",
    "kind",
    "format",
    "title",
    "starts_at",
    "ends_at",
    "break_minutes",
    "place_name",
    "street",
    "postcode",
    "city",
    "room",
    "route",
    "join_url",
    "plan",
    "note",
    "state",
    "cancel_reason",
    "changed_at",
    "version",
    "before_change",
)


def declare():
    declare_groups()
    declare_places()
    declare_meetings()
    declare_calendars()
    declare_attendance()
    declare_after_meetings()
    declare_finishing()


def declare_groups():
    add_topic(
        "groups",
        title=_("Your groups and meetings"),
        readers=(
            _("The people in the group, and who leads it."),
            _("What we can take into account: who leads your group and your meetings."),
            _("Whether you were there: who leads your group and your meetings."),
        ),
        place=40,
    )
    classify(
        "training.TrainingGroup",
        subject=("coordinators", "trainers", "co_trainers"),
        topic="groups",
        fields={
            **nothing("id", "uuid", "training", *GROUP_FIELDS),
            **kept("name", exported=True, why="the group stays for the people in it; it forgets who led it"),
            **link("coordinators", "trainers", "co_trainers", "changed_by"),
        },
        labels={"name": _("group that you lead")},
    )


def declare_places():
    classify(
        "training.GroupPlace",
        subject="enrolment__person",
        goes=True,
        topic="groups",
        fields={
            **nothing("id", "uuid", "seat_held", "moved_to", "counts_along"),
            **personal("group", "state", "queue_no", "source", "made_at"),
            **special("wishes"),
            **personal("enrolment", exported=False, why=YOU),
        },
    )
    classify(
        "training.PlaceEvent",
        fields={
            **nothing("id", "uuid", "at", "from_state", "to_state"),
            **kept("by_key", "place_key", why=LOG),
        },
    )
    classify(
        "training.PlaceInvitation",
        subject="place__enrolment__person",
        goes=True,
        topic="groups",
        fields={
            **nothing("id", "token_sha256", "withdrawn_at"),
            **personal("made_at", "expires_at", "used_at", "says_yes", "note"),
            **personal("place", exported=False, why=YOU),
        },
    )


def declare_meetings():
    classify(
        "training.Meeting",
        fields={**nothing("id", *MEETING_FIELDS), **link("changed_by")},
    )
    classify(
        "training.MeetingStaff",
        subject="user",
        goes=True,
        topic="groups",
        title=_("Meetings that you lead"),
        fields={
            **nothing("id", "is_on"),
            **personal("meeting", "role", "starts_at", "ends_at", "reason_for_clash"),
            **personal("user", exported=False, why=YOU),
        },
        labels={"meeting": _("meeting"), "starts_at": _("from"), "ends_at": _("until")},
    )


def declare_calendars():
    classify(
        "training.CalendarInvite",
        subject="user",
        goes=True,
        fields={
            **nothing("id", "uid", "sequence", "method", "fingerprint", "dtstamp", "told", "unsettled_until"),
            **personal("meeting", exported=False, why="the meeting stands among those of your group"),
            **personal("user", exported=False, why=YOU),
        },
    )
    classify(
        "training.CalendarFeed",
        subject="user",
        goes=True,
        topic="groups",
        fields={
            **nothing("id", "version"),
            **personal("by_mail"),
            **personal("user", exported=False, why=YOU),
        },
    )


def declare_attendance():
    classify(
        "training.Attendance",
        subject="place__enrolment__person",
        goes=True,
        topic="groups",
        fields={
            **nothing("id", "source"),
            **personal("meeting", "status", "minutes", "marked_at"),
            **personal("place", exported=False, why=YOU),
            **link("marked_by"),
        },
        labels={"meeting": _("meeting")},
    )
    classify(
        "training.AttendanceChange",
        fields={
            **nothing("id", "uuid", "at", "from_status", "to_status", "minutes"),
            **kept("by_key", "meeting_key", "place_key", why=LOG),
        },
    )


def declare_after_meetings():
    add_topic(
        "aftercare",
        title=_("How it was for you after a meeting"),
        readers=(_("You, and your own person as long as you have chosen that one. Nobody else."),),
        place=42,
    )
    classify(
        "training.Aftercare",
        subject="person",
        goes=True,
        topic="aftercare",
        fields={
            **nothing("id", "uuid"),
            **personal("meeting", "written_at", "read_at", "wants_call"),
            **special("words"),
            **personal("person", exported=False, why=YOU),
            **link("reader"),
        },
        labels={"meeting": _("meeting")},
    )
    classify(
        "training.AttendanceCorrection",
        subject="place__enrolment__person",
        goes=True,
        topic="groups",
        fields={
            **nothing("id", "uuid"),
            **personal("meeting", "state", "words", "answer", "asked_at", "settled_at"),
            **personal("place", exported=False, why=YOU),
            **link("settled_by"),
        },
        labels={"meeting": _("meeting")},
    )
    classify(
        "training.AttendanceEvent",
        fields={
            **nothing("id", "uuid", "at", "act"),
            **kept("by_key", "about_key", "meeting_key", "place_key", why=LOG),
        },
    )
    classify(
        "training.WalkIn",
        fields={
            **nothing("id", "uuid", "meeting", "noted_at"),
            **kept("name", why="a name without an account: gone once somebody says who it is, or after the period"),
            **link("noted_by"),
        },
    )


def declare_finishing():
    add_topic(
        "finishing",
        title=_("Your card and your certificate"),
        readers=(
            _("Your card: only you, from when it is given; each writer reads their own words."),
            _("The name on your certificate: who leads your group, and whoever you show it to."),
            _("Your certificate: you and who leads your group. Who has its number reads whether it is valid."),
        ),
        place=45,
    )
    classify(
        "training.PersonalCard",
        finder=cards_got_by,
        topic="finishing",
        fields={
            **nothing("id"),
            **kept("given_at", "read_at", exported=True, why=FORGETS),
            **kept("enrolment", why=FORGETS),
        },
    )
    classify(
        "training.CardMessage",
        finder=messages_of,
        topic="finishing",
        fields={
            **nothing("id"),
            **kept("author_name", "written_at", "card", exported=True, why=FORGETS),
            **kept("words", kind=Kind.SPECIAL, exported=True, why=FORGETS),
            **link("author"),
        },
        labels={"card": _("for whom")},
    )
    classify(
        "training.Certificate",
        subject="enrolment__person",
        topic="finishing",
        fields={
            **nothing("id", "uuid", "replaces", "check_since"),
            **kept("check_reason", exported=True, why="emptied by training/domain/finishing.py"),
            **kept("number", "issued_at", "revoked_at", exported=True, why=FORGED),
            **kept("snapshot_sha256", why=FORGED),
            **kept("snapshot", "reason", "given_because", exported=True, why="emptied by training/domain/finishing.py"),
            **kept("enrolment", why="the row lets go of it when the enrolment goes"),
            **link("issued_by"),
        },
    )
