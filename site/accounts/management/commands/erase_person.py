from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.personal_data.compacting import DatabaseIsBusy, clear_traces
from accounts.personal_data.erasing import ErasingStopped, erase_now


class Command(BaseCommand):
    help = "Erase somebody now, without days to think. After an interruption the same command goes on."

    def add_arguments(self, parser):
        parser.add_argument("person", type=UUID, help="the person's uuid")
        parser.add_argument("--no-input", action="store_true", help="do not ask first")

    def handle(self, *, person, no_input, **options):
        if not no_input and input(f"Erase {person}, without a way back? Type yes: ") != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erase_now(person)
            clear_traces()
        except User.DoesNotExist as error:
            raise CommandError("Nobody here has this uuid.") from error
        except ErasingStopped as error:
            raise CommandError(f"It stopped half way, at {error}. Run this again: it goes on there.") from error
        except DatabaseIsBusy as error:
            raise CommandError(f"Erased. {error} Run clear_traces later.") from error
        self.stdout.write("Erased.")
