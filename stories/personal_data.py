"""What the registry says of stories: they are their storytellers', who see and take them back in their room."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import Kind, add_topic, classify, kept, link, nothing, personal
from stories.models import ConsentEvent, StoryPage, Withdrawal

TOLD = "told with consent; the storyteller takes it back, and what erases their account does so first"
LOG = "says that something was allowed and when it was taken back; it holds a number only, that leads nowhere any more"
AT_WORK = "what somebody said of their work, to be read by everybody, and named with it; editors change it when asked"
THEIRS = "who tells a story decides about it, and is named in it"


def declare():
    add_topic(
        "stories",
        title=_("Your stories"),
        readers=(_("You decide for each story who reads it, and until when."),),
        place=35,
    )
    declare_pages()
    declare_professionals()
    declare_storytellers()
    declare_events()
    declare_withdrawals()


def declare_pages():
    classify("stories.StoryIndexPage", fields=nothing("page_ptr", "intro"))
    classify("stories.Theme", fields=nothing("id", "name", "slug", "intro", "question"))
    classify("stories.StoryTag", fields=nothing("id", "tag", "content_object"))
    classify("stories.ThirdPersonCheckTask", fields=nothing("task_ptr"))
    classify(
        "stories.StoryPage",
        finder=lambda person: StoryPage.objects.filter(tellings__storyteller__account=person),  # not as a proxy
        topic="stories",
        fields={
            **nothing("page_ptr", "swatch_seed", "minutes", "tags", "words_hash"),
            **told("storyteller", "storyteller_short", "storyteller_line", "relation", "setting", "strapline", "body"),
            **told("content_note", "note_absent", "note_end", "short_version", "wanted", "question", "made_by"),
            **told("recording", "film", "portrait", exported=False),
            **nothing("drawing", "own_word"),
        },
    )
    classify(
        "stories.StoryRelease",
        fields={
            **nothing("id", "story", "state", "resting_until", "open_until", "training_until"),
            **nothing(
                "asked_until",
                "paused_at",
                "withdrawn_at",
                "latest_hash",
                "released_hash",
                "online_hash",
                "checked_hash",
            ),
            **link("checked_by", "written_by"),
        },
    )
    classify(
        "stories.StoryDesk",
        fields={
            **nothing("id", "story", "edit_no", "writer", "words_hash", "saved_at", "ends_on"),
            **told("other_title", "other_text", exported=False),
        },
    )


def declare_professionals():
    for label in ("stories.InterviewTag", "stories.ArticleTag"):
        classify(label, fields=nothing("id", "tag", "content_object"))
    classify("stories.ProfessionalIndexPage", fields=nothing("page_ptr", "intro"))
    shared = {
        **nothing("page_ptr", "recording", "minutes", "tags", "checked_on"),
        **kept("strapline", "body", "question", "credits", "checked_by", why=AT_WORK),
    }
    classify("stories.InterviewPage", fields={**shared, **kept("person", "function", "organisation", why=AT_WORK)})
    classify(
        "stories.ArticlePage",
        fields={**shared, **nothing("written_on", "kind"), **kept("author", "author_line", why=AT_WORK)},
    )


def told(*names, exported=True):
    return kept(*names, kind=Kind.SPECIAL, exported=exported, why=TOLD)


def declare_storytellers():
    classify(
        "stories.Storyteller",
        subject="account",
        goes=True,  # once erase_stories_of has taken their stories away
        topic="stories",
        fields={
            **nothing("id", "uuid", "swatch_seed"),
            **personal("account", "post_told_at", exported=False),
            **link("support", "proxy"),
            **personal("name", "name_line", "about", "likes", "post_rhythm", "post_paused_until"),
            **personal("support_phone", "support_hours", "turns_16_on"),
        },
    )
    classify("stories.Telling", fields=kept("id", "story", "storyteller", why=THEIRS))
    classify(
        "stories.CoWriter",
        subject="person",
        goes=True,
        topic="stories",
        title=_("Stories you were asked to write along with"),
        labels={"invited_at": _("asked on")},
        fields={
            **nothing("id"),
            **personal("story", "person", exported=False),
            **personal("until", "invited_at"),
            **link("invited_by"),
        },
    )


def declare_withdrawals():
    classify(
        "stories.Withdrawal",
        finder=lambda person: Withdrawal.objects.filter(storytellers__account=person),
        topic="stories",
        labels={"done": _("what was done")},
        fields={
            **nothing("id", "uuid", "page_number", "erase_at"),
            **kept("story_key", "storytellers", why=LOG),
            **kept("title", "at", "done", "erased_at", exported=True, why=LOG),
        },
    )


def declare_events():
    by_whom = ("by_key", "as_proxy")
    classify(
        "stories.ConsentEvent",
        finder=lambda person: ConsentEvent.objects.filter(storyteller_key__in=own_keys(person)),
        topic="stories",
        title=_("What you said yes and no to"),
        labels={"at": _("when")},
        fields={
            **nothing("id", "uuid", "words_hash"),
            **kept("story_key", "storyteller_key", *by_whom, why=LOG),
            **kept("at", "purpose", "is_given", "until", "name_form", exported=True, why=LOG),
            **kept("with_picture", "with_voice", "fee", "how", "guardian_agreed", exported=True, why=LOG),
        },
    )
    classify(
        "stories.StoryEvent",
        fields={**nothing("id", "uuid", "words_hash"), **kept("at", "act", "story_key", *by_whom, why=LOG)},
    )


def own_keys(person):
    """Return the public numbers of the storyteller that `person` is, as a list of one or none."""
    storyteller = getattr(person, "storyteller", None)
    return [storyteller.uuid] if storyteller else []
