"""Nobody meets a dead end: every page names a person to call, and what is about people asks whether it touches you."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from accounts.roles import sync_roles
from home.context import site_wide
from home.models import ContactSettings, starts_here_or_secure
from tests.factories.modules import step_key


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def texts(response, css):
    return [found.get_text(" ", strip=True) for found in BeautifulSoup(response.content, "html.parser").select(css)]


def links(response, css):
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").select(css)]


@pytest.fixture
def contact(db):
    return ContactSettings.objects.update_or_create(
        defaults={
            "name": "Hanna Vos",
            "role": "coördinator",
            "phone": "+31 (0)6 12-34-56-78",
            "email": "hanna@example.test",
            "hours": "Maandag tot en met vrijdag, 9.00 tot 17.00 uur",
            "footer_links": [("link", {"label": "Spelregels", "address": "/spelregels/"})],
        }
    )[0]


def test_a_number_is_dialled_by_its_digits(contact):
    assert (contact.phone_link, contact.first_name) == ("+310612345678", "Hanna")


def test_the_person_is_read_where_a_page_names_them_and_once(rf, contact, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown = site_wide(rf.get("/"))["contact"]
    with django_assert_num_queries(1):
        assert (shown.first_name, shown.phone_link, shown.link_list) == (
            "Hanna",
            "+310612345678",
            [("Spelregels", "/spelregels/")],
        )
    with pytest.raises(AttributeError):
        _ = shown.nothing_of_the_kind


@pytest.mark.parametrize("page", ["/", "/verhalen/", "/training/", "/account/inloggen/", "/nooit/"])
def test_every_page_names_the_person_in_its_footer(client, site_pages, contact, page):
    footer = texts(client.get(page), ".site-footer li")

    assert footer[3:9] == [
        "Hanna Vos, coördinator",
        "+31 (0)6 12-34-56-78",
        "hanna@example.test",
        "Maandag tot en met vrijdag, 9.00 tot 17.00 uur",
        dutch("Report a problem"),
        "Spelregels",
    ]


def test_the_numbers_and_links_lead_somewhere(client, site_pages, contact):
    assert links(client.get("/"), ".site-footer a")[3:] == [
        "tel:+310612345678",
        "mailto:hanna@example.test",
        "/probleem/?van=/",
        "/spelregels/",
    ]


def test_a_site_without_a_contact_yet_has_no_half_sentences(client, samira, module):
    client.force_login(samira)
    pages = ["/", "/verhalen/de-stoel-bij-het-raam/", module.step_list[3].address(module), "/nooit/", "/training/"]

    shown = [client.get(page) for page in pages]

    assert [texts(response, "a[href^=tel], .touched, .error-page__call") for response in shown] == [[]] * len(pages)


def test_who_has_no_training_on_a_site_without_a_contact_is_not_told_to_call_nobody(client, stranger):
    client.force_login(stranger)

    assert [line for line in texts(client.get("/mijn/"), ".start p") if ": ." in line or "  " in line] == []


def test_reading_a_page_of_a_fresh_site_writes_nothing(client, site_pages):
    before = list(ContactSettings.objects.values())

    for method in ("get", "head"):
        for page in ("/", "/verhalen/", "/account/inloggen/", "/nooit/"):
            getattr(client, method)(page)

    assert list(ContactSettings.objects.values()) == before


# ── Raakt dit je? ──────────────────────────────────────────────────────────────
TOUCHED = "Does this touch you? You can call %(name)s: %(number)s."


@pytest.fixture
def touched(contact):
    with translation.override("nl"):
        words = BeautifulSoup(
            gettext('Does this touch you? You can call %(name)s: <a class="nowrap" href="tel:%(link)s">%(number)s</a>.')
            % {"name": "Hanna", "link": contact.phone_link, "number": contact.phone},
            "html.parser",
        )
    return words.get_text(" ", strip=True)


def test_every_story_asks_whether_it_touches_you(client, story, touched):
    response = client.get("/verhalen/de-stoel-bij-het-raam/")

    assert texts(response, ".touched") == [touched]
    assert links(response, ".touched a") == ["tel:+310612345678"]


@pytest.mark.parametrize(
    ("name", "asks"), [("aankomen", False), ("kijken", False), ("verhaal", True), ("oefening", True)]
)
def test_every_step_with_a_story_or_questions_asks_it_too(client, samira, module, touched, name, asks):
    client.force_login(samira)
    step = next(step for step in module.step_list if step.key == step_key(name))

    assert texts(client.get(step.address(module)), ".touched") == [touched] * asks


def test_the_end_of_a_module_asks_it_too(client, samira, module, touched):
    client.force_login(samira)

    assert texts(client.get(module.end_address), ".touched") == [touched]


# ── Links in the footer ────────────────────────────────────────────────────────
@pytest.mark.parametrize("address", ["/spelregels/", "https://example.test/", "/"])
def test_a_link_starts_here_or_is_secure(address):
    assert starts_here_or_secure(address) is None


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "http://example.test/", "//example.test", "spelregels", " /x", "data:text/html,x"],
)
def test_any_other_link_is_refused(address):
    with pytest.raises(ValidationError):
        starts_here_or_secure(address)


def test_the_person_is_changed_in_the_cms_and_stands_on_the_next_page(client, site_pages, contact):
    client.force_login(User.objects.create_superuser("server@example.test", "x", display_name="Server"))
    address = f"/cms/settings/home/contactsettings/{contact.pk}/"

    response = client.post(
        address,
        {
            "name": "Piet Jansen",
            "role": "",
            "phone": "06 87 65 43 21",
            "email": "",
            "hours": "",
            "footer_links-count": "0",
        },
    )

    assert response.status_code == 302
    shown = texts(client.get("/"), ".site-footer li")
    assert [one for one in shown if one in ("Piet Jansen", "06 87 65 43 21")] == ["Piet Jansen", "06 87 65 43 21"]


# ── Who changes it ─────────────────────────────────────────────────────────────
CHANGED = dict.fromkeys(("role", "phone", "email", "hours"), "") | {"name": "Piet Jansen", "footer_links-count": "0"}


def test_the_administrator_finds_it_in_the_settings_and_changes_it(petra, browser_of, contact):
    sync_roles()
    browser, address = browser_of(petra), f"/cms/settings/home/contactsettings/{contact.pk}/"

    assert "/cms/settings/home/contactsettings/" in browser.get("/cms/").content.decode()
    assert 'name="phone"' in browser.get(address).content.decode()
    assert browser.post(address, CHANGED).status_code == 302
    assert ContactSettings.objects.get().name == "Piet Jansen"


@pytest.mark.parametrize("name", ["samira", "noor", "marieke", "ilse", "stranger"])
def test_nobody_else_changes_it(request, browser_of, contact, name):
    sync_roles()
    browser, address = browser_of(request.getfixturevalue(name)), f"/cms/settings/home/contactsettings/{contact.pk}/"

    answers = [browser.get(address), browser.post(address, CHANGED)]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert ['name="phone"' in answer.content.decode() for answer in answers] == [False, False]
    assert "contactsettings" not in browser.get("/cms/").content.decode()
    assert ContactSettings.objects.get().name == "Hanna Vos"
