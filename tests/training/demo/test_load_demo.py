"""The demo: made from files, complete, and the same however often it is loaded."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page, Revision, Site
from wagtail.permissions import policy_registry

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import User
from mail.models import OutboxMail
from media.models import Recording
from stories.models import StoryPage
from tests.training.demo.hands import load, rewrite
from training.demo import files
from training.demo.keys import block_key, page_key
from training.demo.pages import load_pages
from training.demo.recordings import load_recordings
from training.demo.volume import load_volume
from training.domain.intentions import latest_intention
from training.domain.overview import going_on, module_standings
from training.domain.progress import finish_step, reopen_step
from training.models import (
    Answer,
    Attendance,
    CalendarInvite,
    Enrolment,
    GroupPlace,
    Meeting,
    MeetingStaff,
    ModulePage,
    ModuleProgress,
    StepProgress,
    TrainingGroup,
)
from training.reports import groups_of

AFSPRAKEN = page_key("modules", "afspraken-nakomen")


def enrolment_of(key):
    email = next(account.email for account in ACCOUNTS if account.key == key)
    return Enrolment.objects.select_related("person", "training").get(person__email=email)


def standings_of(enrolment):
    return module_standings(enrolment, enrolment.training.modules)


def everything():
    """All that loading again must leave as it is, as plain values."""
    models = (
        Page, Revision, Site, Recording, User, TrainingGroup, GroupPlace, Enrolment, Meeting, MeetingStaff, Attendance,
        CalendarInvite, OutboxMail,
    )  # fmt: skip
    return {
        "counts": {model.__name__: model.objects.count() for model in models},
        "blocks": {module.key: module.step_keys for module in ModulePage.objects.all()},
        "order": list(Page.objects.order_by("path").values_list("url_path", flat=True)),
        "passwords": dict(User.objects.values_list("email", "password")),
        "steps": list(StepProgress.objects.order_by("pk").values_list()),
        "modules": list(ModuleProgress.objects.order_by("pk").values_list()),
        "answers": list(Answer.objects.order_by("pk").values("pk", "words", "value", "saved_at")),
    }


# ── Where it runs ──
def test_it_refuses_where_neither_debug_nor_demo_is_on(db, settings):
    settings.DEBUG = settings.DEMO = False
    before = User.objects.count()

    with pytest.raises(CommandError, match=r"only with DEMO=1 or DEBUG=1\.$"):
        load(participants=1)

    assert User.objects.count() == before


def test_loading_again_changes_nothing(loaded):
    before = everything()

    load()

    assert everything() == before


# ── Pages ──
def test_the_front_page_stands_at_the_sites_own_address(loaded, settings):
    settings.SITE_URL = "https://leren.voorbeeld.nl"
    load()

    site = Site.objects.get(is_default_site=True)
    home = site.root_page.specific

    assert (site.hostname, site.port) == ("leren.voorbeeld.nl", 443)
    assert (home.title, home.slug) == ("Jouw leven is mijn werk", "home")
    assert home.featured_story.slug == "het-belletje-van-vier-uur"
    assert home.training.slug == "jouw-leven-is-mijn-werk"


def test_every_page_has_one_revision_and_is_live_but_for_two_stories(loaded):
    pages = list(Page.objects.filter(depth__gt=1).specific())
    away = {"brief-die-niet-aankwam", "het-grijze-bankje"}

    assert len(pages) == Revision.objects.count() == 70
    assert {page.slug for page in pages if not page.live or page.has_unpublished_changes} == away
    assert [problem for page in pages if page.slug not in away for problem in page.publish_problems()] == []


def test_modules_and_steps_have_the_keys_and_addresses_of_their_files(loaded):
    module = ModulePage.objects.get(translation_key=AFSPRAKEN)

    assert module.module_address == "/training/jouw-leven-is-mijn-werk/afspraken-nakomen/"
    assert [step.slug for step in module.step_list] == ["aankomen", "kijken", "verhaal", "samen-praten", "voornemen"]
    assert module.step_keys == [block_key(AFSPRAKEN, step.slug) for step in module.step_list]
    assert module.step_list[1].recording_id == Recording.objects.get(type="video").pk


def test_a_changed_file_is_published_on_the_same_page(loaded, own_files):
    before = everything()
    rewrite(
        own_files / "modules" / "04-afspraken-nakomen.toml", "Wie rekent er deze week op jou?", "Wie wacht & hoopt?"
    )

    said = load()

    after = everything()
    assert "69 pages, 1 of them published now" in said
    assert ModulePage.objects.get(translation_key=AFSPRAKEN).opening_question == "Wie wacht & hoopt?"
    assert after["counts"] == before["counts"] | {"Revision": before["counts"]["Revision"] + 1}
    assert [after[name] == before[name] for name in ("blocks", "steps", "answers")] == [True, True, True]


def test_what_an_editor_changed_stays_until_the_file_changes(loaded, own_files):
    editor = User.objects.get(email="trainer@demo.test")
    module = ModulePage.objects.get(translation_key=AFSPRAKEN)
    module.about = "Van Marieke."
    module.save_revision(user=editor).publish()

    load()
    kept = ModulePage.objects.get(translation_key=AFSPRAKEN).about
    rewrite(own_files / "modules" / "04-afspraken-nakomen.toml", 'about = "', 'about = "Nieuw. ')
    load()

    assert kept == "Van Marieke."
    assert ModulePage.objects.get(translation_key=AFSPRAKEN).about.startswith("Nieuw. ")


def test_the_order_follows_the_files(loaded, own_files):
    rewrite(own_files / "stories" / "ik-wilde-het-verkeerde.toml", "order = 10", "order = 0")

    load()

    stories = StoryPage.objects.open().order_by("path")
    assert [stories[0].slug, stories[1].slug] == ["ik-wilde-het-verkeerde", "het-belletje-van-vier-uur"]


def test_text_is_escaped_where_it_becomes_rich_text(loaded, own_files):
    rewrite(own_files / "pages.toml", "Je vertelt wat je kwijt wilt.", "Je vertelt <b>wat</b> & wie.")

    load()

    body = Page.objects.get(slug="spelregels").specific.body
    assert "<ul><li>Je vertelt &lt;b&gt;wat&lt;/b&gt; &amp; wie. De rest" in body[1].value.source


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "training.toml",
            "strapline =",
            "strapleine =",
            "training.toml: “strapleine” is not known here. Expected only: ",
        ),
        (
            "modules/01-luisteren.toml",
            'kind = "arrive"',
            'kind = "arrived"',
            "steps aankomen: kind is 'arrived'. Expected",
        ),
        (
            "modules/01-luisteren.toml",
            'exercise = "luisteren-lezen"',
            'exercise = "lezen"',
            "modules/01-luisteren.toml: steps lezen: exercise is 'lezen'. Expected one of: afspraken-aankomen, ",
        ),
        ("modules/01-luisteren.toml", 'id = "lezen"', 'id = "aankomen"', "the id 'aankomen' stands there twice"),
        ("exercises/tijd-aankomen.toml", "minutes = ", "minutes = true #", "minutes is True. Expected: a whole number"),
        (
            "exercises/tijd-aankomen.toml",
            "question = ",
            f'maker = "{"x" * 81}"\nquestion = ',
            "tijd-aankomen.toml: block 1, maker",
        ),
        (
            "media/media.toml",
            '"het-belletje.m4a"',
            '"weg.m4a"',
            "file is 'weg.m4a', and that file is not there. Expected",
        ),
        ("pages.toml", "[contact]", "[contact", "pages.toml can't be read: "),
        (
            "professionals/gerda-van-de-was.toml",
            'checked_on = "2026-08-27"',
            'checked_on = "in augustus"',
            "professionals/gerda-van-de-was.toml: checked_on is 'in augustus'. Expected: a day",
        ),
        (
            "professionals/gerda-van-de-was.toml",
            'tags = ["naast elkaar"',
            'tags = ["naast elkander"',
            "professionals/gerda-van-de-was.toml: tags is 'naast elkander'. Expected one of: afspraken nakomen, ",
        ),
    ],
)
def test_a_wrong_file_stops_with_its_name_and_what_is_expected(loaded, own_files, file, old, new, complaint):
    before = Revision.objects.count()
    rewrite(own_files / file, old, new)

    with pytest.raises(CommandError) as refusal:
        load()

    assert complaint in str(refusal.value)
    assert Revision.objects.count() == before


# ── People ──
def test_the_accounts_exist_and_sign_in_with_the_password(loaded, client):
    people = {person.email: person for person in User.objects.all()}

    assert len(ACCOUNTS) == 8
    for account in ACCOUNTS:
        assert client.login(email=account.email, password=PASSWORD)
        assert people[account.email].roles == ({account.role} if account.role else set())
        assert account.email in loaded
    assert len(people) == 33
    assert {person.email for person in people.values() if person.has_usable_password()} == {
        row.email for row in ACCOUNTS
    }
    assert [
        person for person in people.values() if person.is_superuser or person.has_perm("accounts.change_user")
    ] == []


def test_a_changed_password_is_put_back(loaded, client):
    samira = User.objects.get(email="deelnemer@demo.test")
    samira.set_password("iets anders")
    samira.save()

    load()

    assert client.login(email="deelnemer@demo.test", password=PASSWORD)


def test_the_groups_have_their_teams(loaded):
    groups = {
        group.name: (
            [person.display_name for person in group.coordinators.all()],
            [person.display_name for person in group.trainers.all()],
            [person.display_name for person in group.co_trainers.all()],
            group.places.count(),
        )
        for group in TrainingGroup.objects.all()
    }

    assert groups == {
        "Breda": (["Roel Aarts"], ["Sietske Hoekstra"], [], 5),
        "Tilburg najaar": (["Ilse Verbruggen"], ["Marieke de Wit"], ["Noor"], 11),
        "Tilburg zomer": (["Ilse Verbruggen"], ["Marieke de Wit"], ["Noor"], 3),
    }


def test_samira_goes_on_at_step_three_of_afspraken_nakomen(loaded):
    samira = enrolment_of("samira")

    here = going_on(samira, standings_of(samira))

    assert (here["current"].module.slug, here["step"].step.number) == ("afspraken-nakomen", 3)
    assert [standing.state for standing in standings_of(samira)] == ["done"] * 3 + ["busy"] + ["todo"] * 4
    assert latest_intention(samira).then == "stop ik met typen en bel ik haar eerst"
    assert Counter(samira.answers.values_list("kind", flat=True)) == {"open": 4, "statement": 1, "intention": 1}


def test_hanneke_finished_and_daan_did_not_begin(loaded):
    hanneke, daan = enrolment_of("hanneke"), enrolment_of("daan")

    assert {standing.state for standing in standings_of(hanneke)} == {"done"}
    assert hanneke.created_at < hanneke.started_at < hanneke.completed_at
    assert {standing.state for standing in standings_of(daan)} == {"todo"}
    assert (daan.started_at, daan.answers.count()) == (None, 0)


def test_what_a_visitor_did_stays(loaded):
    daan, samira = enrolment_of("daan"), enrolment_of("samira")
    module = daan.training.modules[0]
    finish_step(daan, module, module.step_keys[0])
    reopen_step(samira, daan.training.modules[3], daan.training.modules[3].step_keys[0])
    samira.answers.filter(kind="intention").delete()
    before = everything()

    load()

    assert everything() == before


# ── Rights ──
def test_each_role_has_its_own_rights_in_the_cms(loaded):
    def rights(email):
        person = User.objects.get(email=email)
        pages = {slug: Page.objects.get(slug=slug, depth=3) for slug in ("verhalen", "training", "over-ons")}
        acts = {slug: page.permissions_for_user(person) for slug, page in pages.items()}
        return (
            person.has_perm("wagtailadmin.access_admin"),
            [slug for slug, may in acts.items() if may.can_add_subpage()],
            [slug for slug, may in acts.items() if may.can_publish()],
            policy_registry.get_by_type(Recording).user_has_permission(person, "add"),
        )

    assert rights("deelnemer@demo.test") == (False, [], [], False)
    assert rights("coordinator@demo.test") == (True, [], [], False)  # the planning menu
    assert rights("co-trainer@demo.test") == (True, ["verhalen"], [], True)
    assert rights("trainer@demo.test") == (True, ["training"], ["training"], True)
    everywhere = ["verhalen", "training", "over-ons"]
    assert rights("beheer@demo.test") == (True, everywhere, everywhere, True)


# ── Volume ──
def test_made_up_participants_are_true_to_their_steps(loaded, capsys, client):
    load(participants=50, groups=3)

    call_command("check_progress")

    assert "No difference found." in capsys.readouterr().out
    people = Enrolment.objects.filter(person__email__endswith="@voorbeeld.test")
    finished = StepProgress.objects.filter(enrolment__in=people, done_at__isnull=False).count()
    in_training = sum(len(module.step_keys) for module in ModulePage.objects.all())
    coordinator = User.objects.get(email="coordinatie@voorbeeld.test")
    assert people.count() == 50
    assert client.login(email="p000030@voorbeeld.test", password=PASSWORD)
    assert not User.objects.get(email="p000031@voorbeeld.test").has_usable_password()
    assert sorted(groups_of(coordinator).values_list("people", flat=True)) == [16, 17, 17]
    assert 0.45 < finished / (50 * in_training) < 0.75
    assert Answer.objects.filter(enrolment__in=people).first().words["text"]
    for enrolment in people:
        all_done = enrolment.module_progress.filter(completed_at__isnull=False).count() == 8
        assert (enrolment.completed_at is not None) == all_done


def test_growing_adds_only_the_rest_and_the_same_people(loaded):
    content = files.read_content()
    pages = load_pages(content, load_recordings(content.recordings))

    def grow_to(number, seed=1):
        return load_volume(pages, participants=number, groups=2, seed=seed, password="!")

    with transaction.atomic():
        grow_to(40)
        at_once = lives()
        transaction.set_rollback(True)
    with transaction.atomic():
        grow_to(40, seed=2)
        with_another_seed = lives()
        transaction.set_rollback(True)

    assert [grow_to(number) for number in (15, 15, 40)] == [15, 0, 25]
    assert lives() == at_once
    assert lives() != with_another_seed


def lives():
    """What can be told of the made-up participants without times and keys."""
    people = User.objects.filter(email__endswith="@voorbeeld.test").order_by("email")
    return [
        (
            person.display_name,
            person.work,
            list(StepProgress.objects.filter(enrolment__person=person).order_by("pk").values_list("step_key", "state")),
            [answer.words for answer in Answer.objects.filter(enrolment__person=person).order_by("pk")],
        )
        for person in people
    ]
