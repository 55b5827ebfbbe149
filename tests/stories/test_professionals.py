"""Interviews and articles by professionals: read, found, linked to at a sentence, printed, and made by editors."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from accounts.roles import sync_roles
from stories.models import ArticlePage, InterviewPage, Theme
from stories.professional_blocks import ThreadBlock
from tests.factories.pages import block_id
from tests.factories.professionals import add_article, add_interview, add_professionals, blocks
from tests.factories.stories import make_recording
from tests.stories.test_story_page import dutch, html_of, texts

GERDA = "/vakmensen/van-de-was/"
HEADINGS = [("heading", "Wat doe je?"), ("paragraph", "<p>Ik vouw.</p>"), ("heading", "Wat doe je?")]


@pytest.fixture
def index(site_pages):
    return add_professionals(site_pages.home)


@pytest.fixture
def themes(db):
    return {name: Theme.objects.create(name=name, slug=name) for name in ("luisteren", "tijd", "ongebruikt")}


def principles(*titles):
    return ("principles", {"title": "", "principles": [{"title": title, "text": ""} for title in titles]})


# ── A page ─────────────────────────────────────────────────────────────────────
def test_anybody_reads_an_interview_with_who_speaks(client, index):
    add_interview(
        index,
        "Van de was",
        strapline="Ze hoort alles.",
        person="Gerda",
        function="gastvrouw",
        organisation="een woongroep",
        question="Wie hoort het meest?",
        credits="Fatma vroeg.",
        checked_on=date(2026, 8, 27),
        checked_by="Gerda",
        body=[("paragraph", "<p>Ik vouw.</p>")],
    )

    response = client.get(GERDA)

    assert response.status_code == 200
    assert html_of(response).title.text.split(" – ")[0] == "Van de was, Gerda"
    assert texts(response, ".article__kind") == [dutch("Interview")]
    assert texts(response, "h1") == ["Van de was"]
    assert texts(response, ".article__by") == ["Gerda , gastvrouw, een woongroep"]
    assert texts(response, ".ask__from") == [dutch("A question from %(name)s", name="Gerda")]
    assert texts(response, ".article__about dd") == ["Fatma vroeg.", "27 augustus 2026, Gerda"]
    assert texts(response, ".article__contents, .article__first") == []


def test_an_article_says_what_it_is_who_wrote_it_and_when(client, index):
    add_article(
        index, "Hoe heten we", author="Ilse", author_line="coördinator", kind="essay", written_on=date(2026, 6, 11)
    )

    response = client.get("/vakmensen/hoe-heten-we/")

    assert texts(response, ".article__kind") == [dutch("Essay")]
    assert texts(response, ".article__by") == ["Ilse , coördinator . 11 juni 2026"]


def test_the_contents_lead_to_every_heading_and_each_has_an_address_of_its_own(client, index):
    add_interview(index, "Van de was", body=[*HEADINGS, ("heading", "Title"), ("heading", "???")])

    main = html_of(client.get(GERDA)).find("main")
    links = [link["href"] for link in main.select(".article__contents a")]

    assert links == ["#wat-doe-je", "#wat-doe-je-2", "#title-2", "#deel"]
    assert [heading["id"] for heading in main.select("h2.article__heading")] == [link[1:] for link in links]
    ids = [found["id"] for found in html_of(client.get(GERDA)).select("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_one_heading_makes_no_contents(client, index):
    add_interview(index, "Van de was", body=HEADINGS[:2])

    assert texts(client.get(GERDA), ".article__contents") == []


def test_a_sentence_has_an_address_and_keeps_whose_it_is(client, index):
    add_interview(
        index,
        "Van de was",
        body=[("pull_quote", {"words": "Ik vouw.", "source": ""}), ("pull_quote", {"words": "Goh.", "source": "Dani"})],
    )

    first, second = html_of(client.get(GERDA)).select(".pull-quote")

    assert first["id"] == f"d-{block_id('0 pull_quote')[:8]}"
    assert first.find("a")["href"] == f"{GERDA}#{first['id']}"
    assert [quote.find("figcaption").span.text for quote in (first, second)] == ["Gerda", "Dani"]


def test_principles_count_on_over_the_page_and_can_be_linked_to(client, index):
    add_interview(
        index, "Van de was", body=[principles("Kijk", "Wacht"), ("paragraph", "<p>En.</p>"), principles("Vraag")]
    )

    found = html_of(client.get(GERDA)).select(".principles__one")

    assert [one["id"] for one in found] == ["uitgangspunt-1", "uitgangspunt-2", "uitgangspunt-3"]
    assert [one.find("a")["href"] for one in found] == [f"#{one['id']}" for one in found]
    assert [one["start"] for one in html_of(client.get(GERDA)).select(".principles__list")] == ["1", "3"]


def test_a_film_comes_first_and_its_words_stand_with_it(client, index):
    film = make_recording("Aan de vouwtafel", type="video", captions="captions/a.vtt", transcript="Sokken.")
    add_interview(index, "Van de was", recording=film, body=HEADINGS)

    main = html_of(client.get(GERDA)).find("main")

    assert main.select_one(".article__columns > *")["class"] == ["article__first"]
    assert main.select_one(".article__first video")["aria-label"] == "Aan de vouwtafel"
    assert main.select_one(".article__first .player__text").get_text(strip=True) == "Sokken."


def test_the_pages_beside_it_have_their_names(client, index):
    add_interview(index, "Eerste", slug="eerste")
    add_article(index, "Tweede", slug="tweede", live=False)
    add_interview(index, "Van de was")
    add_article(index, "Vierde", slug="vierde")

    assert texts(client.get(GERDA), ".neighbours__link") == [f"{dutch('Previous')} Eerste", f"{dutch('Next')} Vierde"]
    assert texts(client.get("/vakmensen/vierde/"), ".neighbours__link") == [f"{dutch('Previous')} Van de was"]


def test_it_prints_as_it_is_without_what_only_works_on_a_screen(client, index):
    add_interview(index, "Van de was", body=HEADINGS)

    paper = client.get(f"{GERDA}print/")

    assert html_of(paper).find("link", href=lambda href: href and "print" in href)["media"] == "all"
    assert texts(paper, "h1") == ["Van de was"]
    assert client.post(f"{GERDA}print/").status_code == 405


# ── Who may read ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize("add", [add_interview, add_article])
@pytest.mark.parametrize("end", ["", "print/"])
def test_a_draft_and_a_closed_page_are_read_by_nobody(client, index, add, end):
    add(index, "Nog niet", slug="nog-niet", live=False)
    closed = add(index, "Besloten", slug="besloten")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    add(index, "Open", slug="open")

    assert [client.get(f"/vakmensen/{slug}/{end}").status_code for slug in ("nog-niet", "open")] == [404, 200]
    assert client.get(f"/vakmensen/besloten/{end}").status_code in (302, 404)
    listed = client.get("/vakmensen/").content.decode() + client.get("/feeds/vakmensen/").content.decode()
    assert ("Nog niet" in listed, "Besloten" in listed, "Open" in listed) == (False, False, True)


def test_what_is_for_members_is_read_and_printed_with_an_account(client, index, browser_of, stranger):
    page = add_interview(index, "Van de was")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    member = browser_of(stranger)

    assert [member.get(f"{GERDA}{end}").status_code for end in ("", "print/")] == [200, 200]
    assert [client.get(f"{GERDA}{end}").status_code for end in ("", "print/")] == [302, 302]


# ── The list ───────────────────────────────────────────────────────────────────
def test_the_list_shows_kind_person_and_minutes(client, index):
    add_interview(index, "Van de was", function="gastvrouw", strapline="Ze hoort alles.")
    add_article(index, "Hoe heten we", kind="guide")

    response = client.get("/vakmensen/")

    assert texts(response, ".article-list .article__kind") == [dutch("Interview"), dutch("Guide")]
    assert texts(response, ".article-list__title") == ["Van de was", "Hoe heten we"]
    assert texts(response, ".article-list .small")[0].startswith("Gerda, gastvrouw .")


def test_the_list_is_narrowed_by_theme_in_the_address(client, index, themes):
    add_interview(index, "Van de was", tags=[themes["luisteren"], themes["tijd"]])
    add_article(index, "Hoe heten we", tags=[themes["tijd"]])

    response = client.get("/vakmensen/?thema=luisteren")

    assert texts(response, ".article-list__title") == ["Van de was"]
    assert [(link["href"], link.get("aria-current")) for link in html_of(response).select(".themes__link")] == [
        ("/vakmensen/", "true"),
        ("/vakmensen/?thema=tijd", None),
    ]


@pytest.mark.parametrize("asked", ["ongebruikt", "bestaat-niet", "", "\x00", "<script>", "x" * 5000])
def test_a_theme_that_nothing_has_shows_all(client, index, themes, asked):
    add_interview(index, "Van de was", tags=[themes["luisteren"]])

    response = client.get("/vakmensen/", {"thema": asked})

    assert (response.status_code, texts(response, ".article-list__title")) == (200, ["Van de was"])


def test_an_empty_list_leads_to_the_stories(client, index):
    response = client.get("/vakmensen/")

    assert [link["href"] for link in html_of(response).select(".empty a")] == ["/verhalen/"]


def test_stories_and_professionals_lead_to_each_other(client, index):
    assert "/vakmensen/" in [link["href"] for link in html_of(client.get("/verhalen/")).select("main a")]
    assert "/verhalen/" in [link["href"] for link in html_of(client.get("/vakmensen/")).select("main a")]


def test_a_reader_of_feeds_gets_the_newest_with_who_and_what(client, index, site_pages):
    for title in ("Eerste", "Tweede"):
        add_interview(index, title, strapline="Een regel.").save_revision().publish()

    feed = client.get("/feeds/vakmensen/").content.decode()

    assert feed.index("Tweede") < feed.index("Eerste")
    assert f"<category>{dutch('Interview')}</category>" in feed


def test_search_finds_it_by_another_form_of_the_word(index):
    page = add_interview(index, "Van de was", body=[("paragraph", "<p>Ze wachtte op sokken.</p>")])

    assert [found.pk for found in InterviewPage.objects.all().search("wacht", operator="and")] == [page.pk]


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [1, 6])
def test_reading_costs_as_much_however_much_there_is(client, index, themes, count, django_assert_num_queries):
    for number in range(count):
        add_article(index, f"Artikel {number}", tags=[themes["tijd"]], body=HEADINGS * count)
        add_interview(index, f"Gesprek {number}", tags=[themes["tijd"]], body=HEADINGS * count)
    for address in ("/vakmensen/", "/vakmensen/artikel-0/"):
        client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/vakmensen/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/vakmensen/artikel-0/")


LIST_QUERIES = 6
PAGE_QUERIES = 8


# ── Editing ────────────────────────────────────────────────────────────────────
def test_what_has_no_words_yet_does_not_go_online(index):
    silent = make_recording("Stil", type="audio", transcript="")
    no_captions = make_recording("Film", type="video")
    page = add_interview(index, "Van de was", recording=silent, body=[("film", no_captions.pk)])

    problems = page.publish_problems()

    assert [(problem.field, str(problem.message)) for problem in problems] == [
        ("recording", str(silent.missing_words)),
        ("body", str(no_captions.missing_words)),
    ]


def test_minutes_are_counted_from_the_text(index):
    page = add_article(index, "Lang", body=[("paragraph", f"<p>{'woord ' * 400}</p>")])

    assert page.minutes == 3


@pytest.mark.parametrize(("last", "fits"), [("Wat zie jij?", True), ("Kijk zelf.", False)])
def test_the_thread_ends_with_a_question(last, fits):
    block = ThreadBlock()
    value = block.to_python({"first": "Een.", "second": "Twee.", "question": last})

    if fits:
        assert block.clean(value)["question"] == last
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


@pytest.mark.parametrize(
    ("name", "may"), [("marieke", True), ("petra", True), ("noor", False), ("ilse", False), ("samira", False)]
)
def test_trainers_and_administrators_make_and_publish_them(request, index, browser_of, name, may):
    sync_roles()
    person = request.getfixturevalue(name)
    form = {
        **dict.fromkeys(("strapline", "function", "organisation", "question", "credits", "checked_on"), ""),
        **dict.fromkeys(("checked_by", "tags", "recording", "seo_title", "search_description"), ""),
        **{"title": "Van de was", "slug": "van-de-was", "person": "Gerda", "action-publish": "1"},
        **{"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "paragraph", "body-0-id": ""},
        **{"body-0-value": draftail("Ik vouw.")},
        **{f"comments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")},
        "comments-MAX_NUM_FORMS": "",
    }

    browser_of(person).post(f"/cms/pages/add/stories/interviewpage/{index.pk}/", form)

    assert InterviewPage.objects.filter(live=True).count() == int(may)
    assert index.permissions_for_user(person).can_publish_subpage() == may


def draftail(text):
    piece = {"text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], "key": "a"}
    return json.dumps({"blocks": [piece], "entityMap": {}})


def test_all_kinds_of_pieces_can_stand_on_a_page(client, index):
    rows = [
        *HEADINGS,
        ("pull_quote", {"words": "Ik vouw.", "source": ""}),
        ("quote", {"words": "Haar geloof ik.", "who": "een meisje"}),
        principles("Kijk"),
        ("thread", {"first": "Een.", "second": "Twee.", "question": "Drie?"}),
        ("downloads", {"files": [{"document": None, "about": "weg"}]}),
        ("sound", make_recording().pk),
    ]
    page = ArticlePage(title="Alles", slug="alles", author="Ilse", body=blocks(rows))
    index.add_child(instance=page)

    response = client.get("/vakmensen/alles/")

    assert response.status_code == 200
    assert texts(response, ".thread__question") == ["Drie?"]
    assert texts(response, ".quote__who") == ["een meisje"]
    assert isinstance(page.body[1].value, RichText)
