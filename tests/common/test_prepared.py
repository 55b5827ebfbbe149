"""A query whose SQL is built once still asks the database every time, with the values of this time."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Length
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.models import User
from common.prepared import Prepared, PreparedInsert, PreparedUpdate, Slot
from home.models import ContactSettings
from tests.factories.people import make_person
from training.models import Enrolment


@pytest.fixture
def person_named():
    """A query of its own for each test, with how often it was built in `builds`."""

    def build(name, not_this):
        build.times += 1
        return User.objects.filter(display_name=name).exclude(pk=not_this).order_by("pk")

    build.times = 0
    return Prepared(build)


def test_every_call_asks_the_database_and_only_the_first_builds(db, person_named, django_assert_num_queries):
    samira, daan = make_person("Samira"), make_person("Daan")

    with django_assert_num_queries(4):
        assert person_named(name="Samira", not_this=0) == [samira]
        assert person_named(name="Daan", not_this=0) == [daan]
        assert person_named(name="Daan", not_this=daan.pk) == []
        assert person_named.first(name="Noor", not_this=0) is None

    assert person_named.build.times == 1


def test_what_changed_in_between_is_seen(db, person_named):
    samira = make_person("Samira")
    assert person_named(name="Samira", not_this=0) == [samira]

    User.objects.filter(pk=samira.pk).update(work="manager")
    assert person_named.first(name="Samira", not_this=0).work == "manager"

    User.objects.filter(pk=samira.pk).update(display_name="Sam")
    assert person_named(name="Samira", not_this=0) == []


def test_a_value_is_never_part_of_the_sql(db, person_named):
    odd = make_person("Samira'); DROP TABLE accounts_user; -- %s")

    assert person_named(name=odd.display_name, not_this=0) == [odd]
    assert person_named(name="x' OR '1'='1", not_this=0) == []


def test_endings_take_wildcards_for_letters(db):
    ending = Prepared(lambda text: User.objects.filter(display_name__endswith=text))
    make_person("Samira")

    assert [len(ending(text=text)) for text in ("mira", "m%ra", "m_ra", "\\")] == [1, 0, 0, 0]


def test_uuids_and_times_are_bound_as_the_database_takes_them(db):
    by_uuid = Prepared(lambda number: User.objects.filter(uuid=number))
    still_live = Prepared(lambda now: Session.objects.filter(expire_date__gt=now))
    samira, hour = make_person("Samira"), timedelta(hours=1)
    Session.objects.create(session_key="a", session_data="", expire_date=timezone.now() + hour)

    assert by_uuid(number=samira.uuid) == [samira]
    assert by_uuid(number=uuid.uuid4()) == []
    assert [len(still_live(now=timezone.now() + gone)) for gone in (-hour, 2 * hour)] == [1, 0]


def test_each_row_is_an_object_of_its_own(db):
    contact = Prepared(lambda: ContactSettings.objects.order_by("pk")[:1])
    ContactSettings.objects.create(name="Hanna Vos")

    contact.first().name = "somebody else"

    assert contact.first().name == "Hanna Vos"


def test_values_and_joins_come_out_as_a_queryset_gives_them(db):
    names = Prepared(lambda role: User.objects.filter(groups__name=role).values_list("display_name", flat=True))
    pairs = Prepared(lambda role: User.objects.filter(groups__name=role).values_list("display_name", "theme"))
    make_person("Samira", "trainer")

    assert names(role="trainer") == ["Samira"]
    assert pairs(role="trainer") == [("Samira", "device")]


def test_what_was_selected_beside_a_row_comes_with_it(enrolment, django_assert_num_queries):
    enrolments = Enrolment.objects.select_related("person").annotate(who=F("person__display_name")).defer("state")
    prepared = Prepared(lambda number: enrolments.filter(pk=number))
    prepared.first(number=enrolment.pk)  # builds it

    with django_assert_num_queries(1):
        found = prepared.first(number=enrolment.pk)
        assert (found, found.person, found.who) == (enrolment, enrolment.person, enrolment.person.display_name)
    with django_assert_num_queries(1):
        assert found.state == enrolment.state  # was left out, so it is asked now


def test_rows_as_dicts_are_refused_while_the_query_is_built(db):
    with pytest.raises(KeyError, match="ValuesIterable"):
        Prepared(lambda: User.objects.values("display_name"))()


def test_rows_are_locked_in_a_transaction_only(transactional_db):
    locked = Prepared(lambda number: User.objects.select_for_update().filter(pk=number))
    samira = make_person("Samira")

    with transaction.atomic():
        assert locked(number=samira.pk) == [samira]
    with pytest.raises(TransactionManagementError):
        locked(number=samira.pk)


def test_threads_do_not_share_a_connection(transactional_db, person_named):
    samira, found = make_person("Samira"), []
    person_named(name="Samira", not_this=0)

    def ask():
        found.extend(person_named(name="Samira", not_this=0))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [samira]
    assert person_named.build.times == 2


def test_an_argument_can_not_be_part_of_a_text_that_is_built_once():
    with pytest.raises(TypeError, match="slug"):
        str(Slot("slug"))
    with pytest.raises(TypeError, match="slug"):
        f"/training/{Slot('slug')}/"


def test_nothing_stands_for_none(db):
    at = Prepared(lambda number: User.objects.filter(pk=number))

    with pytest.raises(ValueError, match="None"):
        at(number=None)


def test_a_slot_is_an_expression_like_any_other(db):
    longer = Prepared(lambda least: User.objects.annotate(size=Length("display_name")).filter(size__gt=least))
    make_person("Samira")
    make_person("Daan")

    assert [person.display_name for person in longer(least=4)] == ["Samira"]


# ── Writing ────────────────────────────────────────────────────────────────────
@PreparedInsert
def add_contact(name, phone):
    return ContactSettings(name=name, phone=phone)


@PreparedUpdate
def note_sign_in(name, at):
    return User.objects.filter(display_name=name), {"last_login": at}


def test_a_row_is_stored_with_its_own_values(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        numbers = [add_contact(name=name, phone="030 %s") for name in ("Noor", "Jesse'); --")]

    rows = ContactSettings.objects.in_bulk(numbers)
    assert [(rows[number].name, rows[number].phone) for number in numbers] == [
        ("Noor", "030 %s"),
        ("Jesse'); --", "030 %s"),
    ]


def test_rows_are_changed_and_counted(db, django_assert_num_queries):
    samira, daan = make_person("Samira"), make_person("Daan")
    at = timezone.now()

    with django_assert_num_queries(2):
        assert note_sign_in(name="Samira", at=at) == 1
        assert note_sign_in(name="Noor", at=at) == 0

    assert [User.objects.get(pk=person.pk).last_login for person in (samira, daan)] == [at, None]


def test_nothing_can_be_written(db):
    samira = make_person("Samira")
    note_sign_in(name="Samira", at=timezone.now())

    assert note_sign_in(name="Samira", at=None) == 1
    assert User.objects.get(pk=samira.pk).last_login is None


def test_what_is_written_is_rolled_back_with_the_rest(db):
    samira = make_person("Samira")
    with transaction.atomic():
        note_sign_in(name="Samira", at=timezone.now())
        transaction.set_rollback(True)

    assert User.objects.get(pk=samira.pk).last_login is None
