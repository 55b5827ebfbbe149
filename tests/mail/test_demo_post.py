"""In the demo no mail leaves; what would have left is read on the site. Elsewhere there is no such page."""

import runpy
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import include, path
from django.utils import timezone

from config import urls as site_urls
from mail.domain.outbox import erase_old_bodies
from mail.models import OutboxMail
from mail.views import with_own_links

POST = "/voorbeeld/post/"
# The addresses as config.urls has them in the demo.
urlpatterns = [path("voorbeeld/post/", include("mail.demo_urls")), *site_urls.urlpatterns]
handler404 = site_urls.handler404

in_the_demo = pytest.mark.urls(__name__)


@pytest.fixture
def demo(settings, site_pages):
    settings.DEMO = True


def page(client, address=POST):
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    return BeautifulSoup(response.content, "html.parser").main


@in_the_demo
def test_an_empty_box_says_so(client, demo):
    assert page(client).select_one(".empty").text != ""


@in_the_demo
def test_the_newest_thirty_are_listed(client, demo, queue, django_assert_num_queries):
    for number in range(31):
        queue(f"p{number:02}", word=f"Nummer {number}")

    titles = [link.text for link in page(client).select("li a")]

    assert titles == [f"Nummer {number} for" for number in range(30, 0, -1)]
    assert [link["href"] for link in page(client).select("nav a")] == ["?pagina=2"]
    assert [link.text for link in page(client, f"{POST}?pagina=2").select("li a")] == ["Nummer 0 for"]


@in_the_demo
@pytest.mark.parametrize(("ics", "lines"), [("", 1), ("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", 2)])
def test_it_says_so_when_an_invitation_goes_with_it(client, demo, queue, ics, lines):
    mail = queue(ics=ics)

    assert len(page(client, f"{POST}{mail.uuid}/").select("p.small")) == lines


@in_the_demo
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_many(client, demo, queue, count, django_assert_max_num_queries):
    for number in range(count):
        queue(str(number))

    with django_assert_max_num_queries(4):
        client.get(POST)


@in_the_demo
def test_a_mail_is_read_with_its_links_to_the_site(client, demo, queue):
    mail = queue(word="Dag <b>Jo</b> https://elders.test/")

    html = page(client, f"{POST}{mail.uuid}/")

    text = html.select_one(".post__text")
    assert text.get_text() == mail.text
    assert [link["href"] for link in text.select("a")] == [
        "http://localhost:8000/naar-binnen/",
        "http://localhost:8000",
    ]
    assert (text["lang"], text.select("b"), "jo@example.test" in html.text) == ("nl", [], True)


@in_the_demo
def test_a_mail_that_is_not_there_is_a_404(client, demo):
    assert client.get(f"{POST}8d8b6ff1-28f2-4f36-9ca1-0f6f1a6f6c4f/").status_code == 404


@in_the_demo
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_for_reading_only(client, demo, queue, method):
    mail = queue()

    assert [getattr(client, method)(address).status_code for address in (POST, f"{POST}{mail.uuid}/")] == [405, 405]


@in_the_demo
def test_a_mail_stays_here_and_a_code_can_be_read_for_an_hour(client, demo, queue, make_kind, post, worker):
    mail = queue(kind=make_kind("code", is_secret=True), word="123456")

    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, post.lines) == ("sent", 0)
    assert page(client).select_one("li a").text == "123456 for"
    erase_old_bodies(timezone.now() + timedelta(minutes=59))
    assert page(client, f"{POST}{mail.uuid}/").h1.text == "123456 for"
    erase_old_bodies(timezone.now() + timedelta(minutes=61))
    erased = page(client, f"{POST}{mail.uuid}/")
    assert (erased.h1.text, len(erased.select(".empty"))) == ("Note", 1)


def test_elsewhere_a_code_is_not_kept(queue, make_kind, post, worker, site_pages):
    queue(kind=make_kind("code", is_secret=True))

    worker.send_due()

    assert ([mail.words for mail in OutboxMail.objects.all()], post.lines) == ([{}], 1)


def test_elsewhere_there_is_no_such_page(client, site_pages, queue):
    mail = queue()

    assert [client.get(address).status_code for address in (POST, f"{POST}{mail.uuid}/")] == [404, 404]


@pytest.mark.parametrize(("demo_is_on", "boxes"), [(True, 1), (False, 0)])
def test_the_setting_alone_puts_it_there(settings, demo_is_on, boxes):
    settings.DEMO = demo_is_on

    patterns = runpy.run_path(site_urls.__file__)["urlpatterns"]

    assert len([each for each in patterns if str(each.pattern) == "voorbeeld/post/"]) == boxes


HERE = "http://localhost:8000"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("niets", [("niets", "")]),
        (f"Ga naar {HERE}/a/?b=1.", [("Ga naar ", ""), (f"{HERE}/a/?b=1", f"{HERE}/a/?b=1"), (".", "")]),
        (f"({HERE}/a)", [("(", ""), (f"{HERE}/a", f"{HERE}/a"), (")", "")]),
        (f"{HERE}\n{HERE}/!", [(HERE, HERE), ("\n", ""), (f"{HERE}/", f"{HERE}/"), ("!", "")]),
        (f"{HERE}.kwaad.test/", [(f"{HERE}.kwaad.test/", "")]),
        (f"{HERE}@kwaad.test/", [(f"{HERE}@kwaad.test/", "")]),
        (f"{HERE}1/", [(f"{HERE}1/", "")]),
        ('javascript:"x"', [('javascript:"x"', "")]),
    ],
)
def test_only_addresses_of_the_site_become_links(text, parts):
    assert with_own_links(text) == parts
