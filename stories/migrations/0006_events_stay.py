from django.db import migrations

from common.events import events_stay


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_events")]

    operations = [events_stay("stories", "stories_consentevent", "stories_storyevent")]
