"""In place of Wagtail's command of this name, which stops at the first page that can't go online. The mail worker does
the same by itself (common/scheduling.py): no cron is needed.
"""

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from common.scheduling import publish_due


class Command(WagtailCommand):
    help = "Publish the planned versions of pages whose moment has come, and take offline what ends."

    def handle(self, *args, dryrun=False, **options):
        if dryrun:
            super().handle(*args, dryrun=True, **options)
        else:
            self.stdout.write(f"{publish_due()} handled.")
