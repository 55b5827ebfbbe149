"""The keys that progress and answers hang on, made from names, so that loading twice finds the same rows again."""

import uuid

# Never change it: every page, step and question of every demo that runs is known by it.
NAMESPACE = uuid.UUID("6f0a3c52-8c3e-4f0b-9a57-2d1c6b7e4a10")


def page_key(kind, slug):
    """Return the translation key of the page that the file `<kind>/<slug>.toml` describes."""
    return uuid.uuid5(NAMESPACE, f"{kind}/{slug}")


def block_key(page, block_id):
    """Return the id of a block, as text; `block_id` is its id in the file, a nested one as `prompt/box`."""
    return str(uuid.uuid5(page, block_id))


def group_key(slug):
    """Return the uuid of a group of people who follow the training together."""
    return uuid.uuid5(NAMESPACE, f"groups/{slug}")
