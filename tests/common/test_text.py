import pytest

from common.blocks import text_of
from common.text import reading_minutes, search_words, sentence_list, without_controls


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (180, 1), (181, 2), (360, 2), (361, 3), (1800, 10)])
def test_reading_takes_whole_minutes_and_one_at_least(words, minutes):
    assert reading_minutes("woord " * words) == minutes


def test_marks_are_not_words():
    assert reading_minutes("… – ! " * 500) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("gewoon", "gewoon"),
        ("een\x00twee", "eentwee"),
        ("\x01\x08\x0b\x0c\x0e\x1f\x7f", ""),
        ("tab\tblijft\nregel blijft", "tab\tblijft\nregel blijft"),
        ("regel\r\nregel\rregel", "regel\nregel\nregel"),
        ("half \ud83c teken", "half  teken"),
        ("é 🌻 ﷽", "é 🌻 ﷽"),
    ],
)
def test_only_what_a_database_refuses_or_a_screen_hides_is_dropped(typed, kept):
    assert without_controls(typed) == kept


def test_dropping_twice_drops_no_more():
    once = without_controls("een\x00\r\n\ud800twee")

    assert without_controls(once) == once == "een\ntwee"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], ""),
        (["Jesse"], "Jesse"),
        (["Jesse", "Henk"], "Jesse en Henk"),
        (["Jesse", "Fatma", "Henk"], "Jesse, Fatma en Henk"),
        (iter([1, 2, 3, 4]), "1, 2, 3 en 4"),
    ],
)
def test_names_are_joined_as_people_say_them(names, sentence):
    assert sentence_list(names, "en") == sentence


@pytest.mark.parametrize(
    ("html", "plain"),
    [("", ""), (None, ""), ("<p>Een</p><p>Twee</p>", "Een  Twee"), ("<b>vet</b> &amp; schuin", "vet  & schuin")],
)
def test_rich_text_as_plain_words(html, plain):
    assert text_of(html) == plain


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("  tante   Kwikstaart\n", "tante Kwikstaart"),
        ('"tante"Kwik\x00staart"\ud800', "tante Kwikstaart"),
        ("x" * 201, "x" * 200),
        ("a " * 99, "a a a a a a a a"),
    ],
)
def test_what_somebody_looks_for_is_a_few_clean_words(typed, words):
    assert search_words(typed) == words
