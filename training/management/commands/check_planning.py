"""`manage.py check_planning`: do the counters and copies of planning say what the rows say?"""

from django.core.management.base import BaseCommand, CommandError

from training.domain.planning_check import differences


class Command(BaseCommand):
    help = "Compare seats, queues and who leads meetings with their rows; report what differs, repair nothing."

    def handle(self, *args, **options):
        found = list(differences())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} differences.")
        self.stdout.write("Planning is counted right.")
