"""Sends what is in the outbox and does the site's small chores, until it is stopped; `--once` does one round (cron)."""

import signal

from django.core.management.base import BaseCommand, CommandError

from mail.worker import DatabaseIsAway, Worker


class Command(BaseCommand):
    help = "Send the mails in the outbox and do the site's chores."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due now, then stop")
        parser.add_argument("--poll", type=float, default=1.0, help="seconds between two looks (1.0)")

    def handle(self, *args, once, poll, **options):
        worker = Worker()
        before = {number: signal.signal(number, worker.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            worker.round() if once else worker.run(max(poll, 0.05))
        except DatabaseIsAway as error:
            raise CommandError(f"The database is away: {error}") from error
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
