from django.core.management.base import BaseCommand

from accounts.roles import sync_roles


class Command(BaseCommand):
    help = "Gives every role exactly the rights that accounts/roles.py says. Every migrate does so too."

    def handle(self, *args, **options):
        sync_roles()
        self.stdout.write("Every role has its rights.")
