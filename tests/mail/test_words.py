"""What a mail says: in its reader's language, with what people typed as they typed it, and nothing more in its head."""

import pytest
from django.template.loader import get_template

from mail.domain.words import is_address, language_for, one_line, tidy, write_words
from mail.kinds import MailKind, all_kinds, kind_of, register
from tests.factories.people import make_person

NASTY = "O'Neil & <b>Zoon</b>\r\nBcc: all@example.test\x00"


def test_every_kind_of_the_site_has_its_three_templates():
    for kind in all_kinds():
        for end in ("subject.txt", "body.txt", "body.html"):
            assert get_template(f"{kind.template}.{end}")


def test_a_kind_is_found_by_its_name(make_kind):
    kind = make_kind()

    assert (kind_of("test-note"), kind in all_kinds()) == (kind, True)
    with pytest.raises(LookupError, match="never"):
        kind_of("never")


def test_registering_twice_changes_nothing_and_another_by_its_name_is_refused(make_kind):
    kind = make_kind()
    register(kind)

    with pytest.raises(ValueError, match="test-note"):
        register(MailKind("test-note", "other", "emails/other"))
    assert kind_of("test-note") == kind


@pytest.mark.parametrize(
    ("asked", "of_person", "language"),
    [
        (None, "nl", "nl"),
        (None, "en", "en"),
        ("nl", "en", "nl"),
        ("en", None, "en"),
        (None, None, "nl"),
        ("tlh", None, "nl"),
        (None, "", "nl"),
    ],
)
def test_a_mail_is_in_the_language_of_its_reader(db, asked, of_person, language):
    person = None if of_person is None else make_person("Jo", language=of_person)

    assert language_for(person, asked) == language


@pytest.mark.parametrize(("language", "words"), [("nl", "Log in"), ("en", "Sign in")])
def test_its_words_are_in_that_language(make_kind, language, words):
    written = write_words(make_kind().template, {"word": "x"}, language)

    assert written["text"].splitlines()[2] == f"{words}: http://localhost:8000/naar-binnen/"
    assert f">{words}</a>" in written["html"]
    assert f'<html lang="{language}">' in written["html"]


def test_what_people_typed_is_escaped_in_html_alone(make_kind):
    written = write_words(make_kind().template, {"word": NASTY}, "nl")

    assert written["subject"] == "O'Neil & <b>Zoon</b> Bcc: all@example.test for"
    assert written["text"].startswith("O'Neil & <b>Zoon</b>\nBcc: all@example.test\n\n")
    assert "<h1>O&#x27;Neil &amp; &lt;b&gt;Zoon&lt;/b&gt;\nBcc: all@example.test</h1>" in written["html"]


class Contact:
    name, phone = "Ilse Verbruggen", "013 123 45 67"


@pytest.mark.parametrize(
    ("context", "end"),
    [
        ({}, ["Jouw leven is mijn werk", "http://localhost:8000"]),
        ({"sender_name": "Marieke"}, ["Marieke", "Jouw leven is mijn werk", "http://localhost:8000"]),
    ],
)
def test_it_ends_with_who_sends_it(make_kind, context, end):
    text = write_words(make_kind().template, {"word": "x"} | context, "en")["text"]

    assert text.split("\n\n")[-1].strip().splitlines() == end


def test_it_ends_with_a_telephone_number_where_one_is_given(make_kind):
    written = write_words(make_kind().template, {"word": "x", "contact": Contact}, "en")

    assert written["text"].splitlines()[-1] == "Questions? Call Ilse Verbruggen: 013 123 45 67"
    assert written["html"].count("Questions? Call Ilse Verbruggen: 013 123 45 67</p>") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\t b \n c\u2028d\u0085e ", "a b c d e"),
        ("a\x00b\x7fc\ud800", "abc"),
        ("Jo \u202eretsoo\u2066", "Jo retsoo"),
        ("Zoë 🌻 👩‍🌾", "Zoë 🌻 👩‍🌾"),
    ],
)
def test_a_header_is_one_line(text, line):
    assert one_line(text) == line


def test_a_line_is_cut_where_its_field_ends():
    assert one_line("abc def", 4) == "abc"


def test_tags_of_a_template_leave_no_holes():
    assert tidy("\n\n a\n \n\t\n\n  b\n\nc\r\n") == "a\n\n  b\n\nc\n"


@pytest.mark.parametrize("text", ["jo@example.test", "jo+x@xn--bcher-kva.test", "o'neil@bücher.nl"])
def test_addresses_that_take_mail(text):
    assert is_address(text)
