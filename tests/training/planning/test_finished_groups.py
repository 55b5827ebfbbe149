"""A group comes to its end: who has a certificate is done, who never came goes out, and nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.refusals import Refused
from mail.models import OutboxMail
from tests.factories.people import make_person
from training.domain.desk import todos_of
from training.domain.finished_groups import finish_group, reopen_group
from training.domain.finishing import issue_certificates, issue_for_a_reason, revoke_certificate
from training.domain.groups import cancel_group
from training.domain.place_invitations import invite_prepared
from training.domain.places import prepare_place
from training.domain.planning_check import differences
from training.models import Certificate, GroupPlace, PlaceEvent, TrainingGroup


def states():
    return {place.enrolment.person.display_name: place.state for place in GroupPlace.objects.order_by("pk")}


def state_of(group):
    return TrainingGroup.objects.get(pk=group.pk).state


@pytest.fixture
def full(small_group, take_part, ilse):
    """Anna has a certificate, Bo misses something, Cas was invited, Dina stands ready and Eva waits."""
    take_part("Anna", 165, 165)
    take_part("Bo", 0, 90)
    issue_certificates(small_group, by=ilse)
    prepare_place(small_group, make_person("Cas"), by=ilse)
    invite_prepared(small_group, by=ilse)
    prepare_place(small_group, make_person("Dina"), by=ilse)
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=4)
    prepare_place(small_group, make_person("Eva"), by=ilse)
    return small_group


def test_who_has_a_certificate_is_done_and_who_never_came_goes_out(full, ilse):
    mails = OutboxMail.objects.open().exclude(kind="place-invitation").count()
    finish_group(full, by=ilse)

    assert states() == {
        "Anna": "finished",
        "Bo": "enrolled",
        "Cas": "cancelled",
        "Dina": "cancelled",
        "Eva": "cancelled",
    }
    assert (state_of(full), TrainingGroup.objects.get(pk=full.pk).seats_taken) == ("finished", 2)
    assert OutboxMail.objects.open().count() == mails  # nobody is told, and Cas is asked nothing any more
    assert list(differences()) == []


def test_the_same_again_is_nothing(full, ilse):
    finish_group(full, by=ilse)
    events = PlaceEvent.objects.count()
    finish_group(full, by=ilse)

    assert PlaceEvent.objects.count() == events


def test_with_a_meeting_to_come_it_is_not_finished(full, ilse, a_meeting):
    a_meeting(full, days=3, confirmed=False)

    with pytest.raises(Refused, match="still to come"):
        finish_group(full, by=ilse)
    assert state_of(full) == "open"


def test_without_a_meeting_it_is_not_finished(small_group, ilse):
    with pytest.raises(Refused, match="No meeting was held"):
        finish_group(small_group, by=ilse)


def test_a_group_that_was_called_off_is_not_finished(small_group, ilse):
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")

    for act in (finish_group, reopen_group):
        with pytest.raises(Refused, match="called off"):
            act(small_group, by=ilse)


def test_a_certificate_afterwards_makes_somebody_done(full, ilse):
    finish_group(full, by=ilse)
    bo = GroupPlace.objects.get(enrolment__person__display_name="Bo")
    issue_for_a_reason(bo, reason="Zij haalde het in.", by=ilse)

    assert states()["Bo"] == "finished"


def test_opened_again_people_take_part_again(full, ilse):
    finish_group(full, by=ilse)
    for _time in range(2):
        reopen_group(full, by=ilse)

    assert (state_of(full), states()["Anna"], states()["Cas"]) == ("closed", "enrolled", "cancelled")
    assert list(differences()) == []


def test_whose_certificate_was_taken_back_is_not_done(full, ilse):
    revoke_certificate(Certificate.objects.get(), reason="Per ongeluk")
    finish_group(full, by=ilse)

    assert states()["Anna"] == "enrolled"


def test_some_days_after_the_last_meeting_it_waits_on_the_desk(full, ilse):
    asked = [
        any(todo.address == f"/planning/groepen/{full.uuid}/afronden/" for todo in todos_of([full], at))
        for at in days_on(0, 4)
    ]
    finish_group(full, by=ilse)
    after = [todo for todo in todos_of([full], days_on(4)[0]) if "afronden" in todo.address]

    assert (asked, after) == ([False, True], [])


def days_on(*numbers):
    return [timezone.now() + timedelta(days=number) for number in numbers]


def test_from_the_page_and_back(full, ilse, browser_of):
    browser, where = browser_of(ilse), f"/planning/groepen/{full.uuid}/afronden/"
    assert browser.post(f"{where}klaar/").status_code == 302
    assert (state_of(full), 'name="back"' in browser.get(where).content.decode()) == ("finished", True)
    browser.post(f"{where}klaar/", {"back": "1"})

    assert state_of(full) == "closed"


def test_the_page_says_why_not(full, ilse, a_meeting, browser_of):
    a_meeting(full, days=3)
    answer = browser_of(ilse).post(f"/planning/groepen/{full.uuid}/afronden/klaar/")

    assert (answer.status_code, state_of(full)) == (409, "open")


def test_its_people_find_their_card_and_certificate_and_can_not_leave(full, ilse, browser_of):
    finish_group(full, by=ilse)
    anna = GroupPlace.objects.get(enrolment__person__display_name="Anna").enrolment.person
    page = browser_of(anna).get(f"/groep/{full.uuid}/").content.decode()

    assert [f"/groep/{full.uuid}/afronding/" in page, f"/groep/{full.uuid}/weg/" in page] == [True, False]


def test_nobody_comes_in_any_more(full, ilse, browser_of):
    finish_group(full, by=ilse)
    TrainingGroup.objects.filter(pk=full.pk).update(enrol_from=timezone.localdate(), capacity=9)
    answer = browser_of(make_person("Fay")).post(f"/groep/{full.uuid}/meedoen/")

    assert (answer.status_code, "Fay" in states()) == (409, False)
