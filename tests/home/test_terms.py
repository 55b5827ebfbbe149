"""The word for people: its forms, which of them stands where, what it costs and who chooses it."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import PageViewRestriction, ReferenceIndex

from accounts.roles import sync_roles
from home.domain.terms import address_at, fill_in, word_for
from home.models import ContentPage, Forms, HomePage, Term, TermSettings
from home.models.terms import DEFAULT_FORMS
from tests.factories.pages import add_page

LIST = "/cms/woorden/"
CHILD = {"article": "het", "singular": "kind", "plural": "kinderen", "possessive": "van het kind"}


def texts(response, css):
    return [found.get_text(" ", strip=True) for found in BeautifulSoup(response.content, "html.parser").select(css)]


def hrefs(response, css):
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").select(css)]


@pytest.fixture
def term(db):
    return Term.objects.create(article="de", singular="klant", plural="klanten", possessive="van de klant")


@pytest.fixture
def child(db):
    return Term.objects.create(**CHILD)


@pytest.fixture
def why(site_pages):
    page = ContentPage(title="Waarom dit woord", slug="waarom", intro="Wij zeggen {ev}. <b>{Mv}</b> of {mv}.")
    return add_page(site_pages.home, page)


@pytest.fixture
def chosen(term, why):
    """The site says "klant", and has a page that says why."""
    return TermSettings.objects.create(word=term, page=why)


@pytest.fixture
def own_story(child):
    """A story as word_for asks it: its storyteller says "kind"."""
    return SimpleNamespace(own_word_id=child.pk, own_word=child)


def rendered(source, **context):
    return Template("{% load terms %}" + source).render(Context(context))


# ── The forms of a word ────────────────────────────────────────────────────────
def test_a_word_has_its_forms_and_prints_as_one_person(child):
    forms = child.forms

    assert (str(forms), str(child), forms.with_article) == ("kind", "kind", "het kind")
    assert (forms.article, forms.singular, forms.plural, forms.possessive) == (
        "het",
        "kind",
        "kinderen",
        "van het kind",
    )


@pytest.mark.parametrize(
    ("singular", "with_article", "capital"),
    [("cliënt", "De cliënt", "Cliënt"), ("ijsmaker", "De ijsmaker", "IJsmaker")],
)
def test_a_sentence_begins_with_one_capital(singular, with_article, capital):
    forms = Forms.of("de", singular, "mensen", "van de mens").capital

    assert (forms.singular, forms.with_article, forms.possessive) == (capital, with_article, "Van de mens")


@pytest.mark.parametrize("word", ["<b>", "{ev}", "een\x00", "klant\n"])
def test_a_word_is_plain(db, word):
    for name in ("singular", "plural", "possessive"):
        with pytest.raises(ValidationError) as refusal:
            Term(**(CHILD | {name: word})).full_clean()
        assert list(refusal.value.message_dict) == [name]


@pytest.mark.parametrize("word", ["ouder/verzorger", "(pleeg)ouder", "mens met een verhaal", "ex-patiënt"])
def test_a_word_may_be_any_words(db, word):
    Term(**(CHILD | {"singular": word})).full_clean()


@pytest.mark.parametrize("singular", ["klant", "Klant"])
def test_a_word_is_in_the_list_once(term, singular):
    again = Term(article="de", singular=singular, plural="klanten", possessive="van de klant")

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert list(refusal.value.message_dict) == ["singular"]


@pytest.mark.parametrize("wrong", [{"article": "der"}, {"singular": ""}, {"plural": ""}, {"possessive": ""}])
def test_the_database_takes_no_word_without_a_form(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(**(CHILD | wrong))


def test_a_word_that_somebody_chose_stays_what_it_is(term, chosen, why):
    ReferenceIndex.create_or_update_for_object(chosen)
    term.plural = "cliënten"
    term.full_clean()  # the site itself may get other words at once
    kind = ContentType.objects.get_for_model(ContentPage)
    ReferenceIndex.objects.create(
        base_content_type=kind,
        content_type=kind,
        object_id=str(why.pk),
        to_content_type=ContentType.objects.get_for_model(Term),
        to_object_id=str(term.pk),
        model_path="own_word",
        content_path="own_word",
        content_path_hash=why.translation_key,
    )

    with pytest.raises(ValidationError):
        term.full_clean()
    Term.objects.get(pk=term.pk).full_clean()


# ── Which word stands where ────────────────────────────────────────────────────
def test_a_site_that_chose_nothing_has_a_word(db):
    assert word_for() == DEFAULT_FORMS
    TermSettings.objects.create()
    assert word_for() == DEFAULT_FORMS


def test_the_word_of_the_site_stands_everywhere(chosen):
    assert word_for().plural == "klanten"
    assert word_for(SimpleNamespace()).plural == "klanten"  # an article, that has no word of its own
    assert word_for(SimpleNamespace(own_word_id=None, own_word=None)).plural == "klanten"


def test_the_word_of_the_storyteller_wins_on_her_story(chosen, own_story):
    assert word_for(own_story).plural == "kinderen"
    source = (
        "{% word story as term %}{{ term.capital.with_article }}, {{ term.possessive }}; {% word as term %}{{ term }}"
    )
    assert rendered(source, story=own_story) == "Het kind, van het kind; klant"


def test_another_choice_stands_on_the_next_page(client, chosen, child, why):
    before = texts(client.get("/waarom/"), ".page-text__intro")
    chosen.word = child
    chosen.save()

    after = texts(client.get("/waarom/"), ".page-text__intro")

    assert before == ["Wij zeggen klant. <b>Klanten</b> of klanten."]  # escaped, as an intro is plain text
    assert after == ["Wij zeggen kind. <b>Kinderen</b> of kinderen."]


def test_what_editors_wrote_is_filled_in_and_nothing_else_is(child):
    html = "{Ev}, {mv}, {de ev}, {De EV}, {Van de ev}, {iets}, { ev }, ev, {{ev}}"

    assert fill_in(html, lambda: child.forms) == (
        "Kind, kinderen, het kind, Het kind, Van het kind, {iets}, { ev }, ev, {kind}"
    )


def test_a_word_is_escaped_wherever_it_stands():
    forms = Forms.of("de", "<b>&", "<i>", "van de <u>")

    assert fill_in("{ev} {mv}", lambda: forms) == "&lt;b&gt;&amp; &lt;i&gt;"


def test_the_front_page_is_filled_in(client, chosen, site_pages):
    home = HomePage.objects.get(pk=site_pages.home.pk)
    home.pitch, home.meet_title, home.meet_text = "Leren van {mv}.", "Bel", "Ook {de ev} belt."
    home.facts = [("fact", {"bold": "Door (ex-){mv},", "rest": "van wie {ev} was"})]
    home.save_revision().publish()

    response = client.get("/")

    assert texts(response, ".front__pitch, .front__facts li, .plain__text") == [
        "Leren van klanten.",
        "Door (ex-)klanten, van wie klant was",
        "Ook de klant belt.",
    ]


# ── The page that says why ─────────────────────────────────────────────────────
WHY = ".front__what a[href='/waarom/']"


def test_the_front_page_leads_to_the_page_that_says_why(client, chosen):
    [link] = BeautifulSoup(client.get("/").content, "html.parser").select(WHY)

    assert (link["href"], link.span.text, link.span["lang"]) == ("/waarom/", "‘klant’", "nl")


def test_a_page_that_not_everybody_may_read_is_not_linked(client, chosen, why):
    restriction = PageViewRestriction.objects.create(page=why, restriction_type="login")
    seen = [hrefs(client.get("/"), WHY)]
    restriction.delete()
    seen.append(hrefs(client.get("/"), WHY))
    ContentPage.objects.get(pk=why.pk).unpublish()
    seen.append(hrefs(client.get("/"), WHY))

    assert seen == [[], ["/waarom/"], []]


def test_a_page_that_is_thrown_away_takes_no_word_along(client, chosen, why):
    why.delete()

    assert (hrefs(client.get("/"), WHY), word_for().singular) == ([], "klant")


@pytest.mark.django_db
@pytest.mark.parametrize("url_path", ["/home/waarom/", "/home/over/woord/"])
def test_the_address_is_the_one_of_the_page(url_path):
    assert address_at(url_path) == ContentPage(url_path=url_path, depth=3).address


def test_no_page_has_no_address():
    assert address_at(None) == ""


# ── What it costs ──────────────────────────────────────────────────────────────
def test_a_request_asks_once_however_often_the_word_stands_there(chosen, django_assert_num_queries):
    source = "{% word as a %}{% word_page as b %}{% own_texts %}{ev}{mv}{% endown_texts %}{{ a }}{{ b }}"

    with django_assert_num_queries(1):
        assert rendered(source, request=RequestFactory().get("/")) == "klantklantenklant/waarom/"


def test_two_requests_ask_twice(chosen, child, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [rendered("{% word as a %}{{ a }}", request=RequestFactory().get("/")) for _time in range(2)] == [
            "klant"
        ] * 2


def test_where_no_word_stands_nothing_is_asked(db, own_story, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rendered("{% own_texts %}Zonder woord.{% endown_texts %}") == "Zonder woord."
        assert rendered("{% word story as a %}{{ a }}", story=own_story) == "kind"


# ── Who chooses ────────────────────────────────────────────────────────────────
@pytest.fixture
def rights(site_pages):
    sync_roles()


def settings_address(settings):
    return f"/cms/settings/home/termsettings/{settings.pk}/"


def test_the_administrator_adds_a_word_and_chooses_it(petra, rights, browser_of, chosen, why):
    browser = browser_of(petra)

    made = browser.post(f"{LIST}new/", CHILD)
    word = Term.objects.get(singular="kind")
    picked = browser.post(settings_address(chosen), {"word": word.pk, "page": why.pk})

    assert (made.status_code, picked.status_code) == (302, 302)
    assert texts(browser.get("/"), WHY + " span") == ["‘kind’"]


def test_the_administrator_finds_both_in_the_settings_and_reads_how_to_use_them(petra, rights, browser_of, chosen):
    browser = browser_of(petra)

    listed, asked = browser.get(LIST), browser.get(settings_address(chosen)).content.decode()

    assert "van de klant" in listed.content.decode()
    assert "{van de ev}" in asked
    assert "Van de klant" in asked
    menu = browser.get("/cms/").content.decode()
    assert LIST in menu
    assert "/cms/settings/home/termsettings/" in menu


def test_a_word_that_is_there_already_is_refused_with_a_sentence(petra, rights, browser_of, term):
    response = browser_of(petra).post(f"{LIST}new/", CHILD | {"singular": "KLANT"})

    assert (response.status_code, Term.objects.count()) == (200, 1)
    assert len(texts(response, ".error-message")) == 1


def test_nobody_throws_a_word_away(petra, rights, browser_of, term):
    response = browser_of(petra).post(f"{LIST}delete/{term.pk}/")

    assert (response.status_code, Term.objects.count()) == (302, 1)


@pytest.mark.parametrize("name", ["samira", "noor", "marieke", "ilse"])
def test_nobody_else_meets_them(request, rights, browser_of, chosen, term, name):
    browser = browser_of(request.getfixturevalue(name))
    paths = [LIST, f"{LIST}new/", f"{LIST}edit/{term.pk}/", f"{LIST}delete/{term.pk}/", settings_address(chosen)]

    answers = [browser.get(path) for path in paths] + [browser.post(path, CHILD) for path in paths]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert (Term.objects.count(), Term.objects.get().plural) == (1, "klanten")
