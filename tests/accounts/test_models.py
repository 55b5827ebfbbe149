"""One account for one address, in whatever case it is written; and what a role opens."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from tests.factories.people import make_person


# ── One account per address ────────────────────────────────────────────────────
@pytest.mark.parametrize("typed", ["samira@example.test", "Samira@Example.TEST", " SAMIRA@EXAMPLE.TEST "])
def test_an_address_is_kept_in_lower_case(db, typed):
    assert User.objects.create_user(typed, display_name="Samira").email == "samira@example.test"


@pytest.mark.parametrize("typed", ["samira@example.test", "SAMIRA@example.test", "samira@EXAMPLE.test"])
def test_a_second_account_with_the_address_in_any_case_is_refused(db, typed):
    make_person("Samira")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(typed, display_name="Een ander")
    assert User.objects.count() == 1


def test_the_database_refuses_capitals_that_pass_by_the_manager(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Samira@example.test", display_name="Samira")


def test_the_database_refuses_a_second_address_that_passes_by_the_manager(db):
    first, second = make_person("Samira"), make_person("Daan")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = %s WHERE id = %s", [first.email, second.pk])


def test_a_form_says_it_in_a_sentence(db):
    make_person("Samira")
    twin = User(email="SAMIRA@example.test", display_name="Een ander", password="x")

    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert list(refused.value.message_dict) == ["__all__"]
    assert twin.email == "samira@example.test"


def test_erased_people_share_the_empty_address(db):
    erased = [User.objects.create_user("", display_name=f"Gewist {number}") for number in range(2)]

    assert [person.email for person in erased] == ["", ""]


def test_an_address_is_found_in_any_case(db):
    samira = make_person("Samira")

    assert User.objects.get_by_natural_key(" Samira@EXAMPLE.test ") == samira
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("daan@example.test")


# ── Signing in ─────────────────────────────────────────────────────────────────
def test_without_a_password_nobody_gets_in(db, client):
    samira = make_person("Samira")

    assert samira.has_usable_password() is False
    assert client.login(email=samira.email, password="") is False


@pytest.mark.parametrize("typed", ["samira@example.test", "Samira@Example.test"])
def test_somebody_signs_in_with_the_address_in_any_case(db, client, typed):
    User.objects.create_user("samira@example.test", "drie losse woorden", display_name="Samira")

    assert client.login(email=typed, password="drie losse woorden") is True
    assert client.login(email=typed, password="drie andere woorden") is False


def test_the_servers_account_may_do_everything(db):
    server = User.objects.create_superuser("server@example.test", "drie losse woorden", display_name="Server")

    assert (server.is_superuser, server.is_staff, server.may_open_cms) == (True, True, True)


# ── Names ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("name", "short"), [("Samira El Amrani", "Samira"), ("Noor", "Noor"), ("", ""), ("  ", "")])
def test_a_person_is_called_by_their_first_name(name, short):
    person = User(display_name=name)

    assert (str(person), person.get_full_name(), person.get_short_name()) == (name, name, short)


def test_everybody_has_a_public_number_of_their_own(db):
    assert make_person("Samira").uuid != make_person("Daan").uuid


# ── Roles ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("roles", "may_open_cms"),
    [
        ((), False),
        (("participant",), False),
        (("coordinator",), True),
        (("co-trainer",), True),
        (("trainer",), True),
        (("administrator",), True),
        (("coordinator", "co-trainer"), True),
        (("Editors",), False),  # a group of Wagtail's own is no role
    ],
)
def test_what_a_role_opens(db, roles, may_open_cms):
    person = User.objects.get(pk=make_person("Iemand", *roles).pk)

    assert person.roles == set(roles) - {"Editors"}
    assert person.may_open_cms is may_open_cms


def test_roles_are_read_once(db, django_assert_num_queries):
    person = User.objects.get(pk=make_person("Iemand", "trainer", "coordinator").pk)

    with django_assert_num_queries(1):
        assert person.roles == {"trainer", "coordinator"}
        assert person.may_open_cms
