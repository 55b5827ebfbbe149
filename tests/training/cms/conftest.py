"""Somebody in Wagtail's own editor, and what they can do there."""

import pytest
from django.urls import reverse


@pytest.fixture
def editor(client, db):
    from accounts.models import User
    from home.models import ContactSettings

    ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})
    client.force_login(User.objects.create_superuser("server@example.test", "x", display_name="Server"))
    return client


@pytest.fixture
def create(editor, training):
    """`create(title, steps, **buttons)`: fill in the form of a new module below the training."""
    from tests.training.cms.forms import form_of

    address = reverse("wagtailadmin_pages:add", args=["training", "modulepage", training.pk])
    return lambda title, steps, **more: editor.post(address, form_of(title, steps, **more))


@pytest.fixture
def edit(editor):
    from tests.training.cms.forms import form_of

    def posted(module, steps, **more):
        address = reverse("wagtailadmin_pages:edit", args=[module.pk])
        return editor.post(address, form_of(module.title, steps, **more))

    return posted


@pytest.fixture
def bulk(editor):
    def act(name, *pages, **fields):
        ids = "&".join(f"id={page.pk}" for page in pages)
        return editor.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', name])}?{ids}", fields)

    return act
