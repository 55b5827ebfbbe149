"""Groups from before planning: each gets a code, is open, and has the seats that its people sit on."""

from django.db import migrations

from training.models.groups import new_code


def complete_groups(apps, schema_editor):
    groups = apps.get_model("training", "TrainingGroup")
    for group in groups.objects.all():
        group.code, group.state = new_code(), "open"
        group.seats_taken = group.places.filter(seat_held=True).count()
        group.capacity = max(group.capacity, group.seats_taken)
        group.save()


class Migration(migrations.Migration):
    dependencies = [("training", "0002_planning")]

    operations = [migrations.RunPython(complete_groups, migrations.RunPython.noop)]
