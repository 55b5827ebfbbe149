"""Who may read an upload: who may read the collection it lies in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from wagtail.models import CollectionViewRestriction

from media.policies import readable_upload


@pytest.fixture
def ask(film):
    """Ask for the film as `person`; returns the Upload or None."""

    def ask(person=None, name=film.file.name):
        request = RequestFactory().get(film.url)
        request.user, request.session = person or AnonymousUser(), {}
        return readable_upload(request, name)

    return ask


def restrict(collection, kind):
    return CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind)


def test_an_open_collection_is_public(ask, film, django_assert_num_queries):
    with django_assert_num_queries(1):
        upload = ask()

    assert upload.path == film.file.path
    assert upload.is_public


def test_a_collection_for_who_is_signed_in(ask, root_collection, stranger):
    restrict(root_collection, CollectionViewRestriction.LOGIN)

    assert ask() is None
    assert not ask(stranger).is_public


def test_a_collection_for_a_group(ask, film, team_collection, marieke, samira):
    film.collection = team_collection
    film.save()

    assert ask() is None
    assert ask(samira) is None
    assert not ask(marieke).is_public


def test_every_restriction_above_has_to_let_you_in(ask, film, team_collection, marieke, samira):
    film.collection = team_collection.add_child(name="Beeld")
    film.save()
    restrict(film.collection, CollectionViewRestriction.LOGIN)

    assert ask() is None
    assert ask(samira) is None
    assert not ask(marieke).is_public


def test_a_restriction_elsewhere_does_not_matter(ask, team_collection):
    assert ask().is_public


@pytest.mark.parametrize("name", ["", "/", "media", "media/", "manage.py", "media/a\0.mp4", "images/agenda.mp4"])
def test_a_name_that_nothing_is_stored_under(ask, name):
    assert ask(name=name) is None
