"""Coming to the end: the card comes first and holds nothing back; the certificate is what was copied, once."""

import pytest
from django.utils.formats import date_format

from accounts.personal_data.erasing import steps
from common.dates import on_the_wall
from common.qr import square_of
from common.refusals import Refused
from tests.words import dutch
from training.domain.certificate_names import keep_name_on_certificate
from training.domain.finishing import (
    forget_certificates,
    issue_certificates,
    issue_for_a_reason,
    replace_certificate,
    revoke_certificate,
    standings_of,
)
from training.domain.personal_cards import card_for, give_card, own_words, write_on_card
from training.domain.places import enrol_oneself, withdraw_place
from training.models import Attendance, Certificate, Meeting, PersonalCard
from training.models.certificates import hash_of


def may_have(group):
    return {one.name: (one.part, one.did_modules, one.may_have) for one in standings_of(group)}


def test_the_rule_is_the_part_of_the_time_and_the_modules(small_group, take_part):
    take_part("Anna", 165, 165)
    take_part("Bo", 165, 99)  # 264 of 330 minutes: exactly 80 %
    take_part("Cas", 165, 98)
    take_part("Dina", 165, 165, did_module=False)

    assert may_have(small_group) == {
        "Anna": (100, True, True),
        "Bo": (80, True, True),
        "Cas": (79, True, False),
        "Dina": (100, False, False),
    }


def test_a_meeting_called_off_or_to_come_does_not_count(small_group, take_part, a_meeting, over):
    take_part("Anna", 165, 0)
    a_meeting(small_group, days=2)
    Meeting.objects.filter(pk=over[1].pk).update(state="cancelled")

    assert may_have(small_group)["Anna"] == (100, True, True)


def test_without_a_meeting_nobody_has_finished(small_group, people):
    enrol_oneself(small_group, people(1)[0])

    assert [one.may_have for one in standings_of(small_group)] == [False]


def test_a_meeting_of_which_something_is_not_filled_in_stands_on_top(browser_of, ilse, small_group, take_part, over):
    take_part("Anna", 165, 165)
    path = f"/planning/groepen/{small_group.uuid}/afronden/"
    complete = browser_of(ilse).get(path).context["unfilled"]
    Attendance.objects.filter(meeting=over[0]).delete()
    page = browser_of(ilse).get(path)

    assert complete == []
    assert page.context["unfilled"] == [(over[0], 1)]
    assert f'href="/planning/bijeenkomsten/{over[0].uuid}/aanwezig/"' in page.content.decode()


def test_after_a_card_the_next_one_is_named(browser_of, ilse, small_group, take_part):
    anna, bo, cas = (take_part(name, 0, 0) for name in ("Anna", "Bo", "Cas"))
    browser = browser_of(ilse)

    def written(place, words):
        return browser.post(f"/planning/plaatsen/{place.uuid}/kaart/", {"words": words}, follow=True).context

    assert written(bo, " ")["next"] is None
    assert [written(place, "Dank je.")["next"] for place in (bo, cas, anna)] == [cas, anna, None]
    assert f'href="/planning/groepen/{small_group.uuid}/afronden/"' in (
        browser.get(f"/planning/groepen/{small_group.uuid}/kaarten/").content.decode()
    )


def test_what_is_missing_is_said_in_words_and_not_why(small_group, take_part, over):
    take_part("Anna", 165, 0)
    take_part("Bo", 165, 90, did_module=False)
    cas = take_part("Cas", 165, 165)
    Attendance.objects.filter(place=cas, meeting=over[0]).delete()
    days = [date_format(on_the_wall(one.starts_at), "MONTH_DAY_FORMAT") for one in over]

    assert {one.name: one.missed for one in standings_of(small_group)} == {
        "Anna": [f"Not there: {days[1]}."],
        "Bo": [f"There for part of it: {days[1]}.", "Still open: Luisteren."],
        "Cas": [f"Not filled in yet: {days[0]}."],
    }


def test_it_says_only_the_days_that_somebody_was_there(small_group, take_part, ilse):
    bo = take_part("Bo", 165, 0)
    said = issue_for_a_reason(bo, reason="Zij haalde het in.", by=ilse).snapshot

    assert (len(said["dates"]), said["hours"], said["towns"]) == (1, "2.75", ["Tilburg"])


# ── For a reason ──
def test_who_misses_something_can_have_one_for_a_reason(small_group, take_part, ilse):
    bo = take_part("Bo", 165, 90)
    with pytest.raises(Refused, match="Say why"):
        issue_for_a_reason(bo, reason=" \n ", by=ilse)

    given = [issue_for_a_reason(bo, reason="Zij haalde het in.", by=ilse) for _time in range(2)]

    assert (given[0], given[0].given_because) == (given[1], "Zij haalde het in.")
    assert "haalde" not in str(given[0].snapshot)


