"""All that stands on the page of a story besides its words, its short version and the page for the printer."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import timezone

from home.models import ContactSettings, Term
from media.models import Image
from stories.choices import Purpose, ReactionState, Relation, Setting, Talk
from stories.domain.consent import release_story
from stories.models import PageChoices, Reaction, StoryPage, Telling, Theme
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording, make_terms, put_online, storyteller_of, teller_of
from tests.media.conftest import picture_bytes

STORY = "/verhalen/de-waterkoker/"


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


@pytest.fixture
def whole(site_pages):
    """A story with everything that a story can have."""
    return add_story(
        site_pages.stories,
        "De waterkoker",
        storyteller="Fatma",
        strapline="Over een groene mok.",
        relation=Relation.PARENT,
        setting=Setting.FOSTER_CARE,
        content_note="Dit verhaal gaat over wachten.",
        note_absent="Er komt geen geweld in voor.",
        note_end="Het loopt goed af.",
        short_version="Zij liet haar mok staan.\n\nToen wist ik het.",
        wanted="Dat iemand het zei.",
        made_by="Fatma schreef het zelf.",
        question="Wat laat jij staan?",
        own_word=Term.objects.create(article="de", singular="ouder", plural="ouders", possessive="van de ouder"),
        recording=make_recording(),
        film=make_recording("De film", type="video", captions=ContentFile(b"WEBVTT\n", name="a.vtt")),
        portrait=Image.objects.create(title="x", alt="Een groene mok", file=ContentFile(picture_bytes(), name="a.jpg")),
    )


def main(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def texts(answer, css):
    return [" ".join(one.get_text(" ", strip=True).split()) for one in main(answer).select(css)]


def test_it_stands_there_with_all_it_has(client, whole):
    answer = client.get(STORY)

    assert texts(answer, ".story__strapline") == ["Over een groene mok."]
    assert texts(answer, ".story__before p")[1:] == [
        "Dit verhaal gaat over wachten. Er komt geen geweld in voor. Het loopt goed af.",
        "Lees eerst de korte versie Luister liever Kies een ander verhaal",
    ]
    assert texts(answer, ".story__wanted") == ["Wat ik had gewild Dat iemand het zei."]
    assert texts(answer, ".ask__label") == ["Wat laat jij staan?"]
    assert main(answer).select_one(".story__patch img")["alt"] == "Een groene mok"
    assert len(main(answer).select("video, audio")) == 2
    told = dict(zip(texts(answer, ".about dt"), texts(answer, ".about dd"), strict=True))
    year = timezone.localdate() + timedelta(days=365)
    assert told["Van wie"] == "Fatma . Ouder"
    assert (told["Wie maakte het"], told["Waar het gebeurde"]) == ("Fatma schreef het zelf.", "Pleegzorg")
    assert told["Eigen woord"] == "Fatma zegt ‘ ouder ’."
    assert told["Mag hier staan"].startswith(f"Tot {year.day} ")


def test_the_short_version_first(client, whole):
    answer = client.get(f"{STORY}kort/")
    assert texts(answer, ".story__short p") == ["Zij liet haar mok staan.", "Toen wist ik het."]
    assert main(answer).select_one(".actions a")["href"] == STORY


def test_on_paper_it_is_the_same_story(client, whole):
    answer = client.get(f"{STORY}print/")
    assert texts(answer, "h1") == ["De waterkoker"]
    assert 'css/print.css" media="all"' in answer.content.decode()


def test_what_others_wrote_below_it_is_not_printed_with_it(client, whole, samira):
    PageChoices.objects.create(page=whole, talk=Talk.ON)
    Reaction.objects.create(page=whole, author=samira, state=ReactionState.SHOWN, words={"text": "Ik ook."})
    reactions = main(client.get(f"{STORY}print/")).select_one("#reacties")

    assert "Ik ook." in reactions.text
    assert reactions.find_parent(class_="no-print")


def test_not_told_for_paper_it_offers_no_sheet(client, site_pages):
    story = add_story(site_pages.stories, "De waterkoker", live=False)
    other = Telling.objects.create(story=story, storyteller=storyteller_of(make_person("Henk", "co-trainer")))
    yes, no = frozenset(Purpose.values) - {Purpose.MAKING}, frozenset({Purpose.WEBSITE})

    def let(by, purposes):
        release_story(story, terms=make_terms(purposes=purposes), by=by)
        return f'href="{STORY}print/"' in client.get(STORY).text, client.get(f"{STORY}print/").status_code

    release_story(story, terms=make_terms(purposes=yes), by=other.storyteller.account)
    put_online(story, by=teller_of(story), purposes=no)
    assert let(teller_of(story), yes) == (True, 200)
    assert let(other.storyteller.account, no) == (False, 302)
    assert let(other.storyteller.account, yes) == (True, 200)


def test_a_bare_story_leaves_out_what_it_has_not(client, site_pages):
    add_story(site_pages.stories, "De waterkoker", storyteller="Fatma")
    answer = client.get(STORY)
    absent = [".story__strapline", ".story__ways", ".story__listen", ".story__wanted", ".ask__label"]
    assert [texts(answer, css) for css in absent] == [[]] * 5
    assert client.get(f"{STORY}kort/").status_code == 404


@pytest.mark.parametrize("part", ["", "kort/", "print/"])
def test_told_for_the_training_alone_no_part_is_for_others(site_pages, browser_of, samira, stranger, part):
    story = add_story(site_pages.stories, "De waterkoker", short_version="Kort.", live=False)
    put_online(story, by=teller_of(story), purposes=frozenset({Purpose.TRAINING, Purpose.PRINT}))

    asked = [browser_of(person).get(f"{STORY}{part}").status_code for person in (None, stranger, samira)]

    assert asked == [404, 404, 200]


@pytest.mark.parametrize("themes", [0, 6])
def test_the_whole_story_stays_within_its_budget(client, whole, themes, django_assert_max_num_queries):
    page = whole.get_latest_revision_as_object()
    page.tags.set([Theme.objects.create(name=f"Thema {number}", slug=f"t{number}") for number in range(themes)])
    by = teller_of(whole)
    page.save_revision(user=by)
    put_online(whole, by=by)
    client.get(STORY)

    with django_assert_max_num_queries(12):
        assert client.get(STORY).status_code == 200


def test_its_own_words_count_for_the_minutes(site_pages):
    long = add_story(site_pages.stories, "Lang", words="<p>" + "woord " * 900 + "</p>")
    assert StoryPage.objects.get(pk=long.pk).minutes == 5
