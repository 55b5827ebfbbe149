import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def say_which_words(apps, _schema_editor):
    """Until now there were the first words alone."""
    apps.get_model("training", "RegisterNumber").objects.filter(allowed_at__isnull=False).update(allowed_words=1)


def who_changed_it():
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("training", "0013_calendar_keeps_what_it_told"),
    ]

    operations = [
        migrations.AddField(model_name="traininggroup", name="changed_by", field=who_changed_it()),
        migrations.AddField(model_name="accreditation", name="changed_by", field=who_changed_it()),
        migrations.AddField(
            model_name="accreditation",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="allowed_words",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="version of the words of that"),
        ),
        migrations.AddField(
            model_name="registerevent",
            name="words",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="version of the words"),
        ),
        migrations.RunPython(say_which_words, migrations.RunPython.noop),
    ]
