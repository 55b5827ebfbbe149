"""Bringing a list of people on the screen: a file or a paste, the look at it, the button, files to take along."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.importing import Confirmed, make_batch
from training.imports.people import people_of_file
from training.models import GroupPlace, ImportBatch
from training.views import importing as views

TWO_WRONG = "naam;e-mail\nSanne;sanne@voorbeeld.nl\nDaan;daan@example\nNoor;\n"


@pytest.fixture
def desk(browser_of, ilse):
    return browser_of(ilse)


@pytest.fixture
def address(group, ilse):
    return reverse("training:add_people", args=[group.uuid])


def upload(content, name="deelnemers.csv"):
    return {"upload": SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())}


def only_batch():
    return ImportBatch.objects.get()


def text_of(response):
    return response.content.decode().replace("&#x27;", "'")


# ── Bringing it ────────────────────────────────────────────────────────────────
def test_a_file_leads_to_the_look_and_the_button_back_to_the_group(desk, address, group):
    page = desk.post(address, upload(TWO_WRONG), follow=True)

    batch = only_batch()
    assert page.redirect_chain == [(reverse("training:check_people", args=[group.uuid, batch.uuid]), 302)]
    assert page.context["counts"].__dict__ == {"new": 1, "existing": 0, "already_in": 0, "errors": 2, "waiting": 0}
    assert [errors for _row, errors in page.context["wrong"]] == [
        [dutch("‘%(text)s’ is not a whole address: after the @ comes something like example.nl.", text="daan@example")],
        [dutch("There is no e-mail address.")],
    ]
    assert GroupPlace.objects.count() == 0

    done = desk.post(page.redirect_chain[0][0])

    assert (done.status_code, done.url) == (302, reverse("training:planned_group", args=[group.uuid]) + "#places")
    assert GroupPlace.objects.get().enrolment.person.email == "sanne@voorbeeld.nl"
    assert dutch("Nobody got a mail yet.") in text_of(desk.get(done.url))
    assert OutboxMail.objects.count() == 0


def test_pasted_text_is_read_as_well(desk, address):
    page = desk.post(
        address, {"text": '"Heijden, van der, Sanne" <Sanne@Voorbeeld.nl>; daan@voorbeeld.nl'}, follow=True
    )

    assert [(row.name_in_list, row.parsed["email"]) for row in page.context["placed"]] == [
        ("Sanne van der Heijden", "sanne@voorbeeld.nl"), ("daan", "daan@voorbeeld.nl"),
    ]  # fmt: skip


def test_an_empty_first_cell_of_a_paste_keeps_its_place(desk, address):
    desk.post(address, {"text": "\tVisser\td@voorbeeld.nl\nNoor\tSmit\tn@voorbeeld.nl"})

    assert only_batch().rows.first().raw == {"last_name": "Visser", "email": "d@voorbeeld.nl"}


@pytest.mark.parametrize(
    ("posted", "field", "sentence"),
    [
        ({}, "text", "Choose a file or paste a list."),
        ({"text": " \t\x00\n"}, "text", "Choose a file or paste a list."),
        (upload(TWO_WRONG) | {"text": "a@b.nl"}, "text", "Choose one: file or text."),
        (upload(b""), "upload", "This file is empty."),
        (upload(b"\x89PNG\x00"), "upload", "We can't read this file. Save it as CSV or as .xlsx, and choose that one."),
        (upload(b"x", "lijst.xls"), "upload",
         "This is an old Excel file (.xls). Save it as .xlsx or as CSV, and choose that one."),
        (upload(b"x" * 2_000_001), "upload",
         "This is more than 2 MB. Split the list, or leave out what we do not need."),
        ({"text": "naam\tplaats\nSanne\tTilburg"}, "text",
         "We find no column with e-mail addresses. Put a heading above the columns, for example: name, e-mail."),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_said_at_its_field(desk, address, posted, field, sentence):
    for one in posted.values():
        if hasattr(one, "seek"):
            one.seek(0)

    page = desk.post(address, posted)

    assert (page.status_code, page.context["form"].errors) == (400, {field: [dutch(sentence)]})
    assert ImportBatch.objects.count() == 0


def test_what_was_pasted_is_still_there_after_a_refusal(desk, address):
    page = desk.post(address, {"text": "naam\tplaats\nSanne <b>\tTilburg"})

    assert "naam\tplaats\nSanne &lt;b&gt;\tTilburg</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    "text", ["\x00", "x" * 50_000, "<script>alert(1)</script> <a@b.nl>", "\ud800 a@b.nl", "💐 <a@b.nl>"]
)
def test_nonsense_is_a_list_or_a_sentence(desk, address, text):
    page = desk.post(address, {"text": text.encode(errors="surrogatepass")}, follow=True)

    assert page.status_code in (200, 400)
    assert "<script>alert" not in page.content.decode()


def test_a_list_that_is_no_file_is_a_sentence(desk, address):
    assert desk.post(address, {"upload": "geen bestand"}).status_code == 400


# ── Looking and confirming ─────────────────────────────────────────────────────
@pytest.fixture
def batch(group, ilse):
    return make_batch(group=group, by=ilse, upload=("deelnemers.csv", TWO_WRONG.encode()))


@pytest.fixture
def look(batch):
    return reverse("training:check_people", args=[batch.group.uuid, batch.uuid])


def test_confirming_twice_gives_one_place_and_says_so(desk, look):
    first, second = desk.post(look), desk.post(look, follow=True)

    assert first.status_code == 302
    assert (second.redirect_chain, second.status_code) == ([(look, 302)], 410)
    assert dutch("This list was used already. Nothing was done twice.") in text_of(second)
    assert GroupPlace.objects.count() == 1


def test_a_group_that_ended_meanwhile_takes_nobody_and_says_why(desk, look, group):
    type(group).objects.filter(pk=group.pk).update(state="cancelled")

    page = desk.post(look)

    sentence = dutch("This group has ended. Nobody can be put in it any more.")
    assert (page.status_code, sentence in text_of(page)) == (409, True)
    assert GroupPlace.objects.count() == 0


@pytest.mark.parametrize(
    ("seats", "told"),
    [
        (12, ["2 people stand ready.", "Nobody got a mail yet."]),
        (1, ["1 person stands ready.", "1 person is on the waiting list.", "Nobody got a mail yet."]),
    ],
)
def test_it_says_how_many_have_a_seat_and_how_many_wait(seats, told):
    with translation.override("en"):
        assert views.told(Confirmed(seated=min(2, seats), waiting=max(0, 2 - seats))) == " ".join(told)


def test_two_days_later_the_list_asks_to_be_brought_again(desk, look, address, batch):
    long_ago = timezone.now() - timedelta(days=2)
    ImportBatch.objects.filter(pk=batch.pk).update(made_at=long_ago, expires_at=long_ago + timedelta(days=1))

    page = desk.post(look, follow=True)

    assert page.status_code == 410
    assert dutch("This list is more than a day old, so we no longer have it. Choose or paste it again.") in text_of(
        page
    )
    assert address in page.content.decode()
    assert GroupPlace.objects.count() == 0


def test_who_is_here_keeps_the_name_and_the_difference_is_shown(desk, group, ilse):
    make_person("Samira El Amrani", email="samira@voorbeeld.nl")
    batch = make_batch(group=group, by=ilse, text="S. Amrani <samira@voorbeeld.nl>")

    page = text_of(desk.get(reverse("training:check_people", args=[group.uuid, batch.uuid])))

    assert "<strong>Samira El Amrani</strong>" in page
    assert dutch("In your list: ‘%(name)s’. The name here stays as it is.", name="S. Amrani") in page


def test_without_anybody_to_place_there_is_no_button(desk, group, ilse):
    batch = make_batch(group=group, by=ilse, text="daan@example")

    page = desk.get(reverse("training:check_people", args=[group.uuid, batch.uuid])).content.decode()

    assert 'class="import__confirm"' not in page


@pytest.mark.parametrize("number", [2, 40])
def test_a_long_list_costs_no_more_queries(desk, group, ilse, number, django_assert_num_queries):
    for one in range(number):
        make_person(f"Deelnemer {one}", email=f"p{one}@voorbeeld.nl")
    text = "; ".join([*(f"p{one}@voorbeeld.nl" for one in range(number)), *(f"n{one}@x.nl" for one in range(number))])
    look = reverse("training:check_people", args=[group.uuid, make_batch(group=group, by=ilse, text=text).uuid])
    desk.get(look)

    with django_assert_num_queries(10):
        desk.get(look)


def test_of_a_very_long_list_the_first_200_are_shown(desk, group, ilse):
    batch = make_batch(group=group, by=ilse, text="; ".join(f"p{one}@x.nl" for one in range(250)))

    page = desk.get(reverse("training:check_people", args=[group.uuid, batch.uuid]))

    assert (len(page.context["placed"]), page.context["counts"].placed) == (200, 250)
    sentence = dutch(
        "These are the first %(shown)s of %(number)s. All of them come into the group.", shown=200, number=250
    )
    assert sentence in text_of(page)


# ── Who may ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["roel", "marieke", "noor", "samira", "petra", "stranger"])
def test_nobody_else_can_bring_see_or_confirm_a_list(request, browser_of, address, look, batch, name):
    browser = browser_of(request.getfixturevalue(name))
    wrong = reverse("training:wrong_people", args=[batch.group.uuid, batch.uuid, "csv"])
    example = reverse("training:example_list", args=[batch.group.uuid, "csv"])
    places = GroupPlace.objects.count()

    answers = [browser.get(address), browser.post(address, {"text": "a@b.nl"}), browser.get(look), browser.post(look)]
    answers += [browser.get(wrong), browser.get(example)]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert (GroupPlace.objects.count(), ImportBatch.objects.count()) == (places, 1)


def test_a_list_is_not_found_at_another_group_of_hers(desk, batch, ilse, other_group):
    other_group.coordinators.add(ilse)

    assert desk.get(reverse("training:check_people", args=[other_group.uuid, batch.uuid])).status_code == 404
    assert desk.post(reverse("training:check_people", args=[other_group.uuid, batch.uuid])).status_code == 404
    assert GroupPlace.objects.count() == 0


def test_another_coordinator_of_the_group_can_go_on_with_it(browser_of, look, batch, roel):
    batch.group.coordinators.add(roel)

    assert browser_of(roel).post(look).status_code == 302


def test_a_visitor_is_asked_to_sign_in(client, address, look):
    assert [client.get(one).status_code for one in (address, look)] == [302, 302]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(desk, address, look, method):
    assert [getattr(desk, method)(one).status_code for one in (address, look)] == [405, 405]


# ── Files ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_wrong_rows_can_be_taken_along_before_and_after(desk, look, batch, kind):
    address = reverse("training:wrong_people", args=[batch.group.uuid, batch.uuid, kind])

    before = desk.get(address)
    desk.post(look)

    again = people_of_file(before.content, f"x.{kind}")
    assert [one.raw for one in again] == [{"name": "Daan", "email": "daan@example"}, {"name": "Noor"}]
    assert before["Content-Disposition"] == f'attachment; filename="{dutch("not-right-yet")}.{kind}"'
    assert [one.raw for one in people_of_file(desk.get(address).content)] == [one.raw for one in again]


def test_without_wrong_rows_there_is_no_file(desk, group, ilse):
    batch = make_batch(group=group, by=ilse, text="a@b.nl")

    assert desk.get(reverse("training:wrong_people", args=[group.uuid, batch.uuid, "csv"])).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_is_a_list_that_can_be_brought(desk, group, kind):
    file = desk.get(reverse("training:example_list", args=[group.uuid, kind]))

    people = people_of_file(file.content)
    assert [(one.person.display_name, one.errors) for one in people] == [
        ("Sanne van der Heijden", []), ("Samira El Amrani", []),
    ]  # fmt: skip


def test_headings_of_files_are_dutch_in_dutch(desk, group):
    file = desk.get(reverse("training:example_list", args=[group.uuid, "xlsx"]))

    heading = [cell.value for cell in load_workbook(BytesIO(file.content)).active[1]]
    english = ["first name", "infix", "last name", "e-mail address", "phone", "organisation"]
    assert heading == [dutch(word) for word in english]


@pytest.mark.parametrize("kind", ["pdf", "CSV", "html"])
def test_there_are_two_kinds_of_files(desk, batch, kind):
    names = (
        ["training:example_list", [batch.group.uuid, kind]],
        ["training:wrong_people", [batch.group.uuid, batch.uuid, kind]],
    )

    assert [desk.get(reverse(name, args=args)).status_code for name, args in names] == [404, 404]


def test_a_list_that_never_was_is_not_found(desk, group, ilse):
    assert desk.get(reverse("training:check_people", args=[group.uuid, uuid4()])).status_code == 404
