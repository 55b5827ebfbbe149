"""From a list to places: the look at it, confirming it once, and what is left of it a day later."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone, translation

from accounts.models import RoleChange, User
from accounts.personal_data.erasing import erase_now
from common.refusals import Refused
from mail.models import OutboxMail
from tests.accounts.test_door import CODE, ask, code_in
from tests.factories.people import make_person
from training.domain import importing
from training.domain.importing import (
    Confirmed,
    Counts,
    confirm_batch,
    counts_of,
    errors_of,
    forget_old_lists,
    make_batch,
    wrong_rows,
)
from training.domain.places import withdraw_place
from training.imports.people import people_of_file
from training.imports.writing import csv_file
from training.models import GroupPlace, ImportBatch, ImportRow, PlaceEvent
from training.planning_choices import GroupState, ImportAction, PlaceSource, PlaceState

LIST = """naam;e-mailadres;telefoon
Sanne van der Heijden;sanne@voorbeeld.nl;06 12 34 56 78
Daan Visser;daan@voorbeeld.nl;
Łukasz Nowak;lukasz@voorbeeld.nl;
Ayşe Demir;ayse@voorbeeld.nl;
Tom Geerts;tom@voorbeeld.nl;
;;
Jan Jansen;jan@example;
Wouter Smit;wouter@voorbeeld.nl;
Lieke Jansen;lieke@voorbeeld.nl;
Sanne Heijden;Sanne@Voorbeeld.nl;
Yvonne Smits;yvonne@voorbeeld.nl;
Dennis Claassen;dennis@voorbeeld.nl;
S. El Amrani;samira@voorbeeld.nl;
Petra Bosman;petra@voorbeeld.nl;
Karim Haddad;karim@voorbeeld.nl;
""".replace("\n", "\r\n")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def twelve(group):
    """The group has twelve seats and nobody in it."""
    type(group).objects.filter(pk=group.pk).update(capacity=12)
    group.refresh_from_db()
    return group


@pytest.fixture
def amrani(db):
    return make_person("Samira El Amrani", email="samira@voorbeeld.nl")


@pytest.fixture
def batch(twelve, ilse, amrani):
    """The list of the fourth step of the acceptance story, as a Dutch Excel writes it."""
    return make_batch(group=twelve, by=ilse, upload=("deelnemers.csv", LIST.encode("utf-8-sig")))


def paste(group, by, *addresses):
    return make_batch(group=group, by=by, text="; ".join(addresses))


def states(group):
    return sorted((place.enrolment.person.email, place.state, place.queue_no) for place in group.places.all())


def refusal(act, *args, **options):
    with pytest.raises(Refused) as refused:
        act(*args, **options)
    return str(refused.value)


# ── The look at it ─────────────────────────────────────────────────────────────
def test_the_list_of_the_story_gives_11_new_1_existing_and_2_errors(batch):
    assert counts_of(batch) == Counts(new=11, existing=1, errors=2)
    assert counts_of(batch).placed == 12
    assert {row.number: errors_of(row) for row in batch.rows.wrong()} == {
        8: ["‘jan@example’ is not a whole address: after the @ comes something like example.nl."],
        11: ["This address stands in row 2 as well."],
    }


def test_looking_changes_nothing(batch, twelve, ilse):
    assert set(User.objects.values_list("email", flat=True)) == {ilse.email, "samira@voorbeeld.nl"}
    assert (GroupPlace.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_who_is_here_is_known_and_another_name_is_shown(batch, amrani):
    (row,) = batch.rows.filter(action=ImportAction.LINK)

    assert (row.number, row.person, row.differing_name) == (14, amrani, "S. El Amrani")
    assert [row.differing_name for row in batch.rows.filter(action=ImportAction.ADD)] == [""] * 11


def test_the_same_name_in_other_letters_is_no_difference(twelve, ilse, amrani):
    batch = paste(twelve, ilse, "samira el amrani <samira@voorbeeld.nl>")

    assert batch.rows.get().differing_name == ""


def test_who_sits_in_the_group_or_waits_for_it_is_no_error(group, ilse, samira, daan):
    daan.enrolments.get().places.update(state=PlaceState.WAITING, seat_held=False, queue_no=1)

    batch = paste(group, ilse, samira.email, daan.email)

    assert counts_of(batch) == Counts(already_in=2)


def test_who_left_the_group_can_come_back(group, ilse, samira):
    withdraw_place(samira.enrolments.get().places.get(), by=ilse)

    assert counts_of(paste(group, ilse, samira.email)) == Counts(existing=1)


def test_more_people_than_seats_says_how_many_wait(twelve, ilse):
    batch = paste(twelve, ilse, *(f"p{one}@voorbeeld.nl" for one in range(15)))

    assert counts_of(batch) == Counts(new=15, waiting=3)


def test_where_somebody_waits_already_all_come_behind_them(group, ilse, daan):
    daan.enrolments.get().places.update(state=PlaceState.WAITING, seat_held=False, queue_no=1)

    assert counts_of(paste(group, ilse, "a@b.nl", "c@b.nl")) == Counts(new=2, waiting=2)


def test_a_second_address_that_was_proven_is_the_same_person(twelve, ilse, amrani):
    EmailAddress.objects.create(user=amrani, email="werk@voorbeeld.nl", verified=True)
    EmailAddress.objects.create(user=amrani, email="vreemd@voorbeeld.nl", verified=False)

    batch = paste(twelve, ilse, amrani.email, "werk@voorbeeld.nl", "vreemd@voorbeeld.nl")

    assert [(row.action, errors_of(row)) for row in batch.rows.all()] == [
        (ImportAction.LINK, []),
        (ImportAction.ERROR, ["This is the same person as in row 1, who has two addresses."]),
        (ImportAction.ADD, []),
    ]


def test_a_closed_account_is_not_opened_by_a_list(twelve, ilse):
    make_person("Vera", email="vera@voorbeeld.nl", is_active=False)

    (row,) = paste(twelve, ilse, "vera@voorbeeld.nl").rows.all()

    sentence = "This person has closed the account. Ask them before you invite them again."
    assert (row.action, errors_of(row)) == (ImportAction.ERROR, [sentence])


def test_words_of_a_list_are_unreadable_in_the_database(batch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw, parsed, errors FROM training_importrow")
        stored = str(cursor.fetchall())

    assert "email_unfinished" in stored
    assert [word for word in ("Sanne", "voorbeeld.nl", "jan@example", "06 12") if word in stored] == []


def test_of_a_refused_list_nothing_is_kept(twelve, ilse):
    with pytest.raises(Refused):
        make_batch(group=twelve, by=ilse, upload=("x.csv", b"\x00\x01\x02"))

    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("number", [3, 100])
def test_a_longer_list_asks_no_more_queries(twelve, ilse, number, django_assert_num_queries):
    text = "; ".join(f"p{one}@voorbeeld.nl" for one in range(number))

    with django_assert_num_queries(7):  # addresses, people, places; savepoint, batch, rows, savepoint
        batch = make_batch(group=twelve, by=ilse, text=text)
    with django_assert_num_queries(2):
        counts_of(batch)


# ── Confirming ─────────────────────────────────────────────────────────────────
def test_confirming_prepares_twelve_places_and_mails_nobody(batch, twelve, ilse, amrani):
    assert confirm_batch(batch, by=ilse) == Confirmed(seated=12, waiting=0)

    twelve.refresh_from_db()
    places = GroupPlace.objects.filter(group=twelve)
    assert twelve.seats_taken == 12
    assert set(places.values_list("state", "source")) == {(PlaceState.PREPARED, PlaceSource.IMPORT)}
    assert set(PlaceEvent.objects.values_list("to_state", "by_key")) == {(PlaceState.PREPARED, ilse.uuid)}
    assert OutboxMail.objects.count() == 0
    amrani.refresh_from_db()
    assert (amrani.display_name, places.filter(enrolment__person=amrani).count()) == ("Samira El Amrani", 1)


def test_new_people_have_an_account_that_they_can_only_come_into_by_their_mail(batch, ilse):
    confirm_batch(batch, by=ilse)

    sanne = User.objects.get(email="sanne@voorbeeld.nl")
    assert (sanne.display_name, sanne.has_usable_password(), sanne.roles) == (
        "Sanne van der Heijden", False, {"participant"},
    )  # fmt: skip
    assert EmailAddress.objects.filter(user=sanne).values_list("email", "verified", "primary").get() == (
        "sanne@voorbeeld.nl", False, True,
    )  # fmt: skip
    assert RoleChange.objects.get(person=sanne).by == ilse


def test_they_come_in_by_a_code_and_then_the_address_is_theirs(batch, ilse, client):
    confirm_batch(batch, by=ilse)
    sanne = EmailAddress.objects.get(email="sanne@voorbeeld.nl")

    ask(client, sanne.email)
    entered = client.post(CODE, {"code": code_in(OutboxMail.objects.get(kind="login-code"))})

    sanne.refresh_from_db()
    assert (entered.status_code, client.session["_auth_user_id"]) == (302, str(sanne.user.pk))
    assert sanne.verified is True


def test_a_list_is_used_once(batch, twelve, ilse):
    confirm_batch(batch, by=ilse)
    there = states(twelve)

    assert refusal(confirm_batch, batch, by=ilse) == "This list was used already. Nothing was done twice."
    assert states(twelve) == there
    assert len(there) == 12


def test_two_days_later_a_list_has_expired(batch, twelve, ilse, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=2))

    sentence = "This list is more than a day old, so we no longer have it. Choose or paste it again."
    assert refusal(confirm_batch, batch, by=ilse) == sentence
    assert states(twelve) == []


def test_who_came_in_meanwhile_is_linked_and_has_one_place(batch, twelve, ilse):
    sanne = make_person("Sanne", email="sanne@voorbeeld.nl")
    confirm_batch(paste(twelve, ilse, "sanne@voorbeeld.nl"), by=ilse)

    assert confirm_batch(batch, by=ilse) == Confirmed(seated=12, waiting=0)
    assert [place.group for place in GroupPlace.objects.of(sanne)] == [twelve]
    sanne.refresh_from_db()
    assert sanne.display_name == "Sanne"


def test_who_closed_the_account_meanwhile_is_left_out(batch, twelve, ilse, amrani):
    User.objects.filter(pk=amrani.pk).update(is_active=False)

    assert confirm_batch(batch, by=ilse) == Confirmed(seated=11, waiting=0)
    assert GroupPlace.objects.of(amrani).count() == 0


def test_who_has_no_seat_waits_in_the_order_of_the_list(twelve, ilse):
    batch = paste(twelve, ilse, *(f"p{one:02}@voorbeeld.nl" for one in range(15)))

    assert confirm_batch(batch, by=ilse) == Confirmed(seated=12, waiting=3)
    assert [row for row in states(twelve) if row[1] == PlaceState.WAITING] == [
        ("p12@voorbeeld.nl", "waiting", 1), ("p13@voorbeeld.nl", "waiting", 2), ("p14@voorbeeld.nl", "waiting", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("state", [GroupState.FINISHED, GroupState.CANCELLED])
def test_a_group_that_ended_takes_nobody(batch, twelve, ilse, state):
    type(twelve).objects.filter(pk=twelve.pk).update(state=state)
    people = User.objects.count()

    sentence = "This group has ended. Nobody can be put in it any more."
    assert refusal(confirm_batch, batch, by=ilse) == sentence
    twelve.refresh_from_db()
    assert refusal(paste, twelve, ilse, "a@b.nl") == sentence
    batch.refresh_from_db()
    assert (User.objects.count(), batch.confirmed_at, batch.rows.count()) == (people, None, 14)


def test_when_one_place_fails_nobody_has_one(batch, twelve, ilse, monkeypatch):
    act, acted = importing.prepare_place, []

    def third_fails(*args, **options):
        acted.append(args)
        if len(acted) == 3:
            raise Refused("No.")
        return act(*args, **options)

    monkeypatch.setattr(importing, "prepare_place", third_fails)
    people = User.objects.count()

    assert refusal(confirm_batch, batch, by=ilse) == "No."
    assert (states(twelve), User.objects.count()) == ([], people)


# ── What is left of it ─────────────────────────────────────────────────────────
def test_after_confirming_only_the_wrong_rows_are_kept(batch, ilse):
    confirm_batch(batch, by=ilse)

    assert list(batch.rows.values_list("number", flat=True)) == [8, 11]


def test_wrong_rows_can_be_corrected_and_brought_again(batch):
    heading, rows = wrong_rows(batch)

    assert heading == ["name", "e-mail address", "row", "what is wrong"]
    assert [row[:3] for row in rows] == [
        ["Jan Jansen", "jan@example", 8],
        ["Sanne Heijden", "Sanne@Voorbeeld.nl", 11],
    ]
    again = people_of_file(csv_file(heading, rows))
    assert [one.raw for one in again] == [row.raw for row in batch.rows.wrong()]


def test_wrong_rows_that_begin_as_a_formula_come_back_as_they_were(twelve, ilse):
    content = b"naam;e-mail\n'=1+1;@jan\n-Jan;+31612345678\n"
    batch = make_batch(group=twelve, by=ilse, upload=("x.csv", content))

    again = people_of_file(csv_file(*wrong_rows(batch)))

    assert [one.raw for one in again] == [
        {"name": "=1+1", "email": "@jan"}, {"name": "-Jan", "email": "+31612345678"},
    ]  # fmt: skip


def test_after_a_day_the_words_are_gone_and_after_a_month_the_list(batch, twelve, ilse):
    open_batch = paste(twelve, ilse, "a@b.nl")
    ImportBatch.objects.filter(pk=open_batch.pk).update(expires_at=timezone.now() + timedelta(days=3))
    confirm_batch(batch, by=ilse)
    day, month = timezone.now() + timedelta(days=1, minutes=1), timezone.now() + timedelta(days=31, minutes=1)

    assert forget_old_lists() == 0
    assert forget_old_lists(day) == 1
    assert forget_old_lists(day) == 0
    assert list(ImportRow.objects.values_list("batch", flat=True)) == [open_batch.pk]
    batch.refresh_from_db()
    assert (batch.filename, batch.confirmed_at is not None) == ("", True)
    forget_old_lists(month)
    assert ImportBatch.objects.filter(pk=batch.pk).count() == 0


def test_the_worker_forgets_old_lists(batch):
    from common import chores

    assert chores._chores["erase old lists of people"] is forget_old_lists


def test_erasing_a_person_takes_their_row_along(batch, amrani):
    erase_now(amrani.uuid)

    assert batch.rows.count() == 13
    assert batch.rows.filter(number=14).exists() is False


def test_erasing_a_coordinator_takes_her_lists_along(batch, ilse, roel, group):
    group.coordinators.add(roel)
    erase_now(ilse.uuid)

    assert (ImportBatch.objects.count(), ImportRow.objects.count()) == (0, 0)
