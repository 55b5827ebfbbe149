"""Every field of every installed model says what it is; a new one fails here by its name."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import Promise

from accounts.models import User
from accounts.personal_data import registry
from accounts.personal_data.registry import Erase, Kind, classify, kept, link, nothing, personal, records
from accounts.personal_data.retention import LISTED, periods
from accounts.personal_data.rows import exported_records, rows_of


@pytest.fixture
def own_registry(monkeypatch):
    """The registry as it is, to change at will: the declarations of the site come back after the test."""
    monkeypatch.setattr(registry, "_records", dict(registry._records))
    return registry._records


def test_every_field_is_declared():
    assert registry.missing() == []


def test_every_declaration_can_be_carried_out():
    assert registry.contradictions() == []


def test_it_covers_the_packages_as_well():
    declared = {record.label for record in records()}

    assert {model._meta.label for model in apps.get_models()} <= declared
    assert {"wagtailcore.Revision", "mfa.Authenticator", "sessions.Session", "taggit.TaggedItem"} <= declared


def test_a_field_that_nobody_declared_is_named(own_registry):
    fields = dict(own_registry["training.answer"].fields)
    del fields["draft"]
    del own_registry["training.answer"]
    classify("training.Answer", subject="enrolment__person", goes=True, topic="answers", fields=fields)

    assert registry.missing() == ["training.Answer.draft is not declared"]


def test_a_model_that_nobody_declared_is_named_with_all_its_fields(own_registry):
    del own_registry["home.goneaddress"]

    assert registry.missing() == [f"home.GoneAddress.{name} is not declared" for name in ("digest", "id", "since")]


@isolate_apps("home")
def test_a_new_model_is_found(monkeypatch):
    class Diary(models.Model):
        words = models.TextField()
        writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "home"

        def __str__(self):
            return ""

    found = apps.get_models()
    monkeypatch.setattr(apps, "get_models", lambda: [*found, Diary])

    assert registry.missing() == [f"home.Diary.{name} is not declared" for name in ("id", "words", "writer")]


def test_a_field_that_went_is_named(own_registry):
    own_registry.pop("home.goneaddress")
    classify("home.GoneAddress", fields=nothing("id", "digest", "since", "reason"))

    assert registry.missing() == ["home.GoneAddress.reason is declared but not there"]


@pytest.mark.parametrize(
    ("declaration", "sentence"),
    [
        ({"fields": nothing("person")}, "names a person, so it says something about somebody"),
        ({"fields": kept("role", why="")}, "stays without a reason"),
        ({"fields": personal("role")}, "goes with its row, but the rows stay"),
        ({"fields": personal("role"), "goes": True}, "is in a copy, but no path leads to whose it is"),
        ({"fields": personal("role"), "subject": "person", "goes": True}, "is in a person's copy but under no topic"),
        ({"fields": {}, "goes": True}, "has rows that go, but no path leads to whose they are"),
    ],
)
def test_a_declaration_that_hides_something_is_told(own_registry, declaration, sentence):
    del own_registry["accounts.rolechange"]
    classify("accounts.RoleChange", **declaration)

    assert any(sentence in found for found in registry.contradictions())


def test_a_link_that_the_column_can_not_empty_is_told(own_registry):
    del own_registry["training.enrolment"]
    classify("training.Enrolment", fields=link("person"))

    assert "training.Enrolment.person can't be emptied: the column takes no empty value" in registry.contradictions()


def test_declaring_twice_in_two_ways_is_refused(own_registry):
    with pytest.raises(ValueError, match="declared twice"):
        classify("home.GoneAddress", fields=nothing("id"))


def test_words_that_people_type_are_special():
    answer = registry.record_of(apps.get_model("training.Answer"))

    assert [name for name, rule in answer.fields.items() if rule.kind is Kind.SPECIAL] == [
        "value",
        "words",
        "draft",
        "other_words",
    ]


def test_every_link_to_a_person_is_a_matter_of_the_registry():
    """No row can keep pointing to somebody who was erased because a declaration forgot to say so."""
    for record in records():
        for name in record.people():
            assert record.fields[name].erase is not Erase.KEEP or record.fields[name].why, f"{record.label}.{name}"


@pytest.mark.parametrize("record", records(), ids=lambda record: record.label)
def test_the_path_to_a_person_leads_there(db, record):
    if record.is_ones_own:
        assert list(rows_of(record, User(pk=0))) == []


def test_everything_in_a_copy_has_a_name_in_the_readers_language():
    """A field without a name of its own has Django's, made from the code: then the registry gives it one."""
    without = [
        f"{record.label}.{name}"
        for record in exported_records()
        for name in record.exported_fields()
        if name not in record.labels and not isinstance(record.model._meta.get_field(name).verbose_name, Promise)
    ]

    assert without == []
    assert [
        record.label
        for record in exported_records()
        if not record.title and "verbose_name_plural" not in record.model._meta.original_attrs
    ] == []


def test_no_secret_is_in_a_copy():
    exported = {(record.label, name) for record in exported_records() for name in record.exported_fields()}

    assert exported.isdisjoint(
        {
            ("accounts.User", "password"),
            ("mfa.Authenticator", "data"),
            ("sessions.Session", "session_data"),
            ("usersessions.UserSession", "session_key"),
            ("accounts.Invitation", "link_digest"),
            ("accounts.DeletionRequest", "undo_digest"),
            ("account.EmailConfirmation", "key"),
        }
    )


def test_every_period_has_its_days(settings):
    assert settings.RETENTION_DAYS.keys() == {*periods(), LISTED}
