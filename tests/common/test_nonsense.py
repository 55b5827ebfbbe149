"""Questions that nobody can mean are refused; they are no error of the site."""

import pytest
from django.db import DataError
from django.utils.datastructures import MultiValueDictKeyError

from common.nonsense import is_bad_form
from tests.factories.stories import add_story
from tests.standing import standing

pytestmark = pytest.mark.django_db
TOO_LARGE = 10**40


@pytest.fixture
def calm(client, petra):
    client.raise_request_exception = False
    client.force_login(petra)
    return client


@pytest.mark.parametrize(
    "address", [f"/cms/pages/{TOO_LARGE}/edit/", f"/account/veilig/sleutels/{TOO_LARGE}/", f"/cms/images/{TOO_LARGE}/"]
)
def test_a_number_that_no_row_can_have_is_not_found(calm, address):
    assert calm.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/cms/documents/chooser/chosen-multiple/?id=%25",
        "/cms/images/chooser/chosen-multiple/?id=%C2%B2",
        "/cms/api/main/pages/find/?id=javascript:1",
    ],
)
def test_a_question_that_the_cms_stumbles_over_is_a_bad_one_and_in_the_log(calm, address, caplog):
    response = calm.get(address)

    assert response.status_code in (400, 404)
    assert "could not read its question" in caplog.text


def test_a_question_that_is_too_long_for_a_database_is_not_asked(calm):
    codes = [calm.get(f"/cms/images/chooser/results/?q={'a*' * number}").status_code for number in (50, 30_000)]

    assert codes == [200, 400]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_search_that_sqlite_takes_for_a_broken_formula_is_no_error(calm, marieke, method):
    calm.force_login(marieke)

    assert getattr(calm, method)("/cms/media/?q=%22a").status_code in (200, 302, 400, 405)


@pytest.mark.parametrize(
    "screen",
    ["/cms/verhalen/", "/cms/media/", "/cms/media/chooser/audio/", "/cms/pages/search/", "/cms/choose-page/search/"],
)
def test_half_a_pair_of_quotes_is_searched_without(calm, noor, draft, screen):
    calm.force_login(noor)

    broken, whole = (calm.get(screen, {"q": words, "p": "1"}, follow=True) for words in ('"trap', "trap"))

    assert [broken.status_code, broken.content.count(b"De trap")] == [200, whole.content.count(b"De trap")]


@standing
def draft(site_pages, noor):
    return add_story(site_pages.stories, "De trap", owner=noor, live=False)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/cms/pages/create/stories/storypage", {"parent_page": "é@é.nl"}),
        ("/cms/pages/create/stories/storypage", {"parent_page": "\x00"}),
    ],
)
def test_a_form_that_the_cms_stumbles_over_is_nonsense(calm, noor, draft, address, sent):
    calm.force_login(noor)

    response = calm.post(address.format(page=draft.pk), sent)

    assert response.status_code in (400, 404)


@pytest.mark.parametrize(("method", "is_nonsense"), [("post", True), ("get", False)])
def test_a_form_without_what_every_page_sends_is_nonsense(rf, method, is_nonsense):
    assert is_bad_form(getattr(rf, method)("/cms/"), MultiValueDictKeyError("body-count")) is is_nonsense


@pytest.mark.parametrize(("is_ours", "status"), [(True, 500), (False, 400)])
def test_an_error_in_our_own_code_stays_an_error(calm, noor, draft, monkeypatch, is_ours, status):
    def breaks(*args, **kwargs):
        return int("geen getal")  # this file counts as ours

    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.dispatch", breaks)
    if not is_ours:
        monkeypatch.setattr("common.nonsense.passed_by_ours", lambda error: False)
    calm.force_login(noor)

    assert calm.post(f"/cms/pages/{draft.pk}/edit/", {"title": "x"}).status_code == status


def test_an_error_without_a_question_stays_an_error(calm, monkeypatch):
    def broken(*args, **kwargs):
        raise DataError("x")

    monkeypatch.setattr("wagtail.admin.views.home.HomeView.get_context_data", broken)

    assert [calm.get(address).status_code for address in ("/cms/", "/cms/?q=1")] == [500, 400]


@pytest.mark.parametrize("following", ["http://[", "//[", "http://evil.test/"])
def test_where_to_go_next_that_is_no_address_leads_home(client, samira, following):
    client.force_login(samira)
    client.raise_request_exception = False

    response = client.post("/account/inloggen/code/", {"next": following})

    assert (response.status_code, response.get("Location")) == (302, "/mijn/")
