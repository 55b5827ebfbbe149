"""What the registry says of the models of Django, allauth, taggit and the parts of Wagtail that know no page."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import classify, classify_whole, kept, nothing, personal
from accounts.personal_data.sessions import sessions_of

YOU = "that is you"
SECRET = "a secret"  # noqa: S105 - a word


def declare():
    declare_django()
    declare_allauth()
    declare_wagtail_ground()


def declare_django():
    classify("contenttypes.ContentType", fields=nothing("id", "app_label", "model"))
    classify("auth.Permission", fields=nothing("id", "name", "content_type", "codename"))
    classify("auth.Group", fields=nothing("id", "name", "permissions"))
    classify("taggit.Tag", fields=nothing("id", "name", "slug"))
    classify("taggit.TaggedItem", fields=nothing("id", "tag", "content_type", "object_id"))
    classify(
        "sessions.Session",
        finder=sessions_of,
        goes=True,
        fields=personal("session_key", "session_data", "expire_date", exported=False, why=SECRET),
    )
    classify(
        "admin.LogEntry",
        subject="user",
        goes=True,
        fields={
            **nothing("id", "content_type", "object_id", "action_flag"),
            **personal("action_time", "object_repr", "change_message", exported=False, why="no screen here writes it"),
            **personal("user", exported=False, why=YOU),
        },
    )


def declare_allauth():
    classify(
        "account.EmailAddress",
        subject="user",
        goes=True,
        topic="sign-in",
        fields={
            **nothing("id"),
            **personal("email", "verified", "primary"),
            **personal("user", exported=False, why=YOU),
        },
        labels={"verified": _("you proved that it is yours"), "primary": _("you sign in with it")},
    )
    classify(
        "account.EmailConfirmation",
        subject="email_address__user",
        goes=True,
        fields={
            **nothing("id"),
            **personal("email_address", "created", "sent", exported=False, why="a matter of days"),
            **personal("key", exported=False, why=SECRET),
        },
    )
    classify(
        "mfa.Authenticator",
        subject="user",
        goes=True,
        topic="sign-in",
        title=_("Your second step"),
        fields={
            **nothing("id"),
            **personal("type", "created_at", "last_used_at"),
            **personal("data", exported=False, why=SECRET),
            **personal("user", exported=False, why=YOU),
        },
        labels={"type": _("second step"), "created_at": _("since"), "last_used_at": _("last used")},
    )
    classify(
        "usersessions.UserSession",
        subject="user",
        goes=True,
        topic="sign-in",
        title=_("Where you are signed in"),
        fields={
            **nothing("id"),
            **personal("created_at", "last_seen_at", "ip", "user_agent"),
            **personal("session_key", "data", exported=False, why=SECRET),
            **personal("user", exported=False, why=YOU),
        },
        labels={
            "created_at": _("signed in"),
            "last_seen_at": _("last seen"),
            "ip": _("network address"),
            "user_agent": _("device and browser"),
        },
    )


def declare_wagtail_ground():
    classify("wagtailcore.Locale", fields=nothing("id", "language_code"))
    classify(
        "wagtailcore.Site",
        fields=nothing("id", "hostname", "port", "site_name", "root_page", "is_default_site"),
    )
    for label, what in (("Site", "site"), ("Collection", "collection"), ("Page", "page")):
        classify(f"wagtailcore.Group{label}Permission", fields=nothing("id", "group", what, "permission"))
    classify("wagtailcore.Collection", fields=nothing("id", "path", "depth", "numchild", "name"))
    for label, what in (("Collection", "collection"), ("Page", "page")):
        classify(
            f"wagtailcore.{label}ViewRestriction",
            fields=nothing("id", "restriction_type", "password", what, "groups"),
        )
    classify(
        "wagtailredirects.Redirect",
        fields=nothing(
            "id",
            "old_path",
            "site",
            "is_permanent",
            "redirect_page",
            "redirect_page_route_path",
            "redirect_link",
            "automatically_created",
            "created_at",
        ),
    )
    classify(
        "wagtailembeds.Embed",
        fields={
            **nothing("id", "url", "max_width", "hash", "type", "html", "title", "provider_name", "thumbnail_url"),
            **nothing("width", "height", "last_updated", "cache_until"),
            **kept("author_name", why="who made something on another site; nothing is embedded here"),
        },
    )
    classify("wagtailadmin.Admin", fields=nothing("id"))
    why = "made from the pages and files it finds; goes and changes with them"
    classify_whole("wagtailsearch.IndexEntry", why=why)
    classify_whole("wagtailsearch.SQLiteFTSIndexEntry", why=why)
    classify_whole("wagtailcore.ReferenceIndex", why="which row points to which; a person's are erased (traces.py)")
