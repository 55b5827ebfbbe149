from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.roles import sync_roles
from stories.domain.checking import sync_check
from training.demo.beside import load_beside
from training.demo.cast import GROUPS
from training.demo.files import read_content
from training.demo.finished import load_finished
from training.demo.meetings import load_meetings
from training.demo.pages import load_pages
from training.demo.people import demo_hash, load_people
from training.demo.recordings import load_recordings
from training.demo.registers import load_registers
from training.demo.shapes import DemoFileError
from training.demo.volume import load_volume
from training.demo.volume_planning import plan_volume


class Command(BaseCommand):
    help = "Fill the site with made-up stories, a training and people, from training/demo. Again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--participants", type=int, default=0, metavar="N", help="have N more people, to measure with"
        )
        parser.add_argument("--groups", type=int, metavar="M", help="spread them over M groups; left out: 25 in each")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another number makes other people")

    def handle(self, *, participants, groups, seed, **options):
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("load_demo makes accounts with a public password: it runs only with DEMO=1 or DEBUG=1.")
        if participants < 0 or (groups is not None and groups < 1):
            raise CommandError("--participants takes 0 or more, --groups 1 or more.")
        password = demo_hash()
        sync_roles()  # the storytellers among the pages have one
        try:
            content = read_content()
            recordings = load_recordings(content.recordings)
            pages = load_pages(content, recordings)
        except DemoFileError as error:
            raise CommandError(str(error)) from error
        sync_roles()
        sync_check()
        people = load_people(pages, password)
        self.stdout.write(
            f"{pages.number} pages, {pages.published} of them published now; {len(recordings)} recordings."
        )
        self.stdout.write(f"{people} people in {len(GROUPS)} groups and around them.")
        try:
            beside = load_beside(content, pages)
        except DemoFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{beside} reactions, cards and kept pages made now.")
        self.stdout.write(f"{load_meetings()} meetings planned now.")
        self.stdout.write(f"{load_registers()} register numbers filled in now.")
        self.stdout.write(f"{load_finished()} certificates given now.")
        if participants:
            groups = groups or -(-participants // 25)
            added = load_volume(pages, participants=participants, groups=groups, seed=seed, password=password)
            self.stdout.write(f"{added} participants added for measuring, {participants} asked for.")
            self.stdout.write(
                f"{plan_volume(groups=groups, seed=seed, password=password)} groups planned for measuring."
            )
        self.tell_accounts()

    def tell_accounts(self):
        self.stdout.write(f"\n{settings.SITE_URL}   password for all: {PASSWORD}")
        with override("en"):  # as all that commands say
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.email:24} {account.name:18} {account.about}")
