"""The people whom a visitor of the demo may look around as. Nothing here works where DEMO is off."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.choices import Role

PASSWORD = "keukentafel"  # noqa: S105 - the demo's public password; load_demo refuses to run where DEBUG and DEMO are both off


@dataclass(frozen=True)
class DemoAccount:
    """One made-up person: `about` says in a few words what there is to see as them; `on_strip` puts them on the front
    page.
    """

    key: str
    email: str
    name: str
    about: str
    role: str = ""
    on_strip: bool = False

    @property
    def first_name(self):
        return self.name.split(" ")[0]


ACCOUNTS = [
    DemoAccount("samira", "deelnemer@demo.test", "Samira El Amrani", _("participant"), on_strip=True),
    DemoAccount("daan", "nieuw@demo.test", "Daan Visser", _("just begins"), on_strip=True),
    DemoAccount("hanneke", "klaar@demo.test", "Hanneke Bos", _("has finished"), on_strip=True),
    DemoAccount("noor", "co-trainer@demo.test", "Noor", _("co-trainer"), Role.CO_TRAINER, on_strip=True),
    DemoAccount("marieke", "trainer@demo.test", "Marieke de Wit", _("trainer"), Role.TRAINER, on_strip=True),
    DemoAccount("ilse", "coordinator@demo.test", "Ilse Verbruggen", _("coordinator"), Role.COORDINATOR, on_strip=True),
    DemoAccount("roel", "coordinator2@demo.test", "Roel Aarts", _("coordinator of another group"), Role.COORDINATOR),
    DemoAccount("beheer", "beheer@demo.test", "Petra Smit", _("administrator"), Role.ADMINISTRATOR, on_strip=True),
]
