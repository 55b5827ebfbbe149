from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0002_uploads_checked_and_found")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="is_decoration",
            field=models.BooleanField(
                default=False,
                help_text="Only for a picture that nobody misses who can't see it, such as a pattern.",
                verbose_name="adds nothing to the words",
            ),
        ),
        migrations.AlterField(
            model_name="image",
            name="alt",
            field=models.CharField(
                blank=True,
                help_text="For somebody who can't see the picture. One sentence is enough: who or what is there, and what matters.",
                max_length=250,
                verbose_name="what is to be seen",
            ),
        ),
    ]
