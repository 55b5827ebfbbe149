from django.core.management.base import BaseCommand, CommandError

from accounts.choices import Role
from accounts.domain.people import create_person, person_with
from accounts.domain.roles import give_role


class Command(BaseCommand):
    help = "Gives somebody a role from the server: the first administrator. --name makes the account if there is none."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--name", default="", help="make the account with this name when there is none")

    def handle(self, *, email, role, name, **options):
        person = person_with(email)
        if person is None and not name:
            raise CommandError(f"Nobody has an account with {email}. With --name one is made.")
        person = person or create_person(email, name=name)
        changed = give_role(person, role, by=None)
        self.stdout.write(f"{person} {'is now' if changed else 'was already'} {role}.")
