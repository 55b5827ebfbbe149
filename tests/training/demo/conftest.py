"""The demo as it was just loaded, once for the tests here."""

import shutil

import pytest
from django.db import transaction
from django.test import override_settings

from tests.standing import made_and_before, written_down
from tests.training.demo.hands import load
from training.demo import files

SETTINGS = {"DEMO": True, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="package")
def uploads(tmp_path_factory):
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="package")
def load_once():
    """Return what loads the demo, and the next times puts its rows back; its files are in `uploads` already."""
    kept = []

    def load_it():
        if not kept:
            said, before = made_and_before(load)
            kept.append(written_down(before, said))
            return said
        return kept[0].put_back()

    return load_it


@pytest.fixture(scope="module")
def first_load(django_db_setup, django_db_blocker, uploads, load_once):
    """What the command said when it loaded the demo: once, for each test here takes back its own changes."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**SETTINGS, MEDIA_ROOT=uploads):
        yield load_once()
        transaction.set_rollback(True)


@pytest.fixture
def loaded(first_load, db):
    return first_load


@pytest.fixture(autouse=True)
def demo(settings, uploads):
    settings.DEMO, settings.MEDIA_ROOT = True, uploads


@pytest.fixture
def own_files(tmp_path, monkeypatch):
    """A copy of the demo's files that a test may change."""
    folder = tmp_path / "demo"
    shutil.copytree(files.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(files, "FOLDER", folder)
    return folder
