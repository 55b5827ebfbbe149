"""Words are unreadable in the database, and a changed key loses none of them."""

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone
from wagtail import fields

from common.fields import EncryptedWordsField, cipher
from training.models import Answer, ModulePage

WORDS = {"text": "Koffie bij het raam – “altijd” 🌻", "box-1": "regel een\nregel twee"}


@pytest.fixture
def answer(enrolment):
    """Something with words in it: the field's only user."""
    return Answer.objects.create(
        enrolment=enrolment, exercise_key=enrolment.person.uuid, prompt_key="p", words=WORDS, saved_at=timezone.now()
    )


def in_the_database(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {connection.ops.quote_name(column)} FROM training_answer")  # noqa: S608 - our own column
        return cursor.fetchone()[0]


def test_words_come_back_as_they_were(answer):
    answer.refresh_from_db()

    assert answer.words == WORDS


def test_the_column_holds_a_token_and_no_word(answer):
    stored = in_the_database("text")

    assert [word for word in ("Koffie", "raam", "regel", "box-1") if word in stored] == []
    assert cipher().decrypt(stored.encode()).decode().count("Koffie") == 1  # the control: it is in there


def test_no_words_are_an_empty_string(answer):
    assert in_the_database("draft") == ""
    answer.refresh_from_db()
    assert answer.draft == {}


def test_the_same_words_look_different_each_time(answer):
    first = in_the_database("text")

    answer.save()

    assert in_the_database("text") != first


def test_after_a_key_change_the_old_key_reads_and_the_new_one_writes(answer, settings):
    old, new = settings.ANSWER_KEYS[0], Fernet.generate_key().decode()
    settings.ANSWER_KEYS = [new, old]
    answer.refresh_from_db()
    read = answer.words

    answer.save()

    assert read == WORDS
    settings.ANSWER_KEYS = [new]
    answer.refresh_from_db()
    assert answer.words == WORDS


def test_a_lost_key_stops_with_a_sentence_and_never_with_empty_words(answer, settings):
    settings.ANSWER_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(ImproperlyConfigured) as stopped:
        Answer.objects.get(pk=answer.pk)

    assert str(stopped.value) == (
        "ANSWER_KEYS does not hold the key that an answer was written with. "
        "Expected: that key as well, after the newest."
    )


def test_a_lost_key_still_lets_rows_be_counted_and_erased(answer, settings):
    settings.ANSWER_KEYS = [Fernet.generate_key().decode()]

    assert Answer.objects.count() == 1
    assert Answer.objects.filter(pk=answer.pk).delete()[0] == 1


def test_words_can_be_set_in_bulk(answer):
    Answer.objects.update(draft={"text": "een"}, words={})

    answer.refresh_from_db()
    assert (answer.draft, answer.words) == ({"text": "een"}, {})


def test_the_field_is_the_same_after_a_migration():
    _name, path, args, kwargs = EncryptedWordsField().deconstruct()

    assert (path, args, kwargs) == ("common.fields.EncryptedWordsField", [], {"blank": True, "default": dict})


def test_words_survive_dumpdata_and_loaddata_encrypted(answer):
    dump = serializers.serialize("json", [answer])

    for loaded in serializers.deserialize("json", dump):
        loaded.save()

    answer.refresh_from_db()
    assert "Koffie" not in dump
    assert answer.words == WORDS


# ── StreamField ────────────────────────────────────────────────────────────────
def test_blocks_are_wagtails_own_to_a_migration_and_to_wagtail():
    field = ModulePage._meta.get_field("steps")

    assert isinstance(field, fields.StreamField)
    assert field.deconstruct()[1] == "wagtail.fields.StreamField"


def test_the_field_that_reads_json_is_made_once(module):
    field = ModulePage._meta.get_field("steps")

    assert field.json_field is field.json_field
    assert field.json_field.encoder is DjangoJSONEncoder
    assert ModulePage.objects.get(pk=module.pk).steps.get_prep_value() == module.steps.get_prep_value()
