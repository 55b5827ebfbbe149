import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0015_keeping_and_reactions")]

    operations = [
        migrations.AddField(
            model_name="reaction",
            name="reply_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replies",
                to="stories.reaction",
            ),
        ),
    ]
