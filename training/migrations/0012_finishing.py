from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0011_change_not_sent_yet")]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="given_because",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="given although something is missing, because"
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="name_on_certificate",
            field=models.CharField(blank=True, max_length=120, verbose_name="name on your certificate"),
        ),
    ]
