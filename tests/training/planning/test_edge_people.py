"""People who move, come in twice or close their account: what stays, what lapses, and who still reads it."""

import pytest
from django.utils import timezone

from accounts.personal_data.closing import close_account
from mail.models import OutboxMail
from mail.worker import Worker
from tests.factories.enrolments import finish_all, states_of
from tests.factories.groups import make_group
from tests.words import dutch
from training.choices import AnswerState
from training.domain.calendar_feed import feed_address, feed_of
from training.domain.group_people import places_in, rows_of
from training.domain.intentions import latest_intention
from training.domain.my_group import keep_wishes
from training.domain.personal_cards import own_words, write_on_card
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, move_place, prepare_place
from training.models import Answer, GroupPlace
from training.planning_choices import PlaceState


@pytest.fixture
def person(people):
    return people(1)[0]


@pytest.fixture
def breda(training, roel):
    """Another group of the same training, led by Roel."""
    return make_group(training, "Breda", coordinators=[roel])


# ── Moved ──────────────────────────────────────────────────────────────────────
def test_what_somebody_did_wrote_and_was_written_moves_along(small_group, breda, person, module, ilse):
    place = enrol_oneself(small_group, person)
    finish_all(place.enrolment, module)
    answer = Answer.objects.create(
        enrolment=place.enrolment,
        exercise_key=module.key,
        prompt_key="een vraag",
        prompt_as_asked="Wat zag je?",
        kind="open",
        state=AnswerState.SAVED,
        words={"text": "Haar handen."},
        saved_at=timezone.now(),
    )
    Answer.objects.create(
        enrolment=place.enrolment,
        exercise_key=module.key,
        prompt_key="een voornemen",
        prompt_as_asked="Wat neem je je voor?",
        kind="intention",
        state=AnswerState.SAVED,
        words={"when": "ik binnenkom", "then": "ga ik zitten"},
        saved_at=timezone.now(),
    )
    write_on_card(place, "Wat was je er voor haar.", by=ilse)
    keep_wishes(place, "Ik zit graag bij de deur.")
    steps = states_of(place.enrolment, module)

    there = move_place(place, breda, by=ilse)

    assert (there.enrolment_id, states_of(there.enrolment, module)) == (place.enrolment_id, steps)
    assert there.enrolment.answers.get(kind="open") == answer
    assert latest_intention(there.enrolment).then == "ga ik zitten"
    assert own_words(there, ilse) == "Wat was je er voor haar."
    assert there.wishes == {"wishes": "Ik zit graag bij de deur."}


def test_after_a_move_the_new_coordinator_reads_it_and_the_old_one_no_longer(
    browser_of, small_group, breda, person, ilse, roel
):
    place = keep_wishes(enrol_oneself(small_group, person), "Ik eet geen vlees.")
    move_place(place, breda, by=ilse)

    def page(browser, group):
        return browser.get(f"/planning/groepen/{group.uuid}/")

    assert "Ik eet geen vlees." in page(browser_of(roel), breda).content.decode()
    assert "Ik eet geen vlees." not in page(browser_of(ilse), small_group).content.decode()
    assert page(browser_of(ilse), breda).status_code == 404
    former = browser_of(person).get(f"/groep/{small_group.uuid}/")  # where they were before: nothing of what comes
    assert (former.status_code, "wishes" in former.content.decode()) == (200, False)
    assert browser_of(person).get("/groep/").url == f"/groep/{breda.uuid}/"


def test_where_nobody_else_leads_a_group_the_screen_says_so(browser_of, small_group, breda, person, ilse):
    place = enrol_oneself(small_group, person)
    page = browser_of(ilse).get(f"/planning/plaatsen/{place.uuid}/verplaats/").content.decode()

    said = "You lead no other group of this training that goes on. Make one first, or ask who leads the other group."
    assert dutch(said) in page
    assert "Breda" not in page


