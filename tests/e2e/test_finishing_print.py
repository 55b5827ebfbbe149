"""On paper a card is a card of A6 with nothing cut off, and a certificate one A4."""

import re

import pytest

from tests.e2e.finishing_screens import certificate, give, issue, my_end, write

pytestmark = pytest.mark.browser

FULL = ("Je schoof de stoel dichterbij en wachtte. " * 20)[:799] + "."
MILLIMETRE = 72 / 25.4


def sheets_of(page):
    """Return the (width, height) of each sheet, in whole millimetres."""
    content = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    return [tuple(round(float(side) / MILLIMETRE) for side in box) for box in boxes]


@pytest.mark.parametrize("words", ["Dank je wel voor de soep.", FULL])
def test_a_card_is_a_side_of_a6_for_each_writer_and_one_with_the_name(open_device, server, words):
    page = open_device("marieke")
    write(page, server, words)
    write(page, server, words, who="noor")
    give(page, server, "mirjam")
    page.goto(my_end(server))

    assert sheets_of(page) == [(105, 148)] * 3


def test_more_lines_than_a_side_has_go_on_to_the_next(open_device, server):
    page = open_device("marieke")
    write(page, server, "Soep.\n" * 60)
    give(page, server, "mirjam")
    page.goto(my_end(server))

    assert len(sheets_of(page)) > 2


def test_a_certificate_is_one_a4_lying_down(open_device, server):
    page = open_device("mirjam")
    issue(page, server, "mirjam")
    page.goto(certificate(server)[0])

    assert sheets_of(page) == [(297, 210)]
