"""A story and the list of stories, as anybody reads them through Wagtail."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from home.models import ContactSettings, GoneAddress
from stories.models import StoryPage
from tests.factories.pages import block_id
from tests.factories.stories import add_story, make_recording

STORY = "/verhalen/de-stoel-bij-het-raam/"


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def texts(response, css):
    return [found.get_text(" ", strip=True) for found in html_of(response).find("main").select(css)]


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


# ── A story ────────────────────────────────────────────────────────────────────
def test_anybody_reads_a_story_with_who_tells_it(client, site_pages):
    add_story(
        site_pages.stories,
        "Vier handtekeningen",
        storyteller="Henk",
        storyteller_short="Henk, 51",
        storyteller_line="Vader van twee.",
        content_note="Er is geen geweld in dit verhaal.",
        question="Wie tekende voor jou?",
        strapline="Over tekenen.",
    )

    response = client.get("/verhalen/vier-handtekeningen/")

    assert response.status_code == 200
    assert html_of(response).title.text.split(" – ")[0] == dutch(
        "%(title)s, the story of %(name)s", title="Vier handtekeningen", name="Henk"
    )
    assert texts(response, "h1") == ["Vier handtekeningen"]
    assert texts(response, ".story__by") == [f"{dutch('The story of %(name)s.', name='Henk, 51')} Vader van twee."]
    assert texts(response, ".story__before p")[1] == "Er is geen geweld in dit verhaal."
    assert texts(response, ".ask__label") == ["Wie tekende voor jou?"]
    assert html_of(response).find("meta", {"name": "description"})["content"] == "Over tekenen."


def test_every_kind_of_block_has_its_own_look(client, site_pages):
    body = [
        ("paragraph", "<p>Ik <b>wachtte</b>.</p>"),
        ("marked", "Niemand kwam."),
        ("pause", "Wie wachtte op jou?"),
        ("note", {"title": "Henk, een jaar later", "text": "Nu weet ik beter."}),
    ]
    stored = [{"type": kind, "id": block_id(f"blok {kind}"), "value": value} for kind, value in body]
    add_story(site_pages.stories, "Vier soorten", body=stored)

    response = client.get("/verhalen/vier-soorten/")

    assert texts(response, ".story__body > p, .story__body .marked__line") == [
        "Ik wachtte .",
        "Niemand kwam.",
        "Niemand kwam.",
    ]
    assert texts(response, ".aside") == [
        f"{dutch('Pause here')} Wie wachtte op jou?",
        "Henk, een jaar later Nu weet ik beter.",
    ]


def test_words_that_look_like_markup_stay_words(client, site_pages):
    stored = [{"type": "marked", "id": block_id("markup"), "value": "<script>alert(1)</script>"}]
    add_story(site_pages.stories, "Markup", storyteller="<b>Henk</b>", body=stored)

    response = client.get("/verhalen/markup/")

    assert texts(response, ".marked__line") == ["<script>alert(1)</script>"]
    assert html_of(response).select("main script, main h1 b, .story__by b") == []


def test_a_story_with_sound_can_be_listened_to(client, site_pages):
    add_story(site_pages.stories, "Het belletje", recording=make_recording())

    assert [source["src"][:11] for source in html_of(client.get("/verhalen/het-belletje/")).select("audio source")] == [
        "/bestanden/"
    ]


def test_it_stands_between_its_neighbours(client, site_pages):
    first, middle, last = (add_story(site_pages.stories, title) for title in ("Een", "Twee", "Drie"))

    found = [client.get(story.address).context["neighbours"] for story in (first, middle, last)]

    assert [(each["before"], each["after"]) for each in found] == [(None, middle), (first, last), (middle, None)]


def test_a_neighbour_that_is_not_for_everybody_is_passed_over(client, site_pages):
    first, closed, gone, last = (add_story(site_pages.stories, title) for title in ("Een", "Twee", "Drie", "Vier"))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    gone.unpublish()

    assert client.get(first.address).context["neighbours"]["after"] == last


# ── The list ───────────────────────────────────────────────────────────────────
def test_the_list_has_every_story_in_the_order_of_the_tree(client, story, reserve_story):
    response = client.get("/verhalen/")

    assert response.context["shown"].object_list == [story, reserve_story]
    assert texts(response, ".story-list__link") == [story.title, reserve_story.title]


def test_an_empty_list_says_so(client, site_pages):
    assert texts(client.get("/verhalen/"), ".empty") == [
        dutch("There are no stories here yet. The first storyteller is still writing.")
    ]


@pytest.mark.parametrize("how", ["login", "groups", "offline", "index"])
def test_what_is_not_for_everybody_is_not_in_the_list(client, site_pages, story, reserve_story, how):
    if how == "offline":
        story.unpublish()
    else:
        page = site_pages.stories if how == "index" else story
        PageViewRestriction.objects.create(page=page, restriction_type="login" if how == "index" else how)

    assert [each.title for each in StoryPage.objects.listed()] == ([] if how == "index" else [reserve_story.title])
    if how != "index":
        assert texts(client.get("/verhalen/"), ".story-list__link") == [reserve_story.title]


# ── Who may read, and what is gone ─────────────────────────────────────────────
def test_a_closed_story_asks_for_an_account_or_refuses(client, samira, story):
    restriction = PageViewRestriction.objects.create(page=story, restriction_type="login")
    visitor = client.get(STORY)
    client.force_login(samira)
    signed_in = client.get(STORY)
    restriction.restriction_type = "groups"
    restriction.save()
    restriction.groups.set([Group.objects.create(name="Een andere groep")])

    assert visitor.status_code == 302
    assert visitor.url.startswith("/_util/login/") or visitor.url.startswith("/account/inloggen/")
    assert signed_in.status_code == 200
    assert b"Ik zat bij het raam" not in client.get(STORY).content


@pytest.mark.parametrize(
    "path", ["/verhalen/nooit/", "/verhalen/é/", "/verhalen/%00/", "/verhalen/" + "x" * 3_000 + "/"]
)
def test_a_forged_address_is_a_missing_page(client, site_pages, path):
    assert client.get(path).status_code == 404


def test_a_draft_is_missing_and_not_gone(client, site_pages):
    add_story(site_pages.stories, "Nog niet", live=False)

    assert client.get("/verhalen/nog-niet/").status_code == 404


def test_a_story_that_was_taken_away_is_gone_until_it_is_back(client, story):
    answers = [client.get(STORY).status_code]
    story.unpublish()
    answers += [client.get(STORY).status_code, client.head(STORY).status_code]
    StoryPage.objects.get(pk=story.pk).save_revision().publish()

    assert [*answers, client.get(STORY).status_code] == [200, 410, 410, 200]
    assert GoneAddress.objects.count() == 0


def test_what_is_gone_says_so_kindly_and_shows_no_word_of_it(client, story):
    story.unpublish()

    response = client.get(STORY)

    assert texts(response, "h1, h1 + p") == [
        dutch("This was taken away"),
        dutch("The storyteller took this story away. That is always allowed. Other stories are still here."),
    ]
    assert "De stoel bij het raam" not in response.content.decode()


def test_a_story_that_was_deleted_is_gone(client, story):
    story.delete()

    assert client.get(STORY).status_code == 410


def test_a_story_that_moved_to_another_address_leaves_no_open_door(client, story):
    story.slug = "een-ander-adres"
    story.save_revision().publish()
    StoryPage.objects.get(pk=story.pk).unpublish()

    assert [client.get(path).status_code for path in ("/verhalen/een-ander-adres/", STORY)] == [410, 404]


def test_reading_writes_nothing(client, story):
    before = list(StoryPage.objects.values())

    assert [
        getattr(client, method)(path).status_code for method in ("get", "head") for path in ("/verhalen/", STORY)
    ] == [200] * 4
    assert (list(StoryPage.objects.values()), GoneAddress.objects.count()) == (before, 0)


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("stories", [3, 30])
def test_a_story_costs_nine_queries(client, site_pages, django_assert_num_queries, stories):
    made = [
        add_story(site_pages.stories, f"Verhaal {number}", recording=make_recording(f"Opname {number}"))
        for number in range(stories)
    ]
    for each in made:
        each.tags.add("wachten", "thuis")
        each.save()

    # the story with its sound, the one before and after, read back, who tells, cards, themes, reactions, whom to call
    with django_assert_num_queries(9):
        client.get(made[1].address)


def test_what_was_closed_a_moment_ago_is_refused_by_the_next_request(client, story):
    assert client.get(STORY).status_code == 200

    restriction = PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
    assert client.get(STORY).status_code == 302
    restriction.delete()
    assert client.get(STORY).status_code == 200

    StoryPage.objects.get(pk=story.pk).unpublish()
    assert client.get(STORY).status_code == 410
    StoryPage.objects.get(pk=story.pk).save_revision().publish()
    assert client.get(STORY).status_code == 200


def test_a_story_is_for_reading_only(client, story):
    assert [client.head(STORY).status_code, client.post(STORY).status_code, client.options(STORY).status_code] == [
        200,
        client.post("/verhalen/").status_code,
        client.options("/verhalen/").status_code,
    ]


@pytest.mark.parametrize("stories", [3, 24])  # a page of the list
def test_the_list_costs_four_queries(client, site_pages, django_assert_num_queries, stories):
    for number in range(stories):
        add_story(site_pages.stories, f"Verhaal {number}", recording=make_recording(f"Opname {number}"))

    with django_assert_num_queries(4):  # the list, its stories, their themes, whom to call
        response = client.get("/verhalen/")

    assert len(texts(response, ".story-list__item")) == stories
