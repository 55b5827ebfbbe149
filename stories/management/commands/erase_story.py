from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from stories.domain.erasing import erase_due_stories, erase_story
from stories.models import Withdrawal


class Command(BaseCommand):
    help = (
        "Erase a story that its storyteller took away, by its number, or all whose time has come. "
        "Goes on where it was cut off; run clear_traces afterwards to make the database itself forget."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", type=UUID, help="the number of the story; left out: all that are due")

    def handle(self, *, number, **options):
        if number is None:
            done = 0
            while erase_due_stories():
                done += 1
            self.stdout.write(f"{done} stories erased.")
            return
        try:
            erase_story(number)
        except Withdrawal.DoesNotExist as error:
            raise CommandError("No story with this number was taken away.") from error
        self.stdout.write("Erased.")
