"""The day after: a co-trainer is asked once how it was, and what she says is read by her own person and nobody else."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.mail_wishes import turn_off
from accounts.personal_data.erasing import erase_now
from accounts.personal_data.retention import retain_all
from common.dates import AMSTERDAM
from common.refusals import Refused
from mail.kinds import kind_of
from mail.models import OutboxMail
from stories.models import Storyteller
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.aftercare import ask_how_it_was, take_aftercare_back, trusted_by, write_aftercare
from training.domain.meetings import cancel_meeting
from training.domain.staff import assign_staff
from training.models import Aftercare, Meeting, MeetingStaff

WORDS = "Het verhaal over de trap kwam dichterbij dan ik dacht."
NUMBER = "06 98 76 54 32"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hanna(db):
    return make_person("Hanna Vos", "trainer")


@pytest.fixture
def teller(noor, hanna):
    """Noor chose Hanna as her person."""
    return Storyteller.objects.create(name="Noor", account=noor, support=hanna, support_phone="06 12 34 56 78")


@pytest.fixture
def held(small_group, a_meeting):
    """A meeting of yesterday, with Noor as co-trainer."""
    return a_meeting(small_group, days=-1)


@pytest.fixture
def written(held, noor, teller, hanna):
    return write_aftercare(held, noor, reader_key=hanna.uuid, words=WORDS, wants_call=True, phone=NUMBER)


def morning_after(meeting, hour=9, days=1):
    day = meeting.ends_at.astimezone(AMSTERDAM).date() + days * DAY
    return datetime.datetime.combine(day, datetime.time(hour), AMSTERDAM)


def address(name, number):
    return reverse(f"training:{name}", args=[number])


def asked():
    return sorted(OutboxMail.objects.filter(kind="aftercare-question").values_list("person__display_name", flat=True))


def told():
    return list(OutboxMail.objects.filter(kind="aftercare-told").order_by("pk"))


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


# ── The question ───────────────────────────────────────────────────────────────
def test_the_day_after_from_nine_and_once(held, noor, marieke, teller):
    assign_staff(held, marieke, "trainer", by=noor)

    assert ask_how_it_was(morning_after(held, days=0, hour=23)) == 0
    assert ask_how_it_was(morning_after(held, hour=8)) == 0
    assert [ask_how_it_was(morning_after(held, hour=hour)) for hour in (9, 9, 14)] == [1, 0, 0]
    assert ask_how_it_was(morning_after(held, days=2)) == 0
    assert asked() == ["Noor"]  # the trainer is not asked


def test_the_mail_says_who_reads_it_and_where_it_is_turned_off(held, noor, teller):
    ask_how_it_was(morning_after(held))

    text = OutboxMail.objects.get(kind="aftercare-question").words["text"]
    assert [part in text for part in ("Hanna", address("aftercare", held.uuid), "Luisteren")] == [True] * 3


def test_a_meeting_called_off_asks_nobody_and_a_question_that_waits_lapses(small_group, a_meeting, ilse, noor):
    meeting = a_meeting(small_group, days=2)
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    assert ask_how_it_was(morning_after(meeting)) == 0

    held = a_meeting(small_group, days=-1)
    ask_how_it_was(morning_after(held))
    mail = OutboxMail.objects.get(kind="aftercare-question")
    still_wanted = kind_of("aftercare-question").still_wanted
    assert still_wanted(mail) is True
    Meeting.objects.filter(pk=held.pk).update(state="cancelled")
    assert still_wanted(mail) is False


def test_who_was_not_there_is_not_asked(held, small_group, noor, fatma):
    assign_staff(held, fatma, "co_trainer", by=noor)
    MeetingStaff.objects.filter(user=noor).update(is_on=False)

    ask_how_it_was(morning_after(held))

    assert asked() == ["Fatma"]
    assert signed_in(noor).get(address("aftercare", held.uuid)).status_code == 404


@pytest.fixture
def fatma(db):
    return make_person("Fatma", "co-trainer")


def test_a_concept_and_one_of_long_ago_ask_nobody(small_group, a_meeting):
    a_meeting(small_group, days=-1, confirmed=False)
    a_meeting(small_group, days=-12)

    assert ask_how_it_was(morning_after(Meeting.objects.order_by("-ends_at")[0])) == 0


def test_who_turned_it_off_or_has_gone_gets_none(held, noor):
    turn_off(noor, "aftercare-question")
    assert ask_how_it_was(morning_after(held)) == 0


def test_a_closed_account_gets_none(held, noor):
    noor.is_active = False
    noor.save()
    assert ask_how_it_was(morning_after(held)) == 0


def test_a_meeting_that_ends_at_midnight_is_of_the_day_before(small_group, a_meeting, noor):
    held = a_meeting(small_group, days=-1)
    midnight = datetime.datetime.combine(timezone.localdate(), datetime.time(), AMSTERDAM)
    Meeting.objects.filter(pk=held.pk).update(starts_at=midnight - DAY / 8, ends_at=midnight)

    assert ask_how_it_was(datetime.datetime.combine(timezone.localdate(), datetime.time(9), AMSTERDAM)) == 1


# ── Writing ────────────────────────────────────────────────────────────────────
def test_at_the_field_stands_who_reads_it(held, noor, teller, hanna):
    page = signed_in(noor).get(address("aftercare", held.uuid)).content.decode()

    hint = page.split('id="words-hint">')[1].split("</p>")[0]
    assert dutch("Only %(name)s reads this, the person that you chose.", name="Hanna") in hint
    assert 'href="tel:0612345678"' in page


def test_she_writes_and_her_person_is_told_without_a_word_of_it(held, noor, teller, hanna):
    values = {"reader": hanna.uuid, "words": WORDS, "call": "1", "phone": NUMBER}
    answer = signed_in(noor).post(address("aftercare", held.uuid), values)

    assert (answer.status_code, answer.url) == (302, address("aftercare", held.uuid))
    (mail,) = told()
    assert (mail.person, mail.about) == (hanna, "")
    assert [WORDS in str(mail.words), NUMBER in str(mail.words)] == [False, False]
    row = Aftercare.objects.get()
    read = signed_in(hanna).get(address("read_aftercare", row.uuid)).content.decode()
    assert [part in read for part in (WORDS, NUMBER, 'href="tel:0698765432"')] == [True] * 3
    assert (
        dutch("%(name)s has read it", name="Hanna")
        in signed_in(noor).get(address("aftercare", held.uuid)).content.decode()
    )


def test_writing_again_before_the_mail_left_is_one_mail(written, held, noor, hanna):
    write_aftercare(held, noor, reader_key=hanna.uuid, words="Toch anders.")

    row = Aftercare.objects.get()
    assert (row.words, row.wants_call) == ({"words": "Toch anders."}, False)
    assert [mail.state for mail in told()] == ["cancelled", "waiting"]


def test_a_question_that_waits_lapses_once_she_wrote(held, noor, teller, hanna):
    ask_how_it_was(morning_after(held))
    write_aftercare(held, noor, reader_key=hanna.uuid, words=WORDS)

    assert OutboxMail.objects.get(kind="aftercare-question").state == "cancelled"


def test_nothing_said_is_refused_and_words_too_long_come_back(held, noor, teller, hanna):
    browser = signed_in(noor)
    empty = browser.post(address("aftercare", held.uuid), {"reader": hanna.uuid, "words": " \x00 "})
    long = browser.post(address("aftercare", held.uuid), {"reader": hanna.uuid, "words": "langzaam " * 300})

    assert [empty.status_code, long.status_code] == [409, 409]
    assert long.content.decode().count("langzaam") == 300
    assert Aftercare.objects.count() == 0


@pytest.mark.parametrize("reader", ["", "x" * 50_000, "\x00", "7"])
def test_words_for_somebody_else_than_stood_there_are_kept_nowhere(held, noor, teller, ilse, reader):
    answer = signed_in(noor).post(address("aftercare", held.uuid), {"reader": reader, "words": WORDS})

    assert (answer.status_code, Aftercare.objects.count(), told()) == (409, 0, [])
    assert WORDS in answer.content.decode()


def test_her_person_changed_meanwhile_nothing_goes_to_the_new_one_unseen(held, noor, teller, hanna, ilse):
    teller.support = ilse
    teller.save()
    answer = signed_in(noor).post(address("aftercare", held.uuid), {"reader": hanna.uuid, "words": WORDS})
    page = answer.content.decode()

    assert (answer.status_code, Aftercare.objects.count()) == (409, 0)
    assert WORDS in page
    assert dutch("Only %(name)s reads this, the person that you chose.", name="Ilse") in page


def test_without_a_person_nobody_is_chosen_for_her(held, noor):
    page = signed_in(noor).get(address("aftercare", held.uuid)).content.decode()

    assert trusted_by(noor) is None
    assert [reverse("my_teller") in page, "<textarea" in page] == [True, False]
    with pytest.raises(Refused):
        write_aftercare(held, noor, reader_key="", words=WORDS)


def test_a_proxy_is_not_asked_and_names_nobody(noor, hanna, stranger):
    Storyteller.objects.create(name="Henk", proxy=noor, support=hanna)

    assert trusted_by(noor) is None


# ── Who reads it ───────────────────────────────────────────────────────────────
def test_nobody_but_the_two_of_them_reads_it(
    written, held, noor, hanna, ilse, roel, marieke, petra, samira, stranger, fatma
):
    """Every role tries every address; the superuser of the server as well. Hanna is the control: she could."""
    root = make_person("Beheer van de server", is_superuser=True, is_staff=True)
    others = [ilse, roel, marieke, petra, samira, stranger, fatma, root]
    addresses = [
        address("read_aftercare", written.uuid),
        address("aftercare", held.uuid),
        reverse("training:aftercare_list"),
    ]
    of_meeting = [address(name, held.uuid) for name in ("meeting", "attendance", "led_meeting")]
    beside = ["/planning/", *of_meeting, reverse("outbox"), "/jouw-gegevens/", f"/groep/{held.group.uuid}/"]

    for person in [*others, None]:
        browser = signed_in(person) if person else Client()
        for place in [*addresses, *beside]:
            answer = browser.get(place, follow=True)
            assert (WORDS in answer.content.decode(), NUMBER in answer.content.decode()) == (False, False), (
                person,
                place,
            )
        assert browser.get(addresses[0]).status_code == (404 if person else 302), person
        for name in ("aftercare", "take_aftercare_back"):
            browser.post(address(name, held.uuid), {"reader": hanna.uuid, "words": "Van mij."})
    assert Aftercare.objects.get().words == {"words": WORDS, "phone": NUMBER}
    assert [signed_in(hanna).get(addresses[0]).status_code, signed_in(noor).get(addresses[1]).status_code] == [200, 200]
    assert signed_in(noor).get(addresses[0]).status_code == 404  # hers is the page where she wrote


def test_in_the_database_it_is_unreadable(written):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM training_aftercare")
        assert "trap" not in cursor.fetchone()[0]


def test_another_person_chosen_the_old_one_reads_it_no_longer_and_the_new_one_never(
    written, teller, hanna, ilse, noor, held
):
    teller.support = ilse
    teller.save()

    place = address("read_aftercare", written.uuid)
    assert [signed_in(one).get(place).status_code for one in (hanna, ilse)] == [404, 404]
    assert kind_of("aftercare-told").still_wanted(told()[0]) is False
    page = signed_in(noor).get(address("aftercare", held.uuid)).content.decode()
    assert dutch("Nobody reads what you wrote") in page
    assert WORDS in page


def test_taken_back_it_is_gone_for_everybody(written, held, noor, hanna):
    answer = signed_in(noor).post(address("take_aftercare_back", held.uuid))

    assert (answer.status_code, Aftercare.objects.count()) == (302, 0)
    assert signed_in(hanna).get(address("read_aftercare", written.uuid)).status_code == 404
    assert [mail.state for mail in told()] == ["cancelled"]
    take_aftercare_back(held, noor)


def test_a_trusted_person_who_has_gone_reads_nothing(written, hanna):
    browser = signed_in(hanna)
    hanna.is_active = False
    hanna.save()

    assert browser.get(address("read_aftercare", written.uuid)).status_code == 302


# ── Erasing and keeping ────────────────────────────────────────────────────────
def test_erased_with_her_account(written, noor):
    erase_now(noor.uuid)

    assert (Aftercare.objects.count(), told()) == (0, [])  # the mail to Hanna named her


def test_her_person_erased_nobody_reads_it_and_she_keeps_it(written, hanna, noor, held):
    erase_now(hanna.uuid)

    assert Aftercare.objects.get().reader is None
    assert WORDS in signed_in(noor).get(address("aftercare", held.uuid)).content.decode()


def test_after_half_a_year_it_goes(written, settings):
    Aftercare.objects.update(written_at=timezone.now() - datetime.timedelta(days=179))
    list(retain_all())
    assert Aftercare.objects.count() == 1

    list(retain_all(timezone.now() + 2 * DAY))
    assert Aftercare.objects.count() == 0


# ── The list ───────────────────────────────────────────────────────────────────
def test_the_list_shows_hers_and_what_was_written_to_one(written, noor, hanna, samira):
    hers = signed_in(noor).get(reverse("training:aftercare_list")).content.decode()
    received = signed_in(hanna).get(reverse("training:aftercare_list")).content.decode()

    assert [WORDS in hers, dutch("What you said") in hers] == [False, True]
    assert [WORDS in received, f"Noor: {dutch('call me')}" in received] == [False, True]
    assert signed_in(samira).get(reverse("training:aftercare_list")).status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_costs_the_same_for_more(
    small_group, a_meeting, noor, teller, hanna, django_assert_num_queries, number
):
    for _time in range(number):
        write_aftercare(a_meeting(small_group, days=-1), noor, reader_key=hanna.uuid, words=WORDS)
    browser = signed_in(hanna)
    browser.get(reverse("training:aftercare_list"))

    with django_assert_num_queries(6):
        browser.get(reverse("training:aftercare_list"))


def test_a_co_trainer_finds_it_on_her_own_page_and_a_trainer_does_not(noor, marieke):
    link = reverse("training:aftercare_list")

    assert [link in signed_in(one).get("/mijn/", follow=True).content.decode() for one in (noor, marieke)] == [
        True,
        False,
    ]
