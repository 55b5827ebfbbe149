"""Where a name stands in a list: names are written in one piece, and the last name in them is a guess."""

import pytest

from common.names import sort_key

IN_ORDER = [
    "",
    "Mohammed el Amrani",
    "Nora El Amrani",
    "Sanne Bakker-de Vries",
    "J. 't Hart",
    "Hanna Heij",
    "Sanne van der Heijden",
    "Heijden, van der, Wouter",
    "Daan Heijman",
    "Anna Maria Jansen",
    "Anne-Marie Jansen",
    "Jansen, P.",
    "Anna de Jong (Oss)",
    "Noor",
    "Łukasz Nowak",
    "Ayşe Özdemir",
    "De Vries",
    "Jan Van Zanten",
]


def test_people_stand_by_their_last_name_without_what_comes_before_it():
    people = IN_ORDER[::-1]
    people.sort(key=sort_key)

    assert people == IN_ORDER


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Wouter van der Heijden", ("heijden", "wouter", "van der")),
        ("Heijden, van der, Wouter", ("heijden", "wouter", "van der")),
        ("Vries, Sanne de", ("vries", "sanne", "de")),
        ("Luis Bakker - de Vries", ("bakker-de vries", "luis", "")),
        ("Noor", ("noor", "noor", "")),
        ("", ("", "", "")),
        ("van de", ("de", "van", "")),
        (",,", ("", "", "")),
    ],
)
def test_a_name_is_taken_apart_to_sort_it(name, key):
    assert sort_key(name) == key
