"""What the demo's people wrote around the pages: reactions, cards, what somebody keeps; and ways to professionals."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError

from accounts.models import User
from mail.models import OutboxMail
from stories.domain.moderating import waiting_for
from stories.domain.reacting import take_away
from stories.models import Bookmark, HouseRules, PageChoices, Reaction, RuleAcceptance, ThankYou
from stories.talk_emails import REACTION_ANSWERED, REACTIONS_CAME, REACTIONS_WAIT
from tests.training.demo.hands import load, rewrite
from training.models import ModulePage

ESSAY = "/vakmensen/hoe-noemen-we-elkaar/"
STAIRS = "/verhalen/een-keer-vaker-dan-de-rest/"
BAG = "/verhalen/de-tas-onder-het-bed/"


def person(email):
    return User.objects.get(email=email)


def texts(response, css):
    found = BeautifulSoup(response.content, "html.parser").select(css)
    return [" ".join(one.get_text(" ", strip=True).split()) for one in found]


def rows():
    models = (PageChoices, Reaction, RuleAcceptance, ThankYou, Bookmark, HouseRules, OutboxMail)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


# ── Loading ────────────────────────────────────────────────────────────────────
def test_loading_again_changes_nothing_and_makes_nothing(loaded):
    before = rows()

    said = load()

    assert rows() == before
    assert "0 reactions, cards and kept pages made now." in said
    assert "24 reactions, cards and kept pages made now." in loaded


def test_what_a_visitor_did_stays(loaded):
    reaction = Reaction.objects.filter(author__email="dennis.claassen@demo.test").get()
    take_away(reaction, by=reaction.author)
    Bookmark.objects.filter(user__email="deelnemer@demo.test").first().delete()
    ThankYou.objects.filter(receiver__email="co-trainer@demo.test").update(reading="kept")
    before = rows()

    load()

    assert rows() == before


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('to = "n2"', 'to = "n9"', "n3: to is 'n9'. Expected one of: n1, n2."),
        ('page = "gerda-van-de-was"', 'page = "gerda"', "page is 'gerda'. Expected one of: "),
        ("waits = true", 'waits = "ja"', "waits is 'ja'. Expected: true or false."),
        ("bram.kuipers@", "bram.kuiper@", "who is 'bram.kuiper@demo.test'. Expected: the address of a demo person"),
    ],
)
def test_a_wrong_file_stops_with_its_name_and_what_is_expected(loaded, own_files, old, new, complaint):
    rewrite(own_files / "beside.toml", old, new)

    with pytest.raises(CommandError, match=f"^beside.toml.*{re.escape(complaint)}"):
        load()


def test_a_sentence_that_is_not_in_its_story_is_named(loaded, own_files):
    ThankYou.objects.all().delete()
    rewrite(own_files / "beside.toml", 'sentence = "Vijftien kopjes."', 'sentence = "Zestien kopjes."')

    with pytest.raises(CommandError, match=r"^beside.toml: sentence is 'Zestien kopjes.'"):
        load()


# ── Reactions ──────────────────────────────────────────────────────────────────
def test_the_talk_under_the_essay_is_over_with_its_reason_and_a_summary_on_top(loaded, client):
    page = client.get(ESSAY)

    assert len(texts(page, ".reaction__words")) == 9
    assert texts(page, "#reageer form") == []
    written = " ".join(texts(page, "#reacties"))
    assert ["We hebben samen gekozen." in written, "We zochten een woord" in written] == [True, True]


def test_a_story_is_open_to_reactions_of_who_signs_in(loaded, client):
    assert len(texts(client.get(STAIRS), ".reaction__words")) == 3
    client.force_login(person("deelnemer@demo.test"))
    assert texts(client.get(STAIRS), "#reageer form") != []


def test_one_reaction_waits_for_who_looks_after_them(loaded, client):
    assert len(texts(client.get(BAG), ".reaction__words")) == 2
    assert [waiting_for(person(f"{who}@demo.test")) for who in ("trainer", "coordinator", "deelnemer")] == [1, 1, 0]


def test_nobody_is_mailed_about_what_was_loaded(loaded):
    kinds = (REACTIONS_CAME, REACTION_ANSWERED, REACTIONS_WAIT)

    assert OutboxMail.objects.filter(kind__in=kinds).count() == 0


def test_the_rules_have_their_page(loaded):
    assert HouseRules.objects.get().online_page.slug == "spelregels"


# ── Cards and keeping ──────────────────────────────────────────────────────────
def test_noor_has_two_unread_cards_and_one_that_she_answered_and_shows(loaded, client):
    mine = ThankYou.objects.filter(receiver=person("co-trainer@demo.test"), state="passed_on")
    assert sorted(mine.values_list("reading", flat=True)) == ["shown", "unread", "unread"]
    client.force_login(person("co-trainer@demo.test"))
    assert len(texts(client.get("/vertellers/kaartjes/"), ".cards__list .status--busy")) == 2

    client.logout()
    beside = client.get(STAIRS).content.decode()
    assert ["Die van mij heeft er dertien." in beside, "Kraakt er een?" in beside] == [True, True]


def test_a_card_waits_to_be_read_along(loaded, client):
    client.force_login(person("trainer@demo.test"))

    card = ThankYou.objects.get(state="waiting")
    assert f"/kaartjes/nakijken/{card.uuid}/" in client.get("/kaartjes/nakijken/").content.decode()


def test_samira_finds_what_she_keeps(loaded, client):
    client.force_login(person("deelnemer@demo.test"))
    shelf = client.get("/mijn/bewaard/").content.decode()

    found = ["Het belletje van vier uur", "Ik ben geen hulp", "De stoel bij het raam"]
    assert sorted(found, key=shelf.index) == found
    assert Bookmark.objects.count() == 3


# ── Links to professionals ─────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("module", "page"),
    [
        ("naast-elkaar-staan", "gerda-van-de-was"),
        ("iets-extras-doen", "marieke-over-stilte"),
        ("regels-ruimte-en-je-netwerk", "tom-en-de-vijfentwintig-minuten"),
    ],
)
def test_the_step_to_read_leads_to_the_interview(loaded, client, module, page):
    client.force_login(person("deelnemer@demo.test"))
    step = ModulePage.objects.get(slug=module).step_at("lezen")
    shown = client.get(step.address(ModulePage.objects.get(slug=module)))

    links = [one["href"] for one in BeautifulSoup(shown.content, "html.parser").select("main a[href*=vakmensen]")]
    assert [link.removeprefix("http://localhost:8000") for link in links] == [f"/vakmensen/{page}/"]
    assert client.get(f"/vakmensen/{page}/").status_code == 200
