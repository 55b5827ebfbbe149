"""What the registry says of stories: they are about people, and whose they are is not said by an account yet."""

from accounts.personal_data.registry import Kind, classify, kept, nothing

TOLD = "told with consent, and taken back by the storyteller; erasing an account does not take somebody's story"


def declare():
    classify("stories.StoryIndexPage", fields=nothing("page_ptr", "intro"))
    classify("stories.StoryTag", fields=nothing("id", "tag", "content_object"))
    classify(
        "stories.StoryPage",
        fields={
            **nothing("page_ptr", "drawing", "swatch_seed", "minutes", "tags"),
            **kept("storyteller", "storyteller_short", "storyteller_line", kind=Kind.SPECIAL, why=TOLD),
            **kept("strapline", "body", "content_note", "question", "recording", kind=Kind.SPECIAL, why=TOLD),
        },
    )
