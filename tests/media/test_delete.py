"""What a page uses is not deleted under it, on whichever screen somebody tries."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from wagtail.models import ReferenceIndex

from accounts.roles import sync_roles
from media.models import Document, Image, Recording
from tests.factories.people import make_person


@pytest.fixture
def things(photo, document, film):
    return {"picture": photo, "document": document, "film": film}


@pytest.fixture
def use(site_pages):
    """`use(thing)` makes the front page refer to it, as Wagtail's index would after saving the page."""

    def refer_to(thing):
        kind = ContentType.objects.get_for_model(site_pages.home)
        ReferenceIndex.objects.create(
            **{"content_type": kind, "base_content_type": kind, "object_id": site_pages.home.pk},
            to_content_type=ContentType.objects.get_for_model(thing),
            to_object_id=thing.pk,
            model_path="featured_story",
            content_path="featured_story",
            content_path_hash="00000000-0000-0000-0000-000000000001",
        )

    return refer_to


DELETE = {"picture": "wagtailimages:delete", "document": "wagtaildocs:delete", "film": "wagtailmedia:delete"}
DELETE_NEW = {"picture": "wagtailimages:delete_multiple", "document": "wagtaildocs:delete_multiple"}
BULK = {"picture": ("media", "image"), "document": ("media", "document")}


def is_there(thing):
    return type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("kind", DELETE)
def test_what_is_used_stays_and_a_sentence_says_so(client, editor, things, use, kind):
    thing = things[kind]
    use(thing)
    client.force_login(editor)

    with translation.override("nl"):
        response = client.post(reverse(DELETE[kind], args=[thing.pk]))

    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        translation_of("“%(title)s” is used on a page. Take it out there first.", title=thing.title)
    ]
    assert is_there(thing)


def translation_of(msgid, **values):
    with translation.override("nl"):
        return translation.gettext(msgid) % values


@pytest.mark.parametrize("kind", DELETE)
def test_what_is_not_used_goes_with_its_file(client, editor, things, kind, django_capture_on_commit_callbacks):
    thing = things[kind]
    client.force_login(editor)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(DELETE[kind], args=[thing.pk]))

    assert not is_there(thing)
    assert not thing.file.storage.exists(thing.file.name)


@pytest.mark.parametrize("kind", DELETE_NEW)
def test_the_screen_for_several_at_once_deletes_only_what_is_not_used(client, editor, things, use, kind):
    thing = things[kind]
    use(thing)
    client.force_login(editor)
    address = reverse(DELETE_NEW[kind], args=[thing.pk])

    refused = client.post(address, headers={"X-Requested-With": "XMLHttpRequest"})
    assert refused.status_code in (302, 403)
    assert is_there(thing)

    ReferenceIndex.objects.all().delete()
    assert client.post(address).json()["success"]
    assert not is_there(thing)


@pytest.mark.parametrize("kind", BULK)
def test_deleting_many_stops_at_one_that_is_used(client, editor, things, use, kind):
    thing = things[kind]
    use(thing)
    client.force_login(editor)
    address = f"{reverse('wagtail_bulk_action', args=[*BULK[kind], 'delete'])}?id={thing.pk}"

    client.post(address)
    assert is_there(thing)

    ReferenceIndex.objects.all().delete()
    client.post(address)
    assert not is_there(thing)


@pytest.mark.parametrize("kind", DELETE)
def test_who_may_not_delete_learns_nothing(client, things, use, kind):
    sync_roles()
    use(things[kind])
    client.force_login(make_person("Hanna", "trainer"))

    response = client.post(reverse(DELETE[kind], args=[things[kind].pk]))

    assert response.status_code == (404 if kind == "film" else 302)
    assert things[kind].title not in "".join(str(message) for message in get_messages(response.wsgi_request))
    assert [model.objects.count() for model in (Image, Document, Recording)] == [1, 1, 1]
