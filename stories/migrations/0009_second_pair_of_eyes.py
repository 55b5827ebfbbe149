import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0008_story_desk"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThirdPersonCheckTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "look for other people in a story",
                "verbose_name_plural": "look for other people in a story",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(Lower("name"), name="theme_is_named_once"),
        ),
    ]
