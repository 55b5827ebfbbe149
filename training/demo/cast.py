"""The made-up people of the demo's groups: who they are, how far they came, and what some of them wrote."""

from dataclasses import dataclass

from accounts.choices import Role, Work


@dataclass(frozen=True)
class Said:
    """What somebody kept at one question: `words` by part, `value` a position, `look_back` in so many days."""

    exercise: str
    prompt: str
    words: dict
    value: str = ""
    look_back: int | None = None


@dataclass(frozen=True)
class Person:
    """Somebody without a button on the front page: nobody signs in as them."""

    email: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class Participant:
    """`done` holds the numbers of finished modules, `busy` a number with how many of its steps are done.

    They began `began` days ago and did their last step `quiet` days ago.
    """

    email: str
    name: str
    work: str = Work.CARE
    done: tuple = ()
    busy: tuple = ()
    began: int = 0
    quiet: int = 0
    said: tuple = ()


@dataclass(frozen=True)
class DemoGroup:
    """A group with its team (e-mail addresses) and participants."""

    slug: str
    name: str
    coordinator: str
    trainer: str
    co_trainers: tuple
    participants: tuple


ALL = (1, 2, 3, 4, 5, 6, 7, 8)
SAMIRA_SAID = (
    Said(
        "luisteren-aankomen",
        "deze-week",
        {"text": "Mijn buurvrouw. Ze legde haar telefoon in de la. Toen dacht ik: nu kan ik het vertellen."},
    ),
    Said("luisteren-verhaal", "schrijven", {}, value="5"),
    Said(
        "luisteren-verhaal",
        "ogen",
        {"text": "Op mijn scherm. Ik typte mee. Ik weet nog wat hij zei, maar niet hoe hij keek."},
    ),
    Said(
        "doorvragen-aankomen",
        "vraag",
        {"text": "Mijn oma vroeg wat ik toen deed. Ze vroeg niet waarom. Ik heb het haar wel verteld."},
    ),
    Said(
        "naast-elkaar-voornemen",
        "voornemen",
        {
            "when": "ik merk dat ik over iemand schrijf wat ik niet tegen haar zou zeggen",
            "then": "stop ik met typen en bel ik haar eerst",
            "smaller": "alleen bij het verslag van vrijdag",
            "obstacle": "het is vrijdagmiddag en ik wil naar huis",
        },
        look_back=14,
    ),
    Said(
        "afspraken-aankomen",
        "openstaand",
        {"text": "Ik zou Nadia laten weten of haar zus mag komen eten. Al negen dagen. Haar zus wacht ook."},
    ),
)
HANNEKE_SAID = (
    Said(
        "dankjewel-aankomen",
        "geen-afscheid",
        {"text": "Van een jongen die op een maandag weg was. Ik had nog een boek van hem."},
    ),
    Said(
        "dankjewel-voornemen",
        "voornemen",
        {
            "when": "ik voor de laatste keer bij iemand ben",
            "then": "laat ik de papieren in mijn tas en vraag ik wat zij nog wil zeggen",
        },
        look_back=21,
    ),
)

TILBURG = DemoGroup(
    slug="tilburg-najaar",
    name="Tilburg najaar",
    coordinator="coordinator@demo.test",
    trainer="trainer@demo.test",
    co_trainers=("co-trainer@demo.test",),
    participants=(
        Participant(
            "deelnemer@demo.test", "Samira El Amrani", done=(1, 2, 3), busy=(4, 2), began=40, quiet=2, said=SAMIRA_SAID
        ),
        Participant("mirjam.peters@demo.test", "Mirjam Peters", done=ALL, began=44, quiet=4),
        Participant("nieuw@demo.test", "Daan Visser"),
        Participant("petra.bosman@demo.test", "Petra Bosman", done=(1,), busy=(2, 2), began=43, quiet=36),
        Participant("dennis.claassen@demo.test", "Dennis Claassen", done=(1, 2, 3), busy=(4, 1), began=42, quiet=6),
        Participant("ayse.demir@demo.test", "Ayşe Demir", done=(1, 2, 3, 4, 5), busy=(6, 3), began=44, quiet=1),
        Participant(
            "wouter@demo.test",
            "Wouter van der Heijden",
            work=Work.MANAGER,
            done=(1, 2, 3, 4),
            busy=(7, 2),
            began=41,
            quiet=9,
        ),
        Participant(
            "lukasz.nowak@demo.test", "Łukasz Nowak", work=Work.HOST, done=(1, 2, 6), busy=(3, 3), began=39, quiet=5
        ),
        Participant(
            "yvonne.smits@demo.test",
            "Yvonne Smits",
            work=Work.HOST,
            done=(1, 2, 3, 4, 5, 6),
            busy=(7, 1),
            began=44,
            quiet=3,
        ),
    ),
)
BREDA = DemoGroup(
    slug="breda",
    name="Breda",
    coordinator="coordinator2@demo.test",
    trainer="sietske.hoekstra@demo.test",
    co_trainers=(),
    participants=(
        Participant(
            "chantal.martina@demo.test", "Chantal Martina", work=Work.HOST, done=(1,), busy=(2, 3), began=24, quiet=2
        ),
        Participant("bram.kuipers@demo.test", "Bram Kuipers", work=Work.MANAGER, done=(1, 2), began=23, quiet=8),
        Participant("kaveh.rahimi@demo.test", "Kaveh Rahimi", busy=(1, 3), began=12, quiet=11),
        Participant("fleur.de.bruin@demo.test", "Fleur de Bruin"),
    ),
)
# It is over: Hanneke and Lieke have their certificate, Ton was there too little for one.
ZOMER = DemoGroup(
    slug="tilburg-zomer",
    name="Tilburg zomer",
    coordinator="coordinator@demo.test",
    trainer="trainer@demo.test",
    co_trainers=("co-trainer@demo.test",),
    participants=(
        Participant("klaar@demo.test", "Hanneke Bos", done=ALL, began=62, quiet=12, said=HANNEKE_SAID),
        Participant("lieke.jansen@demo.test", "Lieke Jansen", done=ALL, began=60, quiet=11),
        Participant("ton.verhagen@demo.test", "Ton Verhagen", work=Work.HOST, done=(1, 2), began=61, quiet=37),
    ),
)
GROUPS = (TILBURG, BREDA, ZOMER)
OTHERS = (Person("sietske.hoekstra@demo.test", "Sietske Hoekstra", Role.TRAINER),)
