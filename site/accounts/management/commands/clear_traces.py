from django.core.management.base import BaseCommand, CommandError

from accounts.personal_data.compacting import DatabaseIsBusy, clear_traces


class Command(BaseCommand):
    help = "Make the database file and the search index forget what was deleted. `retain` does so every day."

    def handle(self, **options):
        try:
            clear_traces()
        except DatabaseIsBusy as error:
            raise CommandError(f"{error} Run clear_traces later.") from error
        self.stdout.write("Done.")
