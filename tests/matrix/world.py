"""The world of the matrix: the cast, the pages and one private object of each kind, each with its planted word.

Who may read what is the table of the trust rule; a reader named first comes across the word for sure.
"""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from accounts.roles import sync_roles
from home.models import ContactSettings, ContentPage, Term
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryTag, Theme
from tests.factories.enrolments import enrol
from tests.factories.exercises import add_exercise
from tests.factories.groups import make_group
from tests.factories.modules import add_module, add_training, edited, five_steps, raw_step
from tests.factories.pages import add_page, build_site, find_site
from tests.factories.people import make_person
from tests.factories.stories import add_story
from tests.matrix.after import come_back_to_it
from tests.matrix.editor import work_in_the_editor
from tests.matrix.importing import bring_lists
from tests.matrix.planning import plan_meetings
from tests.matrix.private import write_what_is_private
from tests.matrix.professionals import interview_professionals
from tests.matrix.registers import write_numbers
from tests.matrix.words import COMMON, Words

ROLES = ("visitor", "stranger", "samira", "daan", "noor", "marieke", "ilse", "roel", "petra")
STAFF = {"noor": "co-trainer", "marieke": "trainer", "ilse": "coordinator", "roel": "coordinator"}
TEAM = " ".join(["noor", "marieke", "ilse"])
PASSWORD = "keukentafel-aan-het-raam"


def build_world():
    """Build it in the database and return it: people, pages and rows by name, and `words`, all that was planted."""
    world = SimpleNamespace(words=Words(), site=find_site() or build_site())
    sync_roles()
    invite_the_cast(world)
    publish(world)
    form_groups(world)
    plan_meetings(world)
    write_numbers(world)
    bring_lists(world)
    write_what_is_private(world)
    hide_pages(world)
    work_in_the_editor(world)
    come_back_to_it(world)
    return world


# ── People ─────────────────────────────────────────────────────────────────────
def invite_the_cast(world):
    """Everybody has a password but the stranger, who signs in by code."""
    for name in ("samira", "daan"):
        setattr(world, name, participant(world, name))
    for name, role in STAFF.items():
        setattr(world, name, colleague(world, name, role, f"{name} petra"))
    world.petra = colleague(world, "petra", "administrator", "petra")
    world.stranger = make_person("Onbekende Buurman")
    world.fatma = colleague(world, "fatma", "co-trainer", "petra")  # of no group of theirs
    world.vera = make_person(f"Vera {world.words.plant('the name of who is being erased', 'petra')}", is_active=False)


def participant(world, name):
    """Names and the one line are for the group, its team and the administrator; an address is for fewer."""
    others = f"samira daan {TEAM} petra"
    known = {
        "email": f"{world.words.plant(f'the address of {name}', f'{name} ilse petra')}@example.test",
        "about_me": f"Ik ben {world.words.plant(f'the one line of {name}', f'{name} {others}')}.",
    }
    shown = f"{name.title()} {world.words.plant(f'the name of {name}', f'{name} {others}')}"
    return make_person(shown, "participant", password=PASSWORD, **known)


def colleague(world, name, role, readers):
    address = world.words.plant(f"the address of {name}", readers)
    return make_person(name.title(), role, email=f"{address}@example.test", password=PASSWORD)


def form_groups(world):
    name = world.words.plant("the name of a group", "ilse noor marieke petra samira daan")
    team = {"coordinators": [world.ilse], "trainers": [world.marieke], "co_trainers": [world.noor]}
    world.group = make_group(world.training, f"Groep {name}", **team)
    world.other_group = make_group(world.training, "Breda najaar", coordinators=[world.roel])
    world.enrolment = enrol(world.samira, world.training, group=world.group)
    enrol(world.daan, world.training, group=world.group)


