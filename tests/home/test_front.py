"""The front page: a story, the training, and the frame that every page has."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from home.models import ContactSettings, ContentPage, HomePage
from tests.factories.modules import add_training
from tests.factories.pages import add_page
from tests.factories.stories import add_story


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def texts(response, css):
    return [found.get_text(" ", strip=True) for found in html_of(response).select(css)]


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(
        defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78", "email": "hanna@example.test"}
    )[0]


@pytest.fixture
def home(site_pages):
    return HomePage.objects.get(pk=site_pages.home.pk)


# ── What stands there ──────────────────────────────────────────────────────────
def test_it_begins_with_a_story_and_leads_on(client, story, reserve_story, training):
    response = client.get("/")

    assert response.status_code == 200
    assert response.context["featured_story"] == story
    assert response.context["more_stories"] == [reserve_story]
    assert response.context["story_count"] == 2
    assert response.context["front_training"].pk == training.pk


def test_the_editor_chooses_story_and_training(client, home, story, reserve_story, training, site_pages):
    other = add_training(site_pages.trainings, "Een andere training")
    home.featured_story, home.training = reserve_story, other
    home.save_revision().publish()

    context = client.get("/").context

    assert (context["featured_story"], context["front_training"].pk) == (reserve_story, other.pk)


def test_a_chosen_story_that_is_taken_away_gives_its_place_to_another(client, home, story, reserve_story):
    home.featured_story = reserve_story
    home.save_revision().publish()
    reserve_story.unpublish()

    context = client.get("/").context

    assert (context["featured_story"], context["more_stories"], context["story_count"]) == (story, [], 1)


def test_a_story_that_is_not_for_everybody_is_neither_shown_nor_counted(client, samira, story, reserve_story):
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    contexts = [client.get("/").context]
    client.force_login(samira)
    contexts.append(client.get("/").context)

    assert [(context["featured_story"], context["more_stories"], context["story_count"]) for context in contexts] == [
        (reserve_story, [], 1)
    ] * 2


def test_an_empty_site_says_so(client, site_pages):
    response = client.get("/")

    assert response.status_code == 200
    assert texts(response, ".front__story") == [
        dutch("There are no stories here yet. The first storyteller is still writing.")
    ]


def test_the_question_to_the_reader_is_sent_nowhere(client, site_pages):
    add_story(site_pages.stories, "Met een vraag", question="Wie was er voor jou?")

    [field] = html_of(client.get("/")).select(".front__you textarea")

    assert (field.has_attr("name"), field.find_parent("form")) == (False, None)


def test_a_page_about_the_site_stands_on_its_own_address(client, home):
    add_page(home, ContentPage(title="Spelregels", slug="spelregels", intro="Hoe we met elkaar omgaan."))

    assert texts(client.get("/spelregels/"), "main h1, main p") == ["Spelregels", "Hoe we met elkaar omgaan."]


def test_robots_are_answered(client, db):
    response = client.get("/robots.txt")

    assert (response.status_code, response["Content-Type"]) == (200, "text/plain")


# ── The menu and the footer ────────────────────────────────────────────────────
def test_a_visitor_is_led_to_stories_training_and_sign_in(client, site_pages):
    assert [link["href"] for link in html_of(client.get("/")).select(".main-nav a")] == [
        "/verhalen/",
        "/training/",
        "/account/inloggen/",
    ]


def test_samira_is_led_to_her_training_and_her_group_and_out(client, site_pages, samira):
    client.force_login(samira)

    links = html_of(client.get("/verhalen/")).select(".main-nav a")

    assert [(link["href"], link.get("aria-current")) for link in links] == [
        ("/mijn/", None),
        ("/groep/", None),
        ("/verhalen/", "page"),
        ("/account/", None),
    ]


def test_the_footer_switches_the_language_and_back_on_the_same_page(client, site_pages):
    def button():
        page = html_of(client.get("/verhalen/"))
        form = page.select_one("footer form.language")
        return page.html["lang"], form["action"], form.button["value"], form.find("input", {"name": "next"})["value"]

    first = button()
    switched = client.post(first[1], {"language": first[2], "next": first[3]})
    second = button()
    back = client.post(second[1], {"language": second[2], "next": second[3]})

    assert (first, second) == (
        ("nl", "/account/taal/", "en", "/verhalen/"),
        ("en", "/account/taal/", "nl", "/verhalen/"),
    )
    assert [switched.url, back.url] == ["/verhalen/"] * 2
    assert button()[0] == "nl"


def test_the_english_interface_leaves_the_content_dutch(client, story):
    client.post("/account/taal/", {"language": "en", "next": "/"})

    response = client.get("/verhalen/de-stoel-bij-het-raam/")

    assert texts(response, ".story__before p")[:1] == ["Reading takes about 1 minute."]
    assert html_of(response).find("h1")["lang"] == "nl"


@pytest.mark.parametrize("accepted", ["en", "en-GB,en;q=0.9", "de"])
def test_the_browsers_own_list_is_not_asked(client, site_pages, accepted):
    assert html_of(client.get("/", headers={"accept-language": accepted})).html["lang"] == "nl"


@pytest.mark.parametrize("cookie", ["xx", "x" * 600, "\x7f", "../nl", ""])
def test_a_forged_language_is_dutch(client, site_pages, cookie):
    client.cookies["django_language"] = cookie

    response = client.get("/")

    assert (response.status_code, html_of(response).html["lang"]) == (200, "nl")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.test/", "//example.test", "javascript:alert(1)", "/\\example.test"]
)
def test_the_switch_leads_to_no_other_host(client, site_pages, elsewhere):
    assert client.post("/account/taal/", {"language": "en", "next": elsewhere}).url == "/"


def test_a_theme_chosen_in_the_profile_is_on_every_page(client, site_pages, samira):
    client.force_login(samira)
    plain = html_of(client.get("/")).html.get("data-theme")
    samira.theme = "dark"
    samira.save()

    assert (plain, html_of(client.get("/")).html["data-theme"]) == (None, "dark")


# ── Headers ────────────────────────────────────────────────────────────────────
def directives(response):
    policy = response["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


@pytest.mark.parametrize(
    "page", ["/", "/verhalen/", "/training/", "/account/inloggen/", "/mijn/", "/nooit/", "/robots.txt"]
)
def test_every_page_outside_the_cms_says_what_may_run(client, site_pages, page):
    policy = directives(client.get(page))

    assert policy.pop("default-src") == policy.pop("base-uri") == "'none'"
    assert set(policy.values()) == {"'self'"}


def test_inside_the_cms_wagtails_own_scripts_may_run(client, site_pages, petra):
    from accounts.models import User

    client.force_login(User.objects.create_superuser("server@example.test", "x", display_name="Server"))

    response = client.get("/cms/")

    assert (response.status_code, response.has_header("Content-Security-Policy")) == (200, False)


@pytest.mark.parametrize("page", ["/", "/verhalen/", "/training/", "/account/inloggen/", "/nooit/"])
def test_no_page_needs_more_than_that(client, story, training, page):
    """No inline script or style, nothing from another host."""
    html = html_of(client.get(page))

    assert html.select("[style], style, script:not([src])") == []
    assert [tag for tag in html.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    sources = [
        tag.get("src") or tag["href"] for tag in html.select("[src], link[href]") if tag.get("rel") != ["alternate"]
    ]
    assert [source for source in sources if not source.startswith(("/static/", "/bestanden/"))] == []


@pytest.mark.parametrize("page", ["/", "/verhalen/", "/training/", "/mijn/", "/nooit/"])
def test_what_a_signed_in_person_sees_is_kept_in_no_cache(client, site_pages, samira, page):
    client.force_login(samira)

    assert client.get(page)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["/", "/verhalen/", "/nooit/"])
def test_a_visitors_page_tells_no_cost_and_asks_for_no_cookie(client, site_pages, page):
    response = client.get(page)

    assert not response.has_header("Server-Timing")
    assert set(response.cookies) <= {"csrftoken"}


def test_in_the_demo_an_answer_says_what_it_cost(client, settings, site_pages, django_assert_num_queries):
    settings.MIDDLEWARE = ["common.middleware.ServerTimingMiddleware", *settings.MIDDLEWARE]

    with django_assert_num_queries(11) as queries:
        header = client.get("/")["Server-Timing"]

    database, app = header.split(", ")
    assert database.startswith(f'db;desc="{len(queries)}";dur=')
    assert app.startswith("app;dur=")


# ── Reading writes nothing, and what it costs ──────────────────────────────────
def test_it_is_read_and_posting_to_it_changes_nothing(client, home, story):
    before = (HomePage.objects.values().get(), list(ContactSettings.objects.values()))

    assert [client.get("/").status_code, client.head("/").status_code] == [200, 200]
    assert client.post("/", {"pitch": "x"}).status_code < 500
    assert (HomePage.objects.values().get(), list(ContactSettings.objects.values())) == before


@pytest.mark.parametrize("stories", [6, 30])
def test_the_front_page_costs_the_same_with_many_stories(
    client, site_pages, training, django_assert_num_queries, stories
):
    for number in range(stories):
        add_story(site_pages.stories, f"Verhaal {number}")

    with django_assert_num_queries(12):  # among them the word for people and the page that says why
        context = client.get("/").context

    assert (len(context["more_stories"]), context["story_count"]) == (4, stories)
