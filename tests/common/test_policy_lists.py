"""The holes of wagtail-modeladmin that are about many rows: what a list takes from its address, and its export."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from common.modeladmin import DeclaredFilter
from common.modeladmin.cells import cell
from tests.common.policy_desk import Desk, closed_desk, enter, refused
from tests.factories.groups import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.policy_urls")]

LIST = "/cms/proef/groepen/"
HASH = "md5$letter$by$letter"


@pytest.fixture
def desk_of_roel(client, roel, ilse, group, other_group):
    """Roel at the desk, with one group of his and one of Ilse's behind the wall."""
    ilse.password = roel.password = HASH
    ilse.save()
    roel.save()
    return enter(client, roel)


def names(response):
    """The groups of a list as it stands, or where it leads to."""
    return [group.name for group in response.context["object_list"]] if response.status_code == 200 else response.url


def rows_of(response):
    """The rows of an exported CSV, headings first."""
    return list(csv.reader(io.StringIO(response.content.decode())))


# ── Which rows ─────────────────────────────────────────────────────────────────
def test_a_list_shows_the_rows_of_the_policy(desk_of_roel):
    response = desk_of_roel.get(LIST)

    assert names(response) == ["Breda najaar"]
    assert (response.context["all_count"], response.context["result_count"]) == (1, 1)
    assert "Tilburg" not in response.content.decode()


@pytest.mark.parametrize("query", ["?q=Tilburg", "?q=najaar", "?q=Ilse", "?letter=T", "?o=-0", "?p=1", "?q=&o=1.0"])
def test_no_parameter_brings_another_row_into_it(desk_of_roel, query):
    response = desk_of_roel.get(LIST + query)

    assert set(names(response)) <= {"Breda najaar"}
    assert "Tilburg najaar" not in response.content.decode()


# ── Parameters that were not declared ──────────────────────────────────────────
@pytest.mark.parametrize(
    "lookup",
    [
        "coordinators__password__startswith={}",
        "coordinators__email__icontains={}",
        "name__startswith={}",
        "training__title__regex=^{}",
        "places__enrolment__person__display_name__startswith={}",
        "id={}",
        "q=&coordinators__password__startswith={}",
        "letter=B&coordinators__password__startswith={}",
        "export=csv&coordinators__password__startswith={}",
    ],
)
def test_probing_letter_by_letter_learns_nothing(desk_of_roel, lookup):
    """Right letter, wrong letter, nonsense: the clean list, every time."""
    answers = [desk_of_roel.get(f"{LIST}?{lookup.format(quote(guess))}") for guess in ("m", "md5$l", "x", HASH, "")]

    assert [(answer.status_code, answer.url, answer.content) for answer in answers] == [(302, LIST, b"")] * 5


@pytest.mark.parametrize(
    "query",
    ["nonsense=1", "e=1", "ot=asc", "_changelist_filters=x", "pk=1", "coordinators=1", "training__id__exact=1", "%00=1",
     "%ED%A0%80=1", "q__x=1", "=1", "locale=nl"],
)  # fmt: skip
def test_an_unknown_parameter_leads_to_the_clean_list(desk_of_roel, query):
    assert names(desk_of_roel.get(f"{LIST}?{query}")) == LIST


@pytest.mark.parametrize(
    "query",
    ["p=abc", "p=0", "p=-1", "p=1.5", "p=", "p=%C2%B2", "p=" + "9" * 3900, "p=1&p=2", "p=1%00",
     "o=abc", "o=", "o=2", "o=-", "o=--1", "o=0.1.0", "o=0." + "0." * 1900, "o=%D9%A0", "o=0&o=1", "o=name",
     "letter=", "letter=X", "letter=t", "letter=T&letter=B", "letter=T%00", "letter=%ED%A0%80", "letter__startswith=T",
     "export=", "export=pdf", "export=CSV", "export=csv&export=xlsx", "q=a&q=b"],
)  # fmt: skip
def test_a_bad_value_leads_to_the_clean_list(desk_of_roel, query):
    assert names(desk_of_roel.get(f"{LIST}?{query}")) == LIST


def test_a_page_that_is_not_there_is_the_first(desk_of_roel):
    assert names(desk_of_roel.get(LIST + "?p=999999")) == ["Breda najaar"]