def test_who_was_nowhere_gets_none(small_group, take_part, ilse):
    bo = take_part("Bo", 0, 0)

    with pytest.raises(Refused, match="at no meeting"):
        issue_for_a_reason(bo, reason="Toch", by=ilse)
    assert Certificate.objects.count() == 0


def test_who_left_gets_none(small_group, take_part, ilse):
    bo = take_part("Bo", 165, 90)
    withdraw_place(bo, by=ilse)

    with pytest.raises(Refused, match="does not take part"):
        issue_for_a_reason(bo, reason="Toch", by=ilse)


def test_after_one_was_taken_back_nobody_gets_another_by_pressing_for_all(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    revoke_certificate(Certificate.objects.get(), reason="Per ongeluk")

    assert issue_certificates(small_group, by=ilse) == 0
    assert issue_for_a_reason(anna, reason="Het klopte toch.", by=ilse).is_valid


# ── The name ──
def test_the_name_is_as_the_person_wants_it(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    assert keep_name_on_certificate(anna, "  Anna\x00  Ağaoğlu ") == "Anna Ağaoğlu"

    issue_certificates(small_group, by=ilse)

    assert Certificate.objects.get().snapshot["name"] == "Anna Ağaoğlu"
    with pytest.raises(Refused, match="there already"):
        keep_name_on_certificate(anna, "Toch anders")


def test_without_a_wish_it_is_the_usual_name(take_part):
    anna = take_part("Anna", 165, 165)

    assert [keep_name_on_certificate(anna, name) for name in ("Anna de Vries", " ")] == ["Anna de Vries", "Anna"]
    with pytest.raises(Refused, match="120"):
        keep_name_on_certificate(anna, "x" * 121)


def test_a_name_that_is_too_long_is_given_back(small_group, take_part, browser_of):
    anna = take_part("Anna", 165, 165)
    where = f"/groep/{small_group.uuid}/afronding/naam/"

    refused = browser_of(anna.enrolment.person).post(where, {"name": "Anna " * 60})

    assert (refused.status_code, refused.content.decode().count("Anna Anna Anna")) == (422, 20)
    assert browser_of(anna.enrolment.person).post(where, {"name": "Anna de Vries"}).status_code == 302
    anna.enrolment.refresh_from_db()
    assert anna.enrolment.name_on_certificate == "Anna de Vries"


def test_issued_once_to_who_may_have_one(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    take_part("Cas", 0, 0)

    assert [issue_certificates(small_group, by=ilse) for _time in range(2)] == [1, 0]

    certificate = Certificate.objects.get()
    assert certificate.enrolment == anna.enrolment
    assert (certificate.snapshot["name"], certificate.snapshot["hours"], len(certificate.snapshot["dates"])) == (
        "Anna",
        "5.5",
        2,
    )
    assert certificate.snapshot_sha256 == hash_of(certificate.snapshot)


def test_what_it_says_stays_when_everything_else_changes(small_group, take_part, ilse):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    anna.enrolment.person.display_name = "Hanna"
    anna.enrolment.person.save()
    Attendance.objects.filter(place=anna).delete()

    assert Certificate.objects.get().snapshot["name"] == "Anna"


def test_another_name_is_another_certificate(small_group, take_part, ilse, client):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    old = Certificate.objects.get()

    new = replace_certificate(old, name="Anna de Vries", reason="Haar hele naam", by=ilse)

    assert (new.snapshot["name"], new.replaces) == ("Anna de Vries", old)
    assert list(Certificate.objects.valid()) == [new]
    assert issue_certificates(small_group, by=ilse) == 0
    page = client.get("/bewijs/", {"nummer": old.number.lower()}).content.decode()
    assert dutch("No. This certificate was replaced by another one.") in page
    old_page = client_of_anna(client, old).get(f"/bewijs/{old.uuid}/").content.decode()
    assert [f"/bewijs/{new.uuid}/" in old_page, "Anna de Vries" in old_page] == [True, False]


def client_of_anna(client, certificate):
    client.force_login(certificate.enrolment.person)
    return client


def test_taken_back_the_number_says_so_and_the_reason_is_for_its_person(small_group, take_part, ilse, client):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    certificate = Certificate.objects.get()
    revoke_certificate(certificate, reason="Per ongeluk gegeven")

    public = client.get("/bewijs/", {"nummer": certificate.number}).content.decode()
    own = client_of_anna(client, certificate).get(f"/bewijs/{certificate.uuid}/").content.decode()

    assert dutch("No. This certificate was taken back.") in public
    assert ["Per ongeluk" in page for page in (public, own)] == [False, True]


def test_the_square_on_it_leads_to_its_number(small_group, take_part, ilse, browser_of, monkeypatch):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    certificate, seen = Certificate.objects.get(), []
    monkeypatch.setattr("training.views.my_end.square_of", lambda address: seen.append(address) or square_of(address))

    browser_of(anna.enrolment.person).get(f"/bewijs/{certificate.uuid}/")

    assert seen == [f"http://localhost:8000/bewijs/?nummer={certificate.number}"]


def test_taken_back_with_a_reason_once(small_group, take_part, ilse):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    certificate = Certificate.objects.get()

    with pytest.raises(Refused, match="Say why"):
        revoke_certificate(certificate, reason=" ")
    revoke_certificate(certificate, reason="Per ongeluk")
    with pytest.raises(Refused, match="already"):
        revoke_certificate(certificate, reason="Nog eens")


def test_the_page_that_checks_says_yes_or_no_and_no_name(small_group, take_part, ilse, client):
    take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    number = Certificate.objects.get().number

    page = client.get("/bewijs/", {"nummer": f" {number.lower()} "}).content.decode()

    assert dutch("Yes. This certificate is valid.") in page
    assert "Anna" not in page
    for other in ("ABC", "\x00", "x" * 5_000, "é"):
        assert client.get("/bewijs/", {"nummer": other}).status_code in (200, 400)


def test_erased_the_number_stays_and_says_no_more(small_group, take_part, ilse, client):
    anna = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    before = Certificate.objects.get()

    for _time in range(2):
        forget_certificates(anna.enrolment.person)

    after = Certificate.objects.get()
    assert (after.snapshot, after.snapshot_sha256) == ({}, before.snapshot_sha256)
    page = client.get("/bewijs/", {"nummer": after.number}).content.decode()
    assert dutch("This certificate is no longer available.") in page
    assert "certificates" in [name for name, _act in steps()]


# ── The card ──
def test_each_writer_has_one_text_that_nobody_else_reads(small_group, take_part, ilse, marieke, browser_of):
    anna = take_part("Anna", 165, 165)
    write_on_card(anna, "Eerst zo.", by=marieke)
    write_on_card(anna, "Jij wachtte tot ze klaar was.", by=marieke)

    assert own_words(anna, marieke) == "Jij wachtte tot ze klaar was."
    assert own_words(anna, ilse) == ""
    page = browser_of(anna.enrolment.person).get(f"/groep/{small_group.uuid}/afronding/").content.decode()
    assert "Jij wachtte" not in page
    assert "Jij wachtte" not in browser_of(ilse).get(f"/planning/plaatsen/{anna.uuid}/kaart/").content.decode()


def test_given_it_is_read_and_can_no_longer_be_changed(small_group, take_part, ilse, marieke, browser_of):
    anna = take_part("Anna", 165, 165)
    with pytest.raises(Refused, match="Nobody wrote"):
        give_card(anna, by=ilse)
    write_on_card(anna, "Jij wachtte tot ze klaar was.", by=marieke)
    give_card(anna, by=ilse)

    page = browser_of(anna.enrolment.person).get(f"/groep/{small_group.uuid}/afronding/").content.decode()

    assert page.index("Jij wachtte") < page.index(dutch("Certificate"))
    assert PersonalCard.objects.get().read_at is not None
    with pytest.raises(Refused, match=r"given|gegeven"):
        write_on_card(anna, "Toch anders", by=marieke)


def test_no_card_holds_no_certificate_back(small_group, take_part, ilse):
    take_part("Anna", 165, 165)

    assert (issue_certificates(small_group, by=ilse), PersonalCard.objects.count()) == (1, 0)


def test_an_empty_text_takes_it_away(take_part, marieke):
    anna = take_part("Anna", 165, 165)
    write_on_card(anna, "Iets", by=marieke)
    write_on_card(anna, " ", by=marieke)

    assert (own_words(anna, marieke), card_for(anna.enrolment)) == ("", None)


def test_too_many_words_are_given_back(take_part, marieke, browser_of):
    anna = take_part("Anna", 165, 165)

    answer = browser_of(marieke).post(f"/planning/plaatsen/{anna.uuid}/kaart/", {"words": "heel veel " * 300})

    assert (answer.status_code, answer.content.decode().count("heel veel heel veel")) == (422, 150)


@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_the_same_for_more_people(small_group, take_part, django_assert_num_queries, number):
    for place in range(number):
        take_part(f"Deelnemer {place}", 165, 165)

    with django_assert_num_queries(8):
        standings_of(small_group)
