""" "Your data" on the screen: honest about who can read what, and asking once more before anything is taken along."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.models import DataExport, DeletionRequest
from accounts.personal_data.archive import make_copies
from accounts.personal_data.registry import topics
from mail.models import OutboxMail
from tests.accounts.proof import BY_CODE, enter_by_code, prove
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

CAST = ["samira", "daan", "noor", "marieke", "ilse", "roel", "petra", "stranger"]
OVERVIEW, COPY, DELETE = "/mijn/gegevens/", "/mijn/gegevens/kopie/", "/mijn/gegevens/wissen/"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sign_in(client, person, **fields):
    for name, value in ({"language": "en"} | fields).items():
        setattr(person, name, value)
    person.save()
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", CAST)
def test_everybody_with_an_account_sees_their_own(client, name, request):
    client.force_login(request.getfixturevalue(name))

    response = client.get(OVERVIEW)

    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    assert [kept.topic for kept in response.context["topics"]] == topics()


@pytest.mark.parametrize("path", [OVERVIEW, DELETE])
def test_a_visitor_has_to_sign_in(client, path):
    assert client.get(path)["Location"] == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize(
    ("method", "path"),
    [("post", OVERVIEW), ("get", COPY), ("put", DELETE), ("delete", DELETE)],
)
def test_another_method_is_refused(client, samira, method, path):
    client.force_login(samira)

    assert getattr(client, method)(path).status_code == 405


def test_it_says_what_a_coordinator_sees(client, samira):
    sign_in(client, samira)

    text = text_of(client.get(OVERVIEW))

    assert "The trainers and coordinators of your group see which steps you did and when you were last here." in text
    assert "They see states only: never a word that you wrote." in text


def test_it_names_who_has_the_account_on_the_server(client, samira):
    make_person("Kees van de Server", is_superuser=True)
    make_person("Weg is Weg", is_superuser=True, is_active=False)
    sign_in(client, samira)

    text = text_of(client.get(OVERVIEW))

    assert "There is one account on the server that can open everything in the editor." in text
    assert "It is in the hands of: Kees van de Server ." in text.replace("Server.", "Server .")
    assert "Weg is Weg" not in text


def test_it_counts_what_there_is_in_one_query_whatever_there_is(client, samira, django_assert_max_num_queries):
    client.force_login(samira)
    client.get(OVERVIEW)

    with django_assert_max_num_queries(9):
        response = client.get(OVERVIEW)

    assert {kept.topic.key: kept.number for kept in response.context["topics"]}["progress"] == 1


# ── Is it you? ─────────────────────────────────────────────────────────────────
def asked_and_proven(client, act):
    """Do `act`, give the code that is asked for, and return the answer to that."""
    asked = client.post(act)
    assert asked["Location"] == f"{BY_CODE}?next={quote(act, safe='')}"
    return prove(client, act)


def test_the_right_code_does_what_was_asked(client, samira):
    sign_in(client, samira)
    before = client.post(COPY).status_code, DataExport.objects.count()

    response = prove(client, COPY)

    assert before == (302, 0)
    assert response["Location"] == f"{OVERVIEW}#kopie"
    assert DataExport.objects.get().person == samira
    client.post(COPY)  # for a quarter of an hour it is not asked again
    assert DataExport.objects.count() == 1
    assert OutboxMail.objects.filter(kind="proof-code").count() == 1


@pytest.mark.parametrize("act", [COPY, DELETE])
def test_having_come_in_a_moment_ago_is_not_enough(client, samira, act):
    enter_by_code(client, samira)

    response = client.post(act)

    assert response["Location"].startswith(BY_CODE)
    assert (DataExport.objects.count(), DeletionRequest.objects.count()) == (0, 0)


def test_with_a_password_that_is_asked_and_then_it_goes_on(client, samira):
    samira.set_password("vier gele keukenstoelen")
    sign_in(client, samira)

    asked = client.post(COPY)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert DataExport.objects.count() == 0

    wrong = client.post(asked["Location"], {"password": "iets anders", "next": COPY})
    assert (wrong.status_code, DataExport.objects.count()) == (400, 0)
    response = client.post(asked["Location"], {"password": "vier gele keukenstoelen", "next": COPY})

    assert (response.status_code, response["Location"]) == (302, f"{OVERVIEW}#kopie")
    assert DataExport.objects.get().person == samira


def test_who_has_a_password_can_not_go_round_it_with_a_code(client, samira):
    samira.set_password("vier gele keukenstoelen")
    sign_in(client, samira)
    client.post(COPY)

    answers = [client.post(BY_CODE, {"send": "1", "next": COPY}), client.post(BY_CODE, {"code": "123456"})]

    assert all(answer["Location"].startswith(reverse("account_reauthenticate")) for answer in answers)
    assert (DataExport.objects.count(), OutboxMail.objects.count()) == (0, 0)


# ── The copy on the screen ─────────────────────────────────────────────────────
def test_the_page_follows_the_copy(client, samira):
    sign_in(client, samira)
    asked_and_proven(client, COPY)

    assert "Your copy is being made" in text_of(client.get(OVERVIEW))
    make_copies()
    page = client.get(OVERVIEW).content.decode()

    export = DataExport.objects.get()
    assert f'href="{reverse("own_data_download", args=[export.uuid])}"' in page
    assert "Your copy is ready" in page


def test_a_closed_account_can_not_be_asked_for(client, samira):
    sign_in(client, samira)

    response = asked_and_proven(client, DELETE)

    assert DeletionRequest.objects.get().person == samira
    assert response["Location"].startswith("/mijn/gegevens/terug/")
    assert client.get(OVERVIEW).status_code == 302
