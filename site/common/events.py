"""Things that happened and stay so: tables to which rows are added, and in which none is ever changed."""

import uuid

from django.db import migrations, models
from django.utils import timezone


class Unchangeable(TypeError):
    """An event was to be changed or removed; only code that is wrong asks for that."""


class EventQuerySet(models.QuerySet):
    def update(self, **values):
        raise Unchangeable("Events are not changed: add another one.")

    def delete(self):
        raise Unchangeable("Events are not removed.")


class Event(models.Model):
    """Something that happened and stays so: a row is added, never changed (the database refuses it as well, by
    `events_stay` in a migration). It names things and people by their public numbers alone, so that nothing here needs
    erasing: when the person or the thing is gone, the number leads nowhere.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    by_key = models.UUIDField(null=True)  # who pressed the button; empty for the clock

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise Unchangeable("Events are not changed: add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable("Events are not removed.")


# ── In the database ────────────────────────────────────────────────────────────
def events_stay(app, *tables, first=True):
    """Return the operation of a migration after which the database itself refuses to change rows of `tables`, which
    are all of `app`; PostgreSQL refuses to remove one as well. Only the `first` one of an app makes what they share.

    SQLite would refuse the emptying of a test database too, so there it is the model alone that refuses to remove.
    """

    def add(apps, schema_editor):
        for statement in _adding(schema_editor.connection.vendor, app, tables, first):
            schema_editor.execute(statement)

    def drop(apps, schema_editor):
        for statement in _dropping(schema_editor.connection.vendor, app, tables, first):
            schema_editor.execute(statement)

    return migrations.RunPython(add, drop)


def _adding(vendor, app, tables, first):
    if vendor != "postgresql":
        for table in tables:
            yield (
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'Events are not changed.'); END"
            )
        return
    if first:
        yield f"""
            CREATE FUNCTION {app}_events_stay() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'Events are not changed and not removed.'; END;
            $$ LANGUAGE plpgsql"""
    for table in tables:
        yield (
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {app}_events_stay()"
        )


def _dropping(vendor, app, tables, first):
    for table in tables:
        yield f"DROP TRIGGER {table}_stays" + (f" ON {table}" if vendor == "postgresql" else "")
    if first and vendor == "postgresql":
        yield f"DROP FUNCTION {app}_events_stay()"
