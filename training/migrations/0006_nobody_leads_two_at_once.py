"""On PostgreSQL the database itself refuses that somebody leads two meetings at the same time.

It stands here and not in the model's Meta: SQLite has no such constraint and would refuse the whole migration. There
the domain act alone refuses it, and SQLite lets one writer in at a time.
"""

from django.db import migrations

NAME = "nobody_leads_two_at_once"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # A range of one number in place of the number itself: that needs no extension of PostgreSQL.
        schema_editor.execute(
            f"ALTER TABLE training_meetingstaff ADD CONSTRAINT {NAME} EXCLUDE USING gist"
            " (int8range(user_id, user_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)"
            " WHERE (is_on AND reason_for_clash = '')"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE training_meetingstaff DROP CONSTRAINT {NAME}")


class Migration(migrations.Migration):
    dependencies = [("training", "0005_events_stay")]

    operations = [migrations.RunPython(add, drop)]
