"""The database itself refuses to change an event; PostgreSQL refuses to remove one as well.

SQLite would refuse the emptying of a test database too, so there it is the model alone that refuses to remove.
"""

from django.db import migrations

TABLES = ("stories_consentevent", "stories_storyevent")


def add_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor, "add"):
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor, "drop"):
        schema_editor.execute(statement)


def statements(vendor, act):
    """Yield the SQL that adds or drops what keeps the events, for "sqlite" or "postgresql"."""
    if vendor == "postgresql" and act == "add":
        yield """
            CREATE FUNCTION stories_events_stay() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'Events are not changed and not removed.'; END;
            $$ LANGUAGE plpgsql"""
    for table in TABLES:
        if act == "drop":
            yield f"DROP TRIGGER {table}_stays" + (f" ON {table}" if vendor == "postgresql" else "")
        elif vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION stories_events_stay()"
            )
        else:
            yield (
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'Events are not changed.'); END"
            )
    if vendor == "postgresql" and act == "drop":
        yield "DROP FUNCTION stories_events_stay()"


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_events")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