# ── Pages ──────────────────────────────────────────────────────────────────────
def publish(world):
    site = world.site
    world.contact, _made = ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34"})
    world.term = Term.objects.create(article="de", singular="klant", plural="klanten", possessive="van de klant")
    world.theme = Theme.objects.create(name="Wachten", slug="wachten")
    world.training = add_training(site.trainings)
    world.story = add_story(site.stories, "De stoel bij het raam", owner=world.fatma, short_version="Zij zat daar.")
    StoryTag.objects.create(tag=world.theme, content_object=world.story)
    world.exercise = add_exercise(site.exercises)
    world.module = add_module(world.training, "Luisteren", five_steps(story=world.story, exercise=world.exercise))


def hide_pages(world):
    """What is not, or not yet, for everybody. Their addresses hold no planted word: whoever asks for one says it."""
    hide_stories(world)
    hide_training(world)
    restrict_pages(world)
    interview_professionals(world)
    names = ("draft", "own_draft", "hidden_module", "hidden_exercise", "module", "closed")
    world.private_pages = [getattr(world, name) for name in names]


def hide_stories(world):
    """Nobody meets another's draft, whatever role they have; a word of Noor's own is the control."""
    plant, stories = world.words.plant, world.site.stories
    title = plant("the title of another's draft story", "", in_cms=True)
    words = plant("the words of another's draft story", "", in_cms=True)
    world.draft = add_story(
        stories,
        f"{COMMON} {title}",
        words=f"<p>{COMMON} {words}</p>",
        owner=world.fatma,
        recording=world.recording,
        live=False,
        slug="concept",
    )
    title = plant("the title of noor's draft story", "noor", in_cms=True)
    world.taken = take_away(world)
    world.own_draft = add_story(stories, f"{COMMON} {title}", owner=world.noor, live=False, slug="van-noor")


def take_away(world):
    """A story that Noor took away for good: her receipt holds its title and her words until they are erased."""
    title = world.words.plant("the title of a story that noor took away", "noor", in_cms=True)
    words = world.words.plant("the words of a story that noor took away", "noor")
    story = add_story(world.site.stories, title, words=f"<p>{words}</p>", owner=world.noor, slug="weg")
    return withdraw_story(story, by=world.noor)


def hide_training(world):
    def plant(place):
        return world.words.plant(place, "marieke petra", in_cms=True)

    title, step = plant("the title of a module that is not online"), plant("a step of a module that is not online")
    world.hidden_module = add_module(
        world.training, f"{COMMON} {title}", [raw_step("stil", slug="stil", title=step)], live=False, slug="verborgen"
    )
    title = plant("the title of an exercise that is not online")
    world.hidden_exercise = add_exercise(world.site.exercises, f"{COMMON} {title}", live=False, slug="verborgen")
    newer = edited(world.module, lambda steps: steps)
    newer.title = f"{COMMON} {plant('the newer title of a module')}"
    newer.save_revision(user=world.marieke)


def restrict_pages(world):
    """A page and a story for the group of trainers, a page and a story for everybody with an account, and a page that
    is not online; the administrator works on all of them.
    """
    home, stories = world.site.home, world.site.stories
    title, text = (
        world.words.plant(f"the {part} of a page for trainers", "marieke petra") for part in ("title", "text")
    )
    world.closed = add_page(home, ContentPage(title=f"{COMMON} {title}", slug="trainers", intro=text))
    world.restriction = restrict(world.closed, "groups")
    title, words = (world.words.plant(f"the {part} of a story for trainers", "marieke") for part in ("title", "words"))
    restrict(add_story(stories, title, words=f"<p>{words}</p>", slug="voor-trainers"), "groups")
    restrict(add_page(home, ContentPage(title="Voor leden", slug="voor-leden")), "login")
    restrict(add_story(stories, "Voor leden verteld", slug="voor-leden"), "login")
    title = world.words.plant("the title of a page that is not online", "petra", in_cms=True)
    add_page(home, ContentPage(title=f"{COMMON} {title}", slug="verborgen", live=False))


def restrict(page, kind):
    """Close `page` to who is not signed in ("login") or is no trainer ("groups")."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(Group.objects.filter(name="trainer") if kind == "groups" else [])
    return restriction
