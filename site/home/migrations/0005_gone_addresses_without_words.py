from hashlib import sha256

from django.db import migrations, models


def to_digests(apps, schema_editor):
    """An address may hold the title of a story that is gone: its digest is enough to know it again."""
    for row in apps.get_model("home", "GoneAddress").objects.all():
        row.path = sha256(row.path.encode("utf-8", "replace")).hexdigest()
        row.save(update_fields=["path"])


class Migration(migrations.Migration):
    dependencies = [("home", "0004_words_for_people")]

    operations = [
        migrations.RunPython(to_digests, migrations.RunPython.noop),
        migrations.RenameField("goneaddress", "path", "digest"),
        migrations.AlterField("goneaddress", "digest", models.CharField(max_length=64, unique=True)),
    ]
