from django.db import migrations


def mark_pictures_without_words(apps, schema_editor):
    """Until now the field said: leave it empty only when the picture adds nothing to the words beside it."""
    images = apps.get_model("media", "Image").objects.using(schema_editor.connection.alias)
    images.filter(alt="").update(is_decoration=True)


class Migration(migrations.Migration):
    dependencies = [("media", "0003_picture_may_be_decoration")]

    operations = [migrations.RunPython(mark_pictures_without_words, migrations.RunPython.noop)]
