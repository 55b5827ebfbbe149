import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0007_thank_yous")]

    operations = [
        migrations.CreateModel(
            name="StoryDesk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edit_no", models.PositiveIntegerField(default=0)),
                ("writer", models.CharField(blank=True, max_length=36)),
                ("words_hash", models.CharField(blank=True, max_length=64)),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                ("other_title", models.CharField(blank=True, max_length=255, verbose_name="title that lost")),
                ("other_text", models.TextField(blank=True, verbose_name="text that lost")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="may end on")),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="desk", to="stories.storypage"
                    ),
                ),
            ],
            options={"verbose_name": "desk of a story", "verbose_name_plural": "desks of stories"},
        ),
    ]
