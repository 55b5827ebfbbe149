from django.db import migrations

from common.events import events_stay


class Migration(migrations.Migration):
    dependencies = [("training", "0004_codes_are_unique")]

    operations = [events_stay("training", "training_placeevent", "training_attendancechange")]
