"""The steps of a module as plain values, read without asking the database for what they refer to."""

from dataclasses import dataclass

from django.utils.text import slugify

from common.blocks import WrittenText
from training.choices import StepKind

RESERVED_SLUGS = {"klaar", "papier"}  # addresses that mean something else below a module


@dataclass(frozen=True)
class Step:
    """One step. `key` is the block's id, which survives every edit; ids of pages and recordings are as chosen, or
    None.
    """

    key: str
    number: int
    kind: str
    title: str
    slug: str
    minutes: int
    summary: str
    heading: str
    text: str
    recording_id: int | None
    story_id: int | None
    reserve_story_id: int | None
    exercise_id: int | None

    @property
    def rich_text(self):
        return WrittenText(self.text) if self.text else ""

    @property
    def kind_label(self):
        return StepKind(self.kind).label

    def address(self, module):
        return f"{module.module_address}{self.slug}/"  # as in training/urls.py; asking it for every step costs more


def read_steps(stream):
    """Return the list of Step in `stream` (a StreamValue), numbered from 1, without one query."""
    raw = [child for child in stream.get_prep_value() if child["type"] == "step"]
    return [_step(child, number) for number, child in enumerate(raw, start=1)]


def _step(child, number):
    value = child["value"]
    return Step(
        key=child["id"] or f"new-{number}",
        number=number,
        kind=value.get("kind") or StepKind.READ,
        title=value.get("title") or "",
        slug=value.get("slug") or f"stap-{number}",
        minutes=value.get("minutes") or 0,
        summary=value.get("summary") or "",
        heading=value.get("heading") or "",
        text=value.get("text") or "",
        recording_id=value.get("recording"),
        story_id=value.get("story"),
        reserve_story_id=value.get("reserve_story"),
        exercise_id=value.get("exercise"),
    )


def stored_addresses(stream):
    """Return `{block id: slug}` of the steps in `stream` that have a slug; no query."""
    raw = [child for child in stream.get_prep_value() if child["type"] == "step"]
    return {child["id"]: child["value"]["slug"] for child in raw if child["value"].get("slug")}


def give_addresses(stream, given, drafted=()):
    """Fill each step's slug that is empty or taken twice, with one that fits in an address.

    `given` maps the ids of steps that were online to their slugs: those stay for good. The steps in `drafted` (ids)
    were only ever drafts: Wagtail saves those while somebody types, so their slug follows the title until then.
    """
    taken = set()
    for child in sorted(stream, key=lambda child: child.id not in given):
        brought = "" if child.id in drafted else child.value.get("slug")
        slug = given.get(child.id) or slugify(brought or "") or slugify(child.value.get("title") or "") or "stap"
        child.value["slug"] = _free(slug[:50], taken)
        taken.add(child.value["slug"])


def _free(slug, taken):
    candidate, suffix = slug, 1
    while candidate in taken or candidate in RESERVED_SLUGS:
        suffix += 1
        candidate = f"{slug}-{suffix}"
    return candidate
