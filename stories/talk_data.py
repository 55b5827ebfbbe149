"""What the registry says of what people keep and of what they write under pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.personal_data.erasing import erase_also
from accounts.personal_data.registry import Erase, Kind, add_topic, classify, kept, link, nothing, personal, special
from stories.domain.reacting import forget_reactions_of
from stories.talk_policies import readable_among

PLACE = "its place stays for who answered, without the words and without a name"


def declare():
    declare_keeping()
    declare_reactions()
    declare_looking_after()
    classify("stories.PageViews", fields=nothing("id", "page", "day", "number"))
    classify("stories.HouseRules", fields=nothing("id", "page", "version"))
    erase_also("reactions", forget_reactions_of)


def declare_keeping():
    add_topic(
        "bookmarks",
        title=_("What you keep"),
        readers=(_("You alone. Nobody else sees what you keep or what you write with it."),),
        address="shelf",
        place=46,
    )
    classify(
        "stories.Bookmark",
        subject="user",
        goes=True,
        topic="bookmarks",
        fields={
            **nothing("id", "uuid"),
            **personal("user", exported=False),
            **personal("page", "created_at"),
            **special("note", "labels"),
        },
        cover=without_what_is_away,
    )


def without_what_is_away(rows):
    """Take the name off the page of rows (bookmarks, reactions) of one person that they may not read today; return the
    rows.
    """
    if rows:
        person = getattr(rows[0], "user", None) or rows[0].author
        there = readable_among(person, [row.page for row in rows if row.page])
        for row in rows:
            row.page = there.get(row.page_id, Page())
    return rows


def declare_reactions():
    add_topic(
        "reactions",
        title=_("Your reactions"),
        readers=(
            _("Everybody who may read the page, as long as you leave your reaction there."),
            _("Trainers, coordinators and administrators also read one that waits or is held back."),
        ),
        place=47,
    )
    classify(
        "stories.Reaction",
        subject="author",
        topic="reactions",
        fields={
            **nothing("id", "uuid", "as_storyteller", "parent", "reply_to", "quoted"),
            **special("words", "quote", erase=Erase.EMPTY),
            **personal("from_name", "role", erase=Erase.EMPTY),
            **kept("page", "created_at", "edited_at", "state", "held_reason", exported=True, why=PLACE),
            **kept("checked_at", why=PLACE),
            **link("author", "checked_by"),
        },
        cover=without_what_is_away,
    )
    classify(
        "stories.RuleAcceptance",
        subject="user",
        goes=True,
        topic="reactions",
        fields={**nothing("id"), **personal("user", exported=False), **personal("version", "at")},
    )


def declare_looking_after():
    said = "said to everybody who reads the page, by who looks after it; the name goes with the account"
    classify(
        "stories.PageChoices",
        fields={
            **nothing("id", "page", "talk", "closes_at", "shows_views"),
            **kept("closed_reason", "summary", kind=Kind.SPECIAL, why=said),
            **kept("summary_at", why=said),
            **kept("summary_name", why="emptied by forget_reactions_of: these rows are nobody's own"),
            **link("summary_by"),
        },
    )
    classify("stories.TalkEvent", fields={**nothing("id", "page", "reaction", "act", "at"), **link("by")})
