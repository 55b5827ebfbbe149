"""An address with signs of other languages in its domain is one mailbox and one person, however it was typed."""

import pytest
from django.urls import reverse

from accounts.domain.addresses import correct_address
from accounts.domain.invitations import AlreadyHere, invite
from accounts.domain.people import create_person, person_with
from accounts.models import Invitation, User
from common.refusals import Refused
from common.text import kept_address
from mail.models import OutboxMail

pytestmark = pytest.mark.django_db
TYPED = ["jan@exámple.nl", " Jan@EXÁMPLE.nl", "jan@xn--exmple-qta.nl"]
KEPT = "jan@xn--exmple-qta.nl"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [*((typed, KEPT) for typed in TYPED), ("geen adres", "geen adres"), ("", ""), ("a@" + "é" * 99 + ".nl",) * 2],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert kept_address(typed) == kept


@pytest.mark.parametrize("typed", TYPED)
def test_an_account_is_found_by_each_of_them(typed):
    person = create_person(TYPED[0], name="Jan")

    assert (person.email, person_with(typed)) == (KEPT, person)


@pytest.mark.parametrize("typed", TYPED)
def test_one_comes_in_by_each_of_them(client, typed):
    person = create_person(KEPT, name="Jan")
    client.post(reverse("account_login"), {"login": typed, "with": "code"})

    assert list(OutboxMail.objects.values_list("to", "person")) == [(KEPT, person.pk)]


def test_nobody_gets_an_address_that_somebody_has_in_another_form(ilse, petra):
    create_person(KEPT, name="Jan")
    invited = create_person("piet@example.nl", name="Piet", is_proven=False)

    with pytest.raises(Refused):
        correct_address(invited, TYPED[0], by=ilse)
    with pytest.raises(AlreadyHere):
        invite(petra, email=TYPED[0], role="participant")
    assert (User.objects.filter(email=KEPT).count(), Invitation.objects.count()) == (1, 0)
    assert not User.objects.filter(email=TYPED[0]).exists()
