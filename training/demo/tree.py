"""Putting one page of the demo in the tree, through Wagtail, and leaving it be when its file did not change."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from common.refusals import Refused
from training.demo.shapes import DemoFileError


@dataclass
class Tree:
    """Remembers what was put where: `pages` counts all, `published` those that got a new revision."""

    pages: int = 0
    published: int = 0

    def add_draft(self, model, key, parent, values):
        """Return the page with `key`, made as a draft below `parent` when it is not there yet."""
        page = model.objects.filter(translation_key=key).first() or _only_one(model)
        if page is None:
            page = model(translation_key=key, live=False, **values)
            Page.objects.get(pk=parent.pk).add_child(instance=page)
        return page

    def put(self, source, model, key, parent, values, tags=None, publish=None):
        """Return the page with `key`, published with `values` (field names to plain values) and `tags`.

        What editors changed stays until the file itself changes: `values` are compared with what was loaded last, the
        latest revision without a user. `publish(page)` puts the page online once its newest version is saved; without
        it, Wagtail does. Raises DemoFileError that begins with `source` when the page can't stand so.
        """
        try:
            page = self.add_draft(model, key, parent, {name: values[name] for name in ("title", "slug")})
            if self._has_changed(page, values, tags):
                self._publish(page, values, tags, source, publish)
        except ValidationError as error:
            raise DemoFileError(f"{source}: {'; '.join(_sentences(error))}") from error
        except Refused as refusal:
            raise DemoFileError(f"{source}: {refusal}") from refusal
        self.pages += 1
        return model.objects.get(pk=page.pk)

    def _publish(self, page, values, tags, source, publish):
        _fill(page, values, tags)
        _check_blocks(page, values)
        problems = page.publish_problems() if publish is None else []  # who publishes otherwise asks for itself
        if problems:
            raise DemoFileError(f"{source}: {' '.join(str(problem.message) for problem in problems)}")
        revision = page.save_revision()
        publish(page) if publish else revision.publish()
        self.published += 1

    def _has_changed(self, page, values, tags):
        written = page.revisions.filter(user=None).order_by("-created_at", "-pk").first()
        if written is None:
            return True
        before = written.as_object()
        after = type(page)(**values)
        return plain_values(before, values) != plain_values(after, values) or (
            tags is not None and _tag_names(before) != sorted(tags)
        )


def _only_one(model):
    """Return the page of a type of which a site has only one, whoever made it; None of other types."""
    return model.objects.first() if model.max_count == 1 else None


def _fill(page, values, tags):
    for name, value in values.items():
        setattr(page, name, value)
    if tags is not None and _tag_names(page) != sorted(tags):
        page.tags.set(tags)


def _tag_names(page):
    return sorted(tag.name for tag in page.tags.all())


def plain_values(row, names):
    """Return `{name: plain value}` of the fields `names` of a model's row, comparable however they were set."""
    return {name: _plain(row._meta.get_field(name), row) for name in names}


def save_if_different(row, wanted):
    """Save `row` with the values of `wanted`, unless it has them already."""
    if row.pk is None or plain_values(row, wanted) != wanted:
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()


def _plain(field, row):
    value = field.value_from_object(row)
    return field.get_prep_value(value) if isinstance(field, StreamField) else value


def _check_blocks(page, values):
    """Ask of every block what the editor's screen asks, or nobody could save the page there; raises ValidationError."""
    for name in values:
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(page, name))


def _sentences(error):
    """Yield what a ValidationError says, with where: it may be a page's, or one of blocks in blocks."""
    if hasattr(error, "as_json_data"):
        yield from _block_sentences(error.as_json_data())
    elif hasattr(error, "message_dict"):
        yield from (f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    else:
        yield from error.messages


def _block_sentences(data, place=""):
    yield from (f"{place}: {message}" for message in data.get("messages", []))
    inner = data.get("blockErrors") or {}
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
    for name, error in pairs:
        if error:
            where = f"block {name + 1}" if isinstance(name, int) else name
            yield from _block_sentences(error, f"{place}, {where}" if place else where)


def put_in_order(parent, pages):
    """Let `pages` stand below `parent` in this order; moves nothing when they already do."""
    wanted = [page.pk for page in pages]
    if list(Page.objects.filter(pk__in=wanted).order_by("path").values_list("pk", flat=True)) == wanted:
        return
    for pk in wanted:
        Page.objects.get(pk=pk).specific.move(Page.objects.get(pk=parent.pk), pos="last-child")
