from django.core.management.base import BaseCommand, CommandError

from accounts.personal_data.compacting import DatabaseIsBusy, clear_traces
from accounts.personal_data.retention import inactive_people, retain_all


class Command(BaseCommand):
    help = "Erase what is past its period (settings.RETENTION_DAYS) and list accounts that nobody uses. Run it daily."

    def handle(self, **options):
        for period in retain_all():
            self.stdout.write(f"{period.name} ({period.days} days): {period.gone} gone")
        for person in inactive_people():
            self.stdout.write(f"not used since {person.last_here:%Y-%m-%d}: {person.uuid}")
        try:
            clear_traces()
        except DatabaseIsBusy as error:
            raise CommandError(f"{error} Run clear_traces later.") from error
