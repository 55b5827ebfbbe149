from django.core.management.base import BaseCommand, CommandError

from training.domain.progress import check_summaries


class Command(BaseCommand):
    help = "Recount everybody's progress from the step rows and report each difference. Repairs nothing."

    def handle(self, *args, **options):
        differences = list(check_summaries())
        for difference in differences:
            summary = difference.summary
            self.stdout.write(
                f"enrolment {summary.enrolment_id}, module {summary.module_key}: "
                f"says {difference.said}, counted {difference.counted}"
            )
        if differences:
            raise CommandError(f"{len(differences)} summaries differ from their step rows.")
        self.stdout.write("No difference found.")
