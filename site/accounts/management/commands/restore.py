from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.domain.restoring import restore
from accounts.personal_data.compacting import DatabaseIsBusy
from accounts.personal_data.erasing import ErasingStopped
from common.dumps import DumpFailed
from common.erasures import UnknownKind
from common.refusals import Refused


class Command(BaseCommand):
    help = (
        "Put back what `backup` wrote, without what was erased since. Stop the server and the mail worker first. After "
        "an interruption the same command begins anew."
    )
    requires_system_checks = []  # one of them says that a restore is not done

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that `backup` wrote")
        parser.add_argument("--overwrite", action="store_true", help="also where there are people in the database")
        parser.add_argument("--log", type=Path, help="another copy of the log of erasures, of a machine that is gone")

    def handle(self, *, folder, overwrite, log, **options):
        try:
            done = restore(folder, overwrite=overwrite, log=log)
        except (Refused, UnknownKind) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        except (DumpFailed, ErasingStopped, DatabaseIsBusy, OSError) as error:
            raise CommandError(f"It is not done, and the site does not start. {error} Run this again.") from error
        for number in done.unread:
            self.stderr.write(f"Line {number} of the log of erasures can't be read: look at it.")
        again = ", ".join(f"{number} {kind}" for kind, number in sorted(done.erased.items()) if number) or "nothing"
        self.stdout.write(
            f"Put back: the site of {done.backup.made_at:%Y-%m-%d %H:%M:%S %Z}, {done.people} people, "
            f"{done.files} uploads. Erased again: {again}. Everybody was signed out."
        )
