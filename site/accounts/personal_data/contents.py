"""What stands in somebody's copy: the registry's exported fields of their own rows, for machines and for people."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.personal_data.registry import topics
from accounts.personal_data.rows import exported_records, rows_of
from common.fields import EncryptedWordsField

SCHEMA = "1.0"  # docs/own-data.md: another first number when a name goes or changes its meaning


@dataclass(frozen=True)
class Line:
    """One thing that is kept, to read: its name and its value in words."""

    name: str
    value: str


def copy_of(person, at):
    """Return everything that is `person`'s own as plain values, words decrypted, by the schema in docs/own-data.md."""
    return {
        "schema": SCHEMA,
        "site": settings.SITE_URL,
        "made_at": at,
        "person": str(person.uuid),
        "records": [
            {
                "record": record.label,
                "topic": record.topic,
                "rows": [_plain(record, row) for row in _rows(record, person)],
            }
            for record in exported_records()
        ],
    }


def readable(person, at):
    """Return the context of the page to read: topics with their records, each with its rows as Lines."""
    by_topic = {}
    for record in exported_records():
        rows = [[line for line in _lines(record, row) if line.value] for row in _rows(record, person)]
        if any(rows):
            by_topic.setdefault(record.topic, []).append({"title": record.name(), "rows": [row for row in rows if row]})
    return {
        "person": person,
        "made_at": at,
        "site": settings.SITE_URL,
        "topics": [{"topic": topic, "records": by_topic[topic.key]} for topic in topics() if topic.key in by_topic],
    }


def _rows(record, person):
    foreign = [one.name for one in _exported(record) if one.many_to_one or one.one_to_one]
    rows = rows_of(record, person).select_related(*foreign).order_by("pk")
    return record.cover(list(rows)) if record.cover else rows


def _exported(record):
    return [record.model._meta.get_field(name) for name in record.exported_fields()]


# ── For machines ───────────────────────────────────────────────────────────────
def _plain(record, row):
    return {one.name: _plain_value(one, row) for one in _exported(record)}


def _plain_value(one, row):
    if one.many_to_many:
        return sorted(str(other) for other in getattr(row, one.name).all())
    value = getattr(row, one.name)
    if one.is_relation:
        return None if value is None else str(value)
    if isinstance(one, models.FileField):
        return value.name or ""
    return value


# ── For people ─────────────────────────────────────────────────────────────────
def _lines(record, row):
    for one in _exported(record):
        if isinstance(one, EncryptedWordsField):
            yield from (Line(record.label_of(one), str(text)) for text in getattr(row, one.name).values())
        else:
            in_words = record.in_words.get(one.name)
            yield Line(record.label_of(one), in_words(row) if in_words else _in_words(one, row))


def _in_words(one, row):
    value = _plain_value(one, row)
    if value in (None, "", [], {}):
        return ""
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(one, models.DateTimeField):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(one, models.DateField):
        return formats.date_format(value, "DATE_FORMAT")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
