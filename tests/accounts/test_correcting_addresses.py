"""Who was invited with a wrong address and never came in gets a right one; whoever was here changes their own."""

import logging

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.utils import timezone, translation

from accounts.domain import addresses
from accounts.domain.addresses import correct_address, why_not_corrected
from accounts.domain.people import create_person
from accounts.models import User
from common.refusals import Refused
from mail.models import OutboxMail
from tests.home.test_outbox import put_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """What an act refuses with is looked for by its English id."""
    with translation.override("en"):
        yield


@pytest.fixture
def invited(db):
    """Put in a group by a list, and never here."""
    return create_person("sanne@exmaple.test", name="Sanne Mulder", is_proven=False)


def emails(person):
    person = User.objects.get(pk=person.pk)
    return person.email, list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary"))


def test_the_address_is_corrected_everywhere_in_small_letters(invited, ilse):
    correct_address(invited, " Sanne@Example.test ", by=ilse)

    assert emails(invited) == ("sanne@example.test", [("sanne@example.test", False, True)])


def test_mails_that_wait_or_were_refused_follow_and_what_was_sent_does_not(invited, ilse):
    waiting = put_mail(invited, key="waiting", state="waiting", next_at=timezone.now())
    refused, sent = put_mail(invited, key="refused", state="refused"), put_mail(invited, key="sent")
    other = put_mail(ilse, key="other", state="waiting", next_at=timezone.now())
    correct_address(invited, "sanne@example.test", by=ilse)
    to = dict(OutboxMail.objects.values_list("pk", "to"))

    assert [to[mail.pk] for mail in (waiting, refused, sent, other)] == [
        "sanne@example.test",
        "sanne@example.test",
        "sanne@exmaple.test",
        ilse.email,
    ]
    assert OutboxMail.objects.get(pk=refused.pk).state == "refused"


def test_a_line_in_the_log_says_who_did_it_by_number_alone(invited, ilse, caplog):
    with caplog.at_level(logging.INFO, "accounts"):
        correct_address(invited, "sanne@example.test", by=ilse)
        correct_address(invited, "sanne@example.test", by=ilse)

    assert caplog.messages == [f"The address of {invited.uuid}, who never signed in, was corrected by {ilse.uuid}."]


def test_a_participant_is_no_more_than_invited(invited, ilse):
    from django.contrib.auth.models import Group

    invited.groups.add(Group.objects.get_or_create(name="participant")[0])

    assert why_not_corrected(User.objects.get(pk=invited.pk)) == ""


def signed_in(person):
    person.last_login = timezone.now()


def welcomed(person):
    person.welcomed_at = timezone.now()


def with_password(person):
    person.set_password("keukentafel")


def proven(person):
    EmailAddress.objects.filter(user=person).update(verified=True)


def closed(person):
    person.is_active = False


def co_trainer(person):
    from django.contrib.auth.models import Group

    person.groups.add(Group.objects.get_or_create(name="co-trainer")[0])


def staff(person):
    person.is_staff = True


@pytest.mark.parametrize("history", [signed_in, welcomed, with_password, proven, closed, co_trainer, staff])
def test_who_was_here_or_works_here_keeps_their_address(invited, ilse, history):
    history(invited)
    invited.save()
    person = User.objects.get(pk=invited.pk)

    with pytest.raises(Refused):
        correct_address(person, "kaper@example.test", by=ilse)
    assert emails(invited)[0] == "sanne@exmaple.test"
    assert why_not_corrected(person)


@pytest.mark.parametrize(
    "taken", ["samira-el-amrani@example.test", "SAMIRA-el-amrani@example.test", "tweede@example.test"]
)
def test_nobody_gets_the_address_of_somebody_else(invited, ilse, samira, taken):
    EmailAddress.objects.create(user=samira, email="tweede@example.test", verified=False)

    with pytest.raises(Refused, match="already"):
        correct_address(invited, taken, by=ilse)
    assert emails(invited)[0] == "sanne@exmaple.test"


def test_two_at_once_take_no_address_twice(invited, ilse, samira, monkeypatch):
    """As if Samira came in right after the question."""
    monkeypatch.setattr(addresses, "_is_taken", lambda email, person: False)

    with pytest.raises(Refused, match="already"):
        correct_address(invited, samira.email, by=ilse)
    assert emails(invited)[0] == "sanne@exmaple.test"
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=invited.pk).update(email=samira.email)


@pytest.mark.parametrize(
    "wrong", ["", "x", "jan@example", "a@b.nl;c@d.nl", "x" * 300 + "@a.nl", "a@b.nl\x00", "\ud800@a.nl"]
)
def test_what_is_no_address_is_said(invited, ilse, wrong):
    with pytest.raises(Refused, match="not an e-mail address"):
        correct_address(invited, wrong, by=ilse)
    assert emails(invited)[0] == "sanne@exmaple.test"
