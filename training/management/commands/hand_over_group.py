"""`manage.py hand_over_group JLMW-2027-01 ilse@example.nl`: for a group whose last coordinator is gone."""

from django.core.management.base import BaseCommand, CommandError

from accounts.choices import Role
from accounts.domain.people import person_with
from common.policies import has_role
from training.domain.groups import hand_over
from training.models import TrainingGroup


class Command(BaseCommand):
    help = "Lets a coordinator lead a group as well: also one that nobody leads any more."

    def add_arguments(self, parser):
        parser.add_argument("code", help="of the group, as it stands on its page")
        parser.add_argument("email")

    def handle(self, *, code, email, **options):
        group, person = TrainingGroup.objects.filter(code=code).first(), person_with(email)
        if group is None:
            raise CommandError(f"No group has the code {code}.")
        if person is None or not has_role(person, Role.COORDINATOR):
            raise CommandError(f"Nobody is a coordinator here with the address {email}.")
        hand_over(group, to=person, by=None)
        self.stdout.write(f"{person} leads {group}.")
