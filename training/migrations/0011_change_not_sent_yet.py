from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0010_after_a_meeting")]

    operations = [
        migrations.AddField("meeting", "before_change", models.JSONField(blank=True, editable=False, null=True)),
    ]
