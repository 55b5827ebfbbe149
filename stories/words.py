"""The fingerprint of a story's words: a release is for these words and no others."""

import hashlib
import json

# What a storyteller says yes to: all that readers read, hear and see, and the name it stands under.
RELEASED_FIELDS = (
    *("title", "strapline", "storyteller", "storyteller_short", "storyteller_line", "relation"),
    *("content_note", "note_absent", "note_end", "body", "short_version", "wanted", "question", "made_by"),
    *("recording", "film", "portrait", "drawing", "own_word"),
)


def hash_of(content):
    """Return 64 hexadecimal digits for the released fields in `content`, as `page.serializable_data()` and a revision
    hold them; the same words give the same digits, whatever ids Wagtail gave to the blocks.
    """
    words = {name: _plain(name, content.get(name)) for name in RELEASED_FIELDS}
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _plain(name, value):
    if name == "body":
        return _without_ids(json.loads(value) if isinstance(value, str) else value)
    return value or ""


def _without_ids(value):
    if isinstance(value, list):
        return [_without_ids(one) for one in value]
    if isinstance(value, dict):
        return {key: _without_ids(one) for key, one in value.items() if key != "id"}
    return value
