"""What the registry says of Wagtail's pages and of what editors leave behind."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import classify, kept, link, nothing, personal

YOU = "that is you"
CONTENT = "what stands on the site is not one account's; a story is taken back by its storyteller, on its own page"
LOG = "that something was done stays; whose it was and what was said goes (traces.py)"


def declare():
    declare_pages()
    declare_traces()
    declare_desk()
    declare_workflow()


def declare_pages():
    classify(
        "wagtailcore.Page",
        subject="owner",
        topic="editor",
        title=_("Pages that you made"),
        fields={
            **nothing("id", "path", "depth", "numchild", "translation_key", "locale", "content_type", "alias_of"),
            **nothing("latest_revision", "live_revision", "latest_revision_created_at", "live", "show_in_menus"),
            **nothing("has_unpublished_changes", "first_published_at", "last_published_at", "locked", "locked_at"),
            **nothing("go_live_at", "expire_at", "expired"),
            **kept("title", exported=True, why=CONTENT),
            **kept("draft_title", "slug", "url_path", "seo_title", "search_description", why=CONTENT),
            **link("owner", "locked_by"),
        },
        labels={"title": _("page that you made")},
    )
    classify(
        "wagtailcore.Revision",
        fields={
            **nothing("id", "content_type", "base_content_type", "object_id", "approved_go_live_at", "created_at"),
            **kept("object_str", why=CONTENT),
            **kept("content", why=f"{CONTENT}; comments in it go with who wrote them (traces.py)"),
            **link("user"),
        },
    )


def declare_traces():
    for label, what in (("PageLogEntry", "page"), ("ModelLogEntry", "object_id")):
        classify(
            f"wagtailcore.{label}",
            subject="user",
            topic="editor",
            title=_("What you did"),
            fields={
                **nothing("id", "content_type", "uuid", "revision", "content_changed", "deleted", what),
                **kept("action", "timestamp", exported=True, why=LOG),
                **kept("label", "data", why=LOG),
                **link("user"),
            },
            labels={"action": _("what you did in the editor"), "timestamp": _("when")},
        )
    classify(
        "wagtailcore.Comment",
        subject="user",
        goes=True,
        topic="editor",
        fields={
            **nothing("id", "contentpath", "position", "revision_created"),
            **personal("page", "text", "created_at", "updated_at", "resolved_at"),
            **personal("user", exported=False, why=YOU),
            **link("resolved_by"),
        },
        labels={
            "page": _("on the page"),
            "text": _("your comment"),
            "created_at": _("written"),
            "updated_at": _("changed"),
            "resolved_at": _("settled"),
        },
        why="Replies of others to it go along: they quote it.",
    )
    classify(
        "wagtailcore.CommentReply",
        subject="user",
        goes=True,
        topic="editor",
        title=_("Replies"),
        fields={
            **nothing("id", "comment"),
            **personal("text", "created_at", "updated_at"),
            **personal("user", exported=False, why=YOU),
        },
        labels={"text": _("your reply"), "created_at": _("written"), "updated_at": _("changed")},
    )


def declare_desk():
    classify(
        "wagtailcore.PageSubscription",
        subject="user",
        goes=True,
        topic="editor",
        title=_("Pages that you follow"),
        fields={
            **nothing("id"),
            **personal("page", "comment_notifications"),
            **personal("user", exported=False, why=YOU),
        },
        labels={"page": _("page that you follow"), "comment_notifications": _("mail about comments")},
    )
    classify(
        "wagtailcore.APIToken",
        subject="user",
        goes=True,
        fields={
            **nothing("id"),
            **personal("name", "created", "revoked_at", "last_used_at", exported=False, why="no screen makes one"),
            **personal("key_hash", "prefix", exported=False, why="a secret"),
            **personal("user", exported=False, why=YOU),
        },
    )
    classify(
        "wagtailcore.UploadedFile",
        subject="uploaded_by_user",
        goes=True,
        fields={
            **nothing("id", "for_content_type"),
            **personal("file", exported=False, why="an upload that was not finished; gone within a day"),
            **personal("uploaded_by_user", exported=False, why=YOU),
        },
    )
    classify(
        "wagtailusers.UserProfile",
        subject="user",
        goes=True,
        topic="editor",
        title=_("How the editor looks for you"),
        fields={
            **nothing("id", "dismissibles"),
            **personal("submitted_notifications", "approved_notifications", "rejected_notifications"),
            **personal("updated_comments_notifications", "preferred_language", "current_time_zone", "avatar"),
            **personal("theme", "contrast", "density", "keyboard_shortcuts"),
            **personal("user", exported=False, why=YOU),
        },
    )
    for label, names in (
        ("EditingSession", ("last_seen_at", "is_editing")),
        ("FormState", ("data", "parent_object_id", "last_updated_at")),
    ):
        classify(
            f"wagtailadmin.{label}",
            subject="user",
            goes=True,
            fields={
                **nothing("id", "content_type", "object_id"),
                **personal(*names, exported=False, why="what an open screen keeps; gone within a day"),
                **personal("user", exported=False, why=YOU),
            },
        )


def declare_workflow():
    """Switched off (settings.WAGTAIL_WORKFLOW_ENABLED); its tables are there."""
    classify("wagtailcore.Workflow", fields=nothing("id", "name", "active"))
    classify("wagtailcore.WorkflowTask", fields=nothing("id", "sort_order", "workflow", "task"))
    classify("wagtailcore.WorkflowPage", fields=nothing("page", "workflow"))
    classify("wagtailcore.WorkflowContentType", fields=nothing("content_type", "workflow"))
    classify("wagtailcore.Task", fields=nothing("id", "name", "content_type", "active"))
    classify("wagtailcore.GroupApprovalTask", fields=nothing("task_ptr", "groups"))
    classify(
        "wagtailcore.WorkflowState",
        fields={
            **nothing("id", "content_type", "base_content_type", "object_id", "workflow", "status", "created_at"),
            **nothing("current_task_state"),
            **link("requested_by"),
        },
    )
    classify(
        "wagtailcore.TaskState",
        fields={
            **nothing(
                "id", "workflow_state", "revision", "task", "status", "started_at", "finished_at", "content_type"
            ),
            **kept("comment", why="emptied with who wrote it (traces.py)"),
            **link("finished_by"),
        },
    )
