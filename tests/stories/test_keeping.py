"""Bewaren: keeping a story with a note, before or after signing in, and the shelf that only its owner sees."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.personal_data.contents import copy_of
from accounts.personal_data.erasing import erase_now
from stories.domain import pending
from stories.domain.keeping import keep_page, shelf_of, write_note
from stories.domain.publishing import pause_story
from stories.models import Bookmark
from tests.factories.stories import add_story, teller_of
from tests.stories.beside import STORY, links, nl, part, told

pytestmark = pytest.mark.django_db
SHELF = "/mijn/bewaard/"
PASSWORD = "keukentafel-aan-het-raam"
DOOR = "/account/inloggen/"
TOO_LONG = "Your text is too long: %(show_value)d characters, and %(limit_value)d fit. Make it shorter."
MANY = "%(most)d labels fit. Leave some out."
LONG = "A label is %(most)d characters at most. Put a comma between two labels."


def keep_address(story):
    return f"/bewaar/{story.translation_key}/"


def kept_by(person):
    return list(Bookmark.objects.filter(user=person).values_list("page", flat=True))


# ── Keeping ────────────────────────────────────────────────────────────────────
def test_a_press_keeps_the_story_and_its_page_says_so(browser_of, samira, story):
    browser = browser_of(samira)
    before = browser.get(STORY)

    answer = browser.post(keep_address(story))

    assert part(before, "#bewaar button") == [nl("Keep this story")]
    assert (answer.status_code, answer["Location"]) == (302, f"{STORY}#bewaar")
    after = browser.get(STORY)
    assert (len(part(after, ".keep__kept")), part(after, "#bewaar button")) == (1, [])
    assert kept_by(samira) == [story.pk]


def test_pressing_twice_is_once(browser_of, samira, story):
    for _press in range(2):
        browser_of(samira).post(keep_address(story))

    assert kept_by(samira) == [story.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Bookmark.objects.create(user=samira, page_id=story.pk)


def test_a_visitor_signs_in_and_the_story_is_kept(client, samira, story):
    pressed = client.post(keep_address(story))
    client.force_login(samira)  # keeps what waits in the session, as signing in does

    behind_the_door = client.get("/verder/")

    assert pressed["Location"] == f"{DOOR}?next=/verder/"
    assert behind_the_door["Location"] == f"{STORY}#bewaar"
    assert kept_by(samira) == [story.pk]
    assert client.get("/verder/")["Location"] == SHELF  # nothing waits any more


def test_the_door_itself_keeps_what_waits(client, samira, story):
    samira.set_password(PASSWORD)
    samira.save()
    client.post(keep_address(story))
    entry = {"login": samira.email, "password": PASSWORD, "with": "password"}

    came = client.post(f"{DOOR}?next=/verder/", entry, follow=True)

    assert came.redirect_chain[-1][0] == f"{STORY}#bewaar"
    assert kept_by(samira) == [story.pk]


def test_without_a_press_the_address_behind_the_door_keeps_nothing(browser_of, samira, story):
    browser = browser_of(samira)

    answers = [browser.get("/verder/"), browser.get(keep_address(story)), browser.head("/verder/")]

    assert [answer.status_code for answer in answers] == [302, 405, 302]
    assert kept_by(samira) == []


def test_another_site_can_not_let_somebody_keep(client, samira, story):
    visitor = Client(enforce_csrf_checks=True)

    assert visitor.post(keep_address(story), headers={"Origin": "https://elders.test"}).status_code == 403
    assert pending.NAME not in visitor.session


def test_what_waits_longer_than_an_hour_is_forgotten(client, samira, story):
    client.post(keep_address(story))
    session = client.session
    session[pending.NAME] = session[pending.NAME] | {"at": 0}
    session.save()
    client.force_login(samira)

    assert client.get("/verder/")["Location"] == SHELF
    assert kept_by(samira) == []


def test_what_nobody_may_read_can_not_be_kept(browser_of, samira, site_pages):
    draft = add_story(site_pages.stories, "Nog niet", live=False)

    answers = [
        browser_of(samira).post(keep_address(draft)),
        browser_of(samira).post("/bewaar/00000000-0000-0000-0000-000000000007/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_full_shelf_says_so(browser_of, samira, story, reserve_story, settings):
    settings.KEPT_AT_MOST = 1
    keep_page(story, by=samira)

    answer = browser_of(samira).post(keep_address(reserve_story), follow=True)

    assert part(answer, ".notice--error") == [nl("You keep %(number)d things already. Take one away first.", number=1)]
    assert kept_by(samira) == [story.pk]


# ── The shelf ──────────────────────────────────────────────────────────────────
def test_the_shelf_shows_what_is_kept_with_its_note_the_newest_first(browser_of, samira, story, reserve_story):
    write_note(keep_page(story, by=samira), note="Voor de pauze.", labels=["luisteren"])
    keep_page(reserve_story, by=samira)

    shelf = browser_of(samira).get(SHELF)

    assert part(shelf, ".shelf__title") == ["Dinsdag is een lange dag", "De stoel bij het raam"]
    assert part(shelf, ".shelf__note") == ["Voor de pauze."]
    assert links(shelf, ".shelf__title a") == ["/verhalen/dinsdag-is-een-lange-dag/", STORY]


def test_a_label_shows_only_what_carries_it(browser_of, samira, story, reserve_story):
    browser = browser_of(samira)
    for page, labels in ((story, "Luisteren, voor donderdag,, luisteren"), (reserve_story, "Later")):
        browser.post(f"{SHELF}{keep_page(page, by=samira).uuid}/", {"note": "", "labels": labels})

    everything, some = browser.get(SHELF), browser.get(f"{SHELF}?label=luisteren")

    assert part(everything, ".shelf__label") == [nl("Everything"), "Later", "Luisteren", "voor donderdag"]
    assert part(some, ".shelf__title") == ["De stoel bij het raam"]
    assert nl("Nothing carries the label “%(label)s”.", label="nooit") in told(browser.get(f"{SHELF}?label=nooit%00"))


def test_a_story_that_is_gone_says_so_without_its_title(browser_of, samira, story):
    write_note(keep_page(story, by=samira), note="Ook bij ons.", labels=[])
    pause_story(story, by=teller_of(story))
    browser = browser_of(samira)

    pages = [browser.get(SHELF), browser.get(f"{SHELF}{Bookmark.objects.get().uuid}/")]

    assert [("De stoel" in told(page), "Ook bij ons." in told(page)) for page in pages] == [(False, True)] * 2
    assert part(pages[0], ".shelf__title--gone") == [nl("This is no longer here")]


def test_when_the_page_itself_is_erased_the_note_stays(samira, story):
    write_note(keep_page(story, by=samira), note="Ook bij ons.", labels=[])
    story.specific.delete()

    assert [(one.page, one.bookmark.note_text) for one in shelf_of(samira)] == [(None, "Ook bij ons.")]


def test_taking_it_off_the_shelf_takes_the_note_along(browser_of, samira, story):
    row = keep_page(story, by=samira)

    browser_of(samira).post(f"{SHELF}{row.uuid}/", {"act": "away"})

    assert Bookmark.objects.count() == 0


@pytest.mark.parametrize("role", ["daan", "noor", "marieke", "ilse", "petra"])
def test_nobody_else_sees_or_changes_it(request, browser_of, samira, story, role):
    row = write_note(keep_page(story, by=samira), note="Alleen voor mij.", labels=["geheim"])
    browser = browser_of(request.getfixturevalue(role))
    address = f"{SHELF}{row.uuid}/"

    answers = [browser.get(address), browser.post(address, {"note": "Van mij"}), browser.post(address, {"act": "away"})]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Alleen voor mij." not in told(browser.get(SHELF)) + told(browser.get(f"{SHELF}?label=geheim"))
    row.refresh_from_db()
    assert row.note_text == "Alleen voor mij."


def test_the_note_is_unreadable_in_the_database(samira, story):
    write_note(keep_page(story, by=samira), note="Alleen voor mij.", labels=["geheim"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT note, labels FROM stories_bookmark")
        stored = " ".join(cursor.fetchone())

    assert ("Alleen" in stored, "geheim" in stored) == (False, False)


@pytest.mark.parametrize(
    ("sent", "sentence", "values"),
    [
        ({"note": "x" * 50_000}, TOO_LONG, {"show_value": 50_000, "limit_value": 1000}),
        ({"labels": ",".join(f"woord{number}" for number in range(11))}, MANY, {"most": 10}),
        ({"labels": "x" * 41}, LONG, {"most": 40}),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_kept(browser_of, samira, story, sent, sentence, values):
    row = keep_page(story, by=samira)

    answer = browser_of(samira).post(f"{SHELF}{row.uuid}/", sent)

    assert (answer.status_code, part(answer, ".field__error")) == (400, [nl(sentence, **values)])
    assert next(iter(sent.values()))[:40] in answer.content.decode()


def test_script_and_controls_are_shown_as_text(browser_of, samira, story):
    row = keep_page(story, by=samira)
    browser = browser_of(samira)

    browser.post(f"{SHELF}{row.uuid}/", {"note": "<script>x</script>\x00\x1f", "labels": "<b>, \x00"})

    page = browser.get(SHELF)
    assert part(page, ".shelf__note") == ["<script>x</script>"]
    assert b"<script>x" not in page.content


@pytest.mark.parametrize("count", [1, 20])
def test_the_shelf_asks_as_little_for_many(browser_of, samira, site_pages, count, django_assert_num_queries):
    for number in range(count):
        keep_page(add_story(site_pages.stories, f"Verhaal {number}"), by=samira)
    browser = browser_of(samira)
    browser.get(SHELF)

    with django_assert_num_queries(6):
        browser.get(SHELF)


# ── Own data ───────────────────────────────────────────────────────────────────
def test_erasing_somebody_erases_their_shelf(samira, daan, story):
    for person in (samira, daan):
        keep_page(story, by=person)

    erase_now(samira.uuid)

    assert list(Bookmark.objects.values_list("user", flat=True)) == [daan.pk]


def test_the_copy_of_own_data_holds_the_note(samira, story):
    write_note(keep_page(story, by=samira), note="Voor donderdag.", labels=["luisteren"])

    records = {record["record"]: record["rows"] for record in copy_of(samira, timezone.now())["records"]}
    rows = records["stories.Bookmark"]
    assert [(row["note"], row["labels"]) for row in rows] == [({"text": "Voor donderdag."}, {"list": ["luisteren"]})]