def test_a_bad_parameter_of_who_may_not_list_tells_nothing(client, stranger):
    clean = enter(client, stranger).get(LIST + "?nonsense=1").url

    assert (clean, refused(client.get(clean))) == (LIST, True)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Breda", "Tilburg A", "Tilburg B"]),
        ("letter=T", ["Tilburg A", "Tilburg B"]),
        ("letter=T&q=b", ["Tilburg A", "Tilburg B"]),
        ("o=-0", ["Tilburg B", "Tilburg A", "Breda"]),
        ("o=1.-0", ["Tilburg B", "Tilburg A", "Breda"]),
        ("q=tilburg+a", ["Tilburg A"]),
        ("q=Ilse&p=1", ["Breda", "Tilburg A", "Tilburg B"]),
    ],
)
def test_what_was_declared_works(client, ilse, group, training, query, shown):
    group.delete()
    for name in ("Tilburg B", "Tilburg A", "Breda"):
        make_group(training, name, coordinators=[ilse], trainers=[ilse])

    assert names(enter(client, ilse).get(f"{LIST}?{query}")) == shown


def test_every_link_of_the_list_leads_back_to_a_list(client, ilse, group):
    """What the headings, filters and buttons link to must be among the declared parameters."""
    page = enter(client, ilse).get(LIST + "?q=Tilburg&letter=T&o=0").content.decode()
    links = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]}
    queries = {link for link in links if link.startswith(("?", LIST + "?"))}

    assert len(queries) >= 6
    assert {link: client.get(LIST + link.removeprefix(LIST)).status_code for link in queries} == dict.fromkeys(
        queries, 200
    )


# ── Words to look for ──────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "words", ["Bre%00da", '"Breda', "%22Breda%22", "Breda%0B", " breda%20%20najaar ", "Roel%20Breda"]
)
def test_a_search_is_cleaned_first(desk_of_roel, words):
    assert names(desk_of_roel.get(f"{LIST}?q={words}")) == ["Breda najaar"]


@pytest.mark.parametrize(
    "words",
    ["%ED%A0%80", "%00", '"', "'", "%", "_", "\\", "%FF", "(" * 200, "x" * 3_900, "a+" * 1_900, "%F0%9F%8D%B2"],
)
def test_no_search_is_an_error(desk_of_roel, words):
    assert desk_of_roel.get(f"{LIST}?q={words}").status_code == 200


def test_a_filter_that_names_no_values_takes_none(rf, roel):
    class Bare(DeclaredFilter):
        title, parameter_name = "bare", "bare"

        def lookups(self, request, model_admin):
            return []

    bare = Bare(rf.get("/"), {}, Desk.model, None)

    assert not bare.has_output()
    with pytest.raises(NotImplementedError):
        bare.narrow(None, "x")


# ── Export ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("query", ["", "&q=najaar", "&o=-0", "&letter=B"])
def test_an_export_has_the_rows_of_the_list_and_no_others(desk_of_roel, query):
    response = desk_of_roel.get(f"{LIST}?export=csv{query}")

    assert rows_of(response) == [
        ["Name", "Training", "Seats", "Empty"], ["Breda najaar", "Jouw leven is mijn werk", "0", ""],
    ]  # fmt: skip


def test_an_export_of_another_filter_is_empty(desk_of_roel):
    assert len(rows_of(desk_of_roel.get(LIST + "?export=csv&letter=T"))) == 1


def test_who_may_not_list_may_not_export(client, stranger):
    assert refused(enter(client, stranger).get(LIST + "?export=csv"))


def test_a_list_without_an_export_has_none(client, ilse, group):
    closed = reverse(closed_desk.url_helper.get_action_url_name("index"))

    assert names(enter(client, ilse).get(closed)) == ["Tilburg najaar"]
    assert names(client.get(closed + "?export=csv")) == closed


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t", "\uff1d"])
def test_no_cell_starts_a_formula(client, ilse, group, start):
    type(group).objects.update(name=f"{start}1+1\x0b")
    table = rows_of(enter(client, ilse).get(LIST + "?export=csv"))
    sheet = load_workbook(io.BytesIO(b"".join(client.get(LIST + "?export=xlsx").streaming_content))).active

    assert [table[1][0], sheet["A2"].value] == [f"'{start}1+1"] * 2
    assert (sheet["A2"].data_type, sheet["C2"].value) == ("s", 0)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), ("", ""), ("Tilburg", "Tilburg"), ("a=1", "a=1"), ("\r=1", "'\n=1"), ("\n=1", "'\n=1"),
        ("x\x00y\ud800", "xy"), (0, 0), (-5, -5), (False, False), (Decimal("-1.5"), Decimal("-1.5")),
        (date(2027, 2, 4), date(2027, 2, 4)), (["=1"], "['=1']"),
        (datetime(2027, 2, 4, 8, 30, tzinfo=UTC), datetime(2027, 2, 4, 9, 30)),
    ],
)  # fmt: skip
def test_a_cell(value, written):
    assert cell(value) == written
