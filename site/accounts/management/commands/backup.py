from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.domain.backups import make_backup
from common.dumps import DumpFailed
from common.refusals import Refused


class Command(BaseCommand):
    help = "Write database, uploads and the log of erasures to a new folder, while the site is in use. Not the keys."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or is empty")

    def handle(self, *, folder, **options):
        try:
            backup = make_backup(folder)
        except (Refused, DumpFailed, OSError) as error:
            raise CommandError(f"There is no backup. {error}") from error
        self.stdout.write(
            f"Written and checked: {backup.database} and {len(backup.uploads)} uploads, {backup.size:,} bytes, "
            f"as of {backup.made_at:%Y-%m-%d %H:%M:%S %Z}."
        )
