"""What is new at somebody's start: card, certificate, what a co-trainer wrote, and what comes first for each role."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from stories.domain.card_room import cards_waiting, headline
from stories.models import Storyteller, ThankYou
from tests.factories.enrolments import enrol
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.aftercare import write_aftercare
from training.domain.finishing import issue_certificates, revoke_certificate
from training.domain.personal_cards import card_for, give_card, write_on_card
from training.domain.places import withdraw_place
from training.models import Certificate, Enrolment

pytestmark = pytest.mark.django_db
WORDS = "Jij wachtte tot ze klaar was."


def start_of(person):
    """Return what `person` reads when they come in."""
    browser = Client()
    browser.force_login(person)
    return BeautifulSoup(browser.get("/mijn/").content, "html.parser").find("main")


def said(page, css):
    found = page.select_one(css)
    return found and found.get_text(" ", strip=True)


def ways(page, css):
    return [link["href"] for link in page.select(f"{css} a")]


def first_of(page):
    return said(page, ".go__title"), said(page, ".actions .btn"), page.select_one(".actions .btn")["href"]


@pytest.fixture
def anna(take_part):
    """Who was there all the time and did the module."""
    return take_part("Anna", 165, 165)


@pytest.fixture
def end_address(small_group):
    return reverse("training:my_end", args=[small_group.uuid])


@pytest.fixture
def hanna(db):
    return make_person("Hanna Vos")


@pytest.fixture
def teller(noor, hanna):
    return Storyteller.objects.create(name="Noor", account=noor, support=hanna)


@pytest.fixture
def card_to(teller):
    """`card_to(noor, samira)` arrived and was not read."""

    def made(receiver, sender, **values):
        given = {"to_storyteller": teller, "to_name": "Noor"} if receiver.pk == teller.account_id else {}
        card = {"words": {"text": WORDS}, "state": "passed_on", **given, **values}
        return ThankYou.objects.create(receiver=receiver, sender=sender, **card)

    return made


# ── The end ────────────────────────────────────────────────────────────────────
def test_a_card_is_announced_when_it_is_given_by_who_wrote_it_until_it_is_read(anna, ilse, marieke, noor, end_address):
    person = anna.enrolment.person
    write_on_card(anna, WORDS, by=marieke)
    write_on_card(anna, "Dank je.", by=noor)
    before = ways(start_of(person), ".mail")
    give_card(anna, by=ilse)
    page = start_of(person)

    assert end_address not in before
    assert said(page, "#end") == dutch("A card is here for you")
    assert "Marieke de Wit" in said(page, "#end + p")
    assert "Noor" in said(page, "#end + p")
    assert WORDS not in page.get_text()
    assert ways(page, "section[aria-labelledby=end]") == [end_address]
    card_for(anna.enrolment)
    page = start_of(person)
    assert (said(page, "#end"), ways(page, ".mail").count(end_address)) == (None, 1)


def test_the_name_of_who_wrote_is_not_said_before_the_card_is_given(anna, ilse, marieke):
    issue_certificates(anna.group, by=ilse)
    write_on_card(anna, WORDS, by=marieke)

    page = start_of(anna.enrolment.person)

    assert said(page, "#end") == dutch("Your certificate is there")
    assert "Marieke" not in page.get_text()


def test_a_certificate_is_new_for_a_month_and_stays_to_be_found(anna, ilse, end_address):
    person = anna.enrolment.person
    assert said(start_of(person), "#end") is None
    issue_certificates(anna.group, by=ilse)
    new = start_of(person)
    Certificate.objects.update(issued_at=timezone.now() - timedelta(days=31))
    later = start_of(person)

    assert (said(new, "#end"), ways(new, "section[aria-labelledby=end]")) == (
        dutch("Your certificate is there"),
        [end_address],
    )
    assert (said(later, "#end"), ways(later, ".mail").count(end_address)) == (None, 1)
    revoke_certificate(Certificate.objects.get(), reason="Een verkeerde naam.")
    assert ways(start_of(person), ".mail").count(end_address) == 0


def test_nobody_else_is_told_of_a_card_or_a_certificate(anna, take_part, ilse, marieke, noor, stranger, end_address):
    write_on_card(anna, WORDS, by=marieke)
    give_card(anna, by=ilse)
    issue_certificates(anna.group, by=ilse)
    other = take_part("Bert", 165, 165).enrolment.person

    for person in (other, ilse, marieke, noor, stranger):
        page = start_of(person)
        assert (end_address in ways(page, ""), said(page, "#end")) == (False, None)


def test_a_card_stays_to_be_found_by_who_left_the_training(anna, ilse, marieke, end_address):
    write_on_card(anna, WORDS, by=marieke)
    give_card(anna, by=ilse)
    withdraw_place(anna, by=ilse)
    Enrolment.objects.filter(pk=anna.enrolment_id).update(state="left")

    page = start_of(anna.enrolment.person)

    assert said(page, "#end") == dutch("A card is here for you")
    assert ways(page, "section[aria-labelledby=end]") == [end_address]


def test_post_of_somebody_is_announced_to_who_takes_part(samira, daan, card_to):
    assert said(start_of(samira), "#post") is None
    card_to(samira, daan, state="waiting")
    assert said(start_of(samira), "#post") is None
    ThankYou.objects.update(state="passed_on")

    page = start_of(samira)

    assert ways(page, "section[aria-labelledby=post]") == [reverse("my_cards")]
    assert WORDS not in page.get_text()


# ── After a meeting ────────────────────────────────────────────────────────────
@pytest.fixture
def held(small_group, a_meeting):
    return a_meeting(small_group, days=-2)  # so long ago that it was not today, whatever time it is


def test_a_co_trainer_is_asked_how_it_was_from_the_day_after_until_she_said_it(
    small_group, a_meeting, held, noor, teller, hanna, marieke
):
    today, long_ago = a_meeting(small_group, days=0), a_meeting(small_group, days=-9)
    type(today).objects.filter(pk=today.pk).update(ends_at=timezone.now())
    address = reverse("training:aftercare", args=[held.uuid])

    assert ways(start_of(noor), "section[aria-labelledby=tell]") == [address]
    assert said(start_of(marieke), "#tell") is None
    assert long_ago.ends_at < held.ends_at
    enrol(noor, small_group.training)  # who follows a training as well is asked there
    assert ways(start_of(noor), "section[aria-labelledby=tell]") == [address]
    write_aftercare(held, noor, reader_key=hanna.uuid, words=WORDS)
    assert said(start_of(noor), "#tell") is None


def test_their_person_is_led_to_what_waits_and_nobody_else_is(held, noor, teller, hanna, ilse, marieke, samira):
    write_aftercare(held, noor, reader_key=hanna.uuid, words=WORDS)
    page = start_of(hanna)

    assert "Noor" in said(page, "#told")
    assert ways(page, "section[aria-labelledby=told]") == [reverse("training:aftercare_list")]
    assert WORDS not in page.get_text()
    assert [said(start_of(person), "#told") for person in (ilse, marieke, noor, samira)] == [None] * 4
    Storyteller.objects.update(support=ilse)  # she chose another person: what she wrote before goes to neither
    assert [said(start_of(person), "#told") for person in (hanna, ilse)] == [None, None]


def test_who_takes_part_themselves_may_be_somebodys_person(held, noor, teller, samira):
    Storyteller.objects.update(support=samira)
    write_aftercare(held, noor, reader_key=samira.uuid, words=WORDS)

    assert "Noor" in said(start_of(samira), "#told")


# ── What comes first ───────────────────────────────────────────────────────────
def test_noors_cards_come_first(small_group, a_meeting, noor, teller, samira, daan, card_to):
    a_meeting(small_group, days=2)
    card_to(noor, samira)
    card_to(noor, daan)
    with translation.override("nl"):
        words = headline(cards_waiting([teller]))

    page = start_of(noor)

    title, _action, address = first_of(page)
    assert (title, address) == (words, reverse("post"))
    assert ways(page, ".actions")[1:2] == [reverse("room")]


@pytest.mark.parametrize("who", ["noor", "marieke"])
def test_the_next_meeting_comes_first_for_who_leads_it(
    request, small_group, a_meeting, noor, marieke, teller, ilse, who
):
    from training.domain.staff import assign_staff

    assert start_of(noor).select_one(".actions .btn")["href"] == reverse("room")
    meeting = a_meeting(small_group, days=1)
    a_meeting(small_group, days=20)
    assign_staff(meeting, marieke, "trainer", by=ilse)

    title, action, address = first_of(start_of(request.getfixturevalue(who)))

    assert small_group.name in title
    assert (action, address) == (
        dutch("See the plan of the meeting"),
        reverse("training:led_meeting", args=[meeting.uuid]),
    )


def test_a_meeting_that_may_still_change_is_not_promised(small_group, a_meeting, noor):
    a_meeting(small_group, days=1, confirmed=False)

    assert start_of(noor).select_one(".actions .btn")["href"] == reverse("room")


def test_her_week_comes_first_for_a_coordinator(small_group, other_group, a_meeting, ilse, roel):
    a_meeting(small_group, days=0)
    a_meeting(small_group, days=0, staffed=False, title="Doorvragen")
    a_meeting(other_group, days=0)

    title, action, address = first_of(start_of(ilse))

    with translation.override("nl"):
        words = translation.ngettext("%(number)s meeting", "%(number)s meetings", 2) % {"number": 2}
    assert words in title
    assert (action, address) == (dutch("Open the planning"), reverse("training:desk"))


# ── What it costs ──────────────────────────────────────────────────────────────
def costs(person, asserted, number):
    browser = Client()
    browser.force_login(person)
    browser.get("/mijn/")  # that somebody is here is noted in the session once every five minutes
    with asserted(number):
        browser.get("/mijn/")


@pytest.mark.parametrize("size", [1, 4])
def test_the_start_stays_at_twelve_queries_with_all_that_may_be_there(
    training, small_group, a_meeting, anna, module, noor, marieke, ilse, hanna, teller, daan, card_to,
    django_assert_num_queries, size,
):  # fmt: skip
    for number in range(size):
        behind = a_meeting(small_group, days=-2 - number)
        a_meeting(small_group, days=3 + number)
        card_to(noor, make_person(f"Lezer {number}"))
        make_group(training, f"Groep {number}", co_trainers=[noor], trainers=[marieke], coordinators=[ilse])
        write_on_card(anna, f"{WORDS} {number}", by=make_person(f"Schrijver {number}"))
    Storyteller.objects.update(support=anna.enrolment.person)
    write_aftercare(behind, noor, reader_key=anna.enrolment.person.uuid, words=WORDS)
    card_to(anna.enrolment.person, daan)
    give_card(anna, by=ilse)
    issue_certificates(small_group, by=ilse)

    costs(anna.enrolment.person, django_assert_num_queries, 10)
    costs(noor, django_assert_num_queries, 11)
    costs(marieke, django_assert_num_queries, 10)
    costs(ilse, django_assert_num_queries, 10)
    card_for(anna.enrolment)
    costs(anna.enrolment.person, django_assert_num_queries, 9)