def test_a_full_group_is_named_full_before_one_chooses_it(browser_of, small_group, training, person, ilse):
    full = make_group(training, "Oss", coordinators=[ilse])
    type(full).objects.filter(pk=full.pk).update(capacity=1, seats_taken=1)
    place = enrol_oneself(small_group, person)
    page = browser_of(ilse).get(f"/planning/plaatsen/{place.uuid}/verplaats/").content.decode()

    assert f"Oss, {dutch('full')}" in page


# ── In twice ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("invited", [False, True])
def test_who_stands_ready_or_is_invited_and_enrols_takes_that_place(browser_of, small_group, person, ilse, invited):
    place = prepare_place(small_group, person, by=ilse)
    if invited:
        invite_prepared(small_group, by=ilse)
    enrol_oneself(small_group, person)

    small_group.refresh_from_db()
    assert list(GroupPlace.objects.values_list("pk", "state")) == [(place.pk, PlaceState.ENROLLED)]
    assert small_group.seats_taken == 1


def test_a_double_press_is_one_place_and_leads_to_the_group(browser_of, small_group, stranger):
    browser, address = browser_of(stranger), f"/groep/{small_group.uuid}/meedoen/"

    assert [browser.post(address).url for _press in range(2)] == [f"/groep/{small_group.uuid}/"] * 2
    assert GroupPlace.objects.of(stranger).count() == 1


# ── Closed ─────────────────────────────────────────────────────────────────────
def left(at):
    """Let the mails that are due leave; return the kinds of those that did."""
    OutboxMail.objects.open().update(next_at=at)
    Worker().send_due()
    return sorted(OutboxMail.objects.filter(state="sent").values_list("kind", flat=True))


def test_no_mail_about_a_place_leaves_for_a_closed_account(small_group, people, ilse, a_meeting):
    closed, other = people(2)
    close_account(closed)
    for one in (closed, other):
        prepare_place(small_group, one, by=ilse)
    invite_prepared(small_group, by=ilse)
    now = timezone.now()
    mails = OutboxMail.objects.filter(kind="place-invitation").order_by("person__display_name")

    assert left(now) == ["place-invitation"]
    assert list(mails.values_list("person__display_name", "state")) == [
        ("Deelnemer 1", "cancelled"),
        ("Deelnemer 2", "sent"),
    ]


def test_a_closed_account_keeps_its_row_and_has_no_calendar(client, small_group, person, a_meeting):
    enrol_oneself(small_group, person)
    a_meeting(small_group)
    address = feed_address(feed_of(person)).removeprefix("http://localhost:8000")
    before = client.get(address).status_code
    close_account(person)

    assert (before, client.get(address).status_code) == (200, 404)
    assert [row.name for row in rows_of(places_in(small_group), [], [])] == ["Deelnemer 1"]
    assert GroupPlace.objects.get().state == PlaceState.ENROLLED


# ── Wishes ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "reads"),
    [("ilse", True), ("noor", True), ("roel", False), ("petra", False), ("stranger", False), ("samira", False)],
)
def test_wishes_are_for_who_leads_the_group_and_its_meetings(
    request, browser_of, small_group, person, a_meeting, who, reads
):
    keep_wishes(enrol_oneself(small_group, person), "Ik heb een rolstoel.")
    meeting = a_meeting(small_group, days=1)
    browser = browser_of(request.getfixturevalue(who))
    addresses = (
        "/planning/",
        f"/planning/groepen/{small_group.uuid}/",
        f"/planning/bijeenkomsten/{meeting.uuid}/",
        f"/bijeenkomst/{meeting.uuid}/",
        f"/groep/{small_group.uuid}/",
        "/mijn/",
        f"/planning/groepen/{small_group.uuid}/overzicht.csv",
        "/cms/planning/plaatsen/",
    )
    found = [browser.get(address).content.decode(errors="replace") for address in addresses]

    assert any("Ik heb een rolstoel." in words for words in found) == reads
    assert not any("Ik heb een rolstoel." in words for words in found[5:])  # on no list and in no file
