"""The world is built once for a file of tests, and every visit in it is undone."""

import pytest
from django.conf import settings as site_settings
from django.db import transaction
from django.test import override_settings

from tests.matrix.browsers import Browser
from tests.matrix.world import ROLES, build_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("matrix")
    places = {"MEDIA_ROOT": folder / "uploads", "EXPORTS_DIR": folder / "exports"}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**places, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            world = build_world()
        world.places = places
        world.browsers = {role: Browser(getattr(world, role, None)) for role in ROLES}
        yield world
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def places_of_the_world(world, plain_settings, settings):
    """plain_settings gives each test folders of its own; here they are those of the world."""
    for name, folder in world.places.items():
        setattr(settings, name, folder)
    return site_settings
