"""Files to take along with an interview or an article: who may put which there."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.roles import sync_roles
from media.models import Document
from stories.models import ArticlePage
from tests.factories.professionals import add_professionals

CHOOSER = "/cms/documents/chooser/results/"
PDF = b"%PDF-1.7\nspelregels\n%%EOF"


@pytest.fixture
def index(site_pages):
    index = add_professionals(site_pages.home)
    sync_roles()
    return index


def make_document(title, by=None):
    file = ContentFile(PDF, name="spelregels.pdf")
    return Document.objects.create(
        title=title, file=file, uploaded_by_user=by, collection=Collection.get_first_root_node()
    )


@pytest.fixture
def rules(index, petra):
    return make_document("Spelregels voor een teamgesprek", by=petra)


def article_with(document):
    files = [{"document": document.pk, "about": ""}]
    downloads = {"files-count": "1", "files-0-deleted": "", "files-0-order": "0", "files-0-type": ""}
    downloads |= {"files-0-id": "", "files-0-value-document": files[0]["document"], "files-0-value-about": ""}
    words = {"title": "Mee naar huis", "slug": "mee-naar-huis", "author": "Ilse", "kind": "article"}
    body = streamfield([("downloads", downloads)])
    return nested_form_data(words | {"body": body, "comments": inline_formset([])}) | {"action-publish": "1"}


def add_article(browser, index, document):
    return browser.post(f"/cms/pages/add/stories/articlepage/{index.pk}/", article_with(document))


# ── Trainers and administrators ────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["marieke", "petra"])
def test_who_makes_the_page_finds_the_file_and_puts_it_there(request, client, browser_of, index, rules, name):
    browser = browser_of(request.getfixturevalue(name))

    assert rules.title in browser.get(CHOOSER).content.decode()
    assert add_article(browser, index, rules).status_code == 302
    page = client.get("/vakmensen/mee-naar-huis/").content.decode()
    assert f'href="{rules.url}">{rules.title}</a>' in page
    assert client.get(rules.url).status_code == 200


def test_a_trainer_brings_a_file_of_their_own_and_changes_no_other(browser_of, index, rules, marieke):
    browser = browser_of(marieke)
    file = ContentFile(PDF, name="vragen.pdf")
    sent = {"title": "Vragen om mee te nemen", "collection": Collection.get_first_root_node().pk, "file": file}

    assert browser.post("/cms/documents/add/", sent).status_code == 302
    own = Document.objects.get(title="Vragen om mee te nemen")
    assert (own.uploaded_by_user, browser.get(f"/cms/documents/edit/{own.pk}/").status_code) == (marieke, 200)
    for address in (f"/cms/documents/edit/{rules.pk}/", f"/cms/documents/delete/{rules.pk}/"):
        assert (browser.get(address).status_code, browser.post(address, {"title": "Weg"}).status_code) == (302, 302)
    assert Document.objects.get(pk=rules.pk).title == rules.title


# ── What a storyteller keeps ───────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["marieke", "petra"])
def test_a_file_of_a_storyteller_is_offered_to_nobody_else(request, browser_of, index, rules, noor, name):
    hers, browser = make_document("Brief van mijn moeder", by=noor), browser_of(request.getfixturevalue(name))

    offered = browser.get(CHOOSER).content.decode()
    forged = add_article(browser, index, hers)

    assert (rules.title in offered, hers.title in offered) == (True, False)
    assert (forged.status_code, ArticlePage.objects.count()) == (302, 0)


# ── Nobody else ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["samira", "noor", "ilse", "stranger"])
def test_others_meet_no_file_and_no_page_to_put_it_on(request, browser_of, index, rules, name):
    browser = browser_of(request.getfixturevalue(name))

    assert rules.title not in browser.get(CHOOSER).content.decode()
    add_article(browser, index, rules)
    browser.post("/cms/documents/add/", {"title": "Van mij", "file": ContentFile(PDF, name="x.pdf")})
    assert (ArticlePage.objects.count(), Document.objects.count()) == (0, 1)
