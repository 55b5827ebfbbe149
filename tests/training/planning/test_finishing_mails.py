"""One mail when a card is there, one when a certificate is there, and one for both when they come together."""

import pytest
from django.utils import timezone

from mail.kinds import kind_of
from mail.models import OutboxMail
from training.domain.finishing import issue_certificates, issue_for_a_reason, replace_certificate, revoke_certificate
from training.domain.personal_cards import give_card, give_cards, write_on_card
from training.emails import CARD_AND_CERTIFICATE, CARD_GIVEN, CERTIFICATE_ISSUED
from training.models import Certificate

KINDS = (CARD_GIVEN, CERTIFICATE_ISSUED, CARD_AND_CERTIFICATE)


@pytest.fixture
def anna(take_part):
    return take_part("Anna", 165, 165)


@pytest.fixture
def written(anna, marieke):
    write_on_card(anna, "Jij wachtte tot ze klaar was.", by=marieke)
    return anna


def mails():
    return OutboxMail.objects.filter(kind__in=KINDS)


def waiting():
    """What would leave, by its kind: it waits and is still true."""
    return [mail.kind for mail in mails().open().order_by("pk") if kind_of(mail.kind).still_wanted(mail)]


def sent(mail):
    mail.state, mail.next_at, mail.sent_at = "sent", None, timezone.now()
    mail.save()


def test_a_card_is_told_once_without_its_words(written, ilse):
    for _time in range(2):
        give_card(written, by=ilse)

    assert waiting() == [CARD_GIVEN]
    assert ["wachtte" in mails().get().words["text"], "afronding" in mails().get().words["text"]] == [False, True]


def test_written_and_not_given_nobody_is_told(written):
    assert not mails().exists()


def test_a_certificate_is_told_once(small_group, anna, ilse):
    for _time in range(3):
        issue_certificates(small_group, by=ilse)

    assert (Certificate.objects.count(), waiting()) == (1, [CERTIFICATE_ISSUED])


@pytest.mark.parametrize("card_first", [True, False])
def test_both_at_once_is_one_mail(small_group, written, ilse, card_first):
    acts = [lambda: give_cards(small_group, by=ilse), lambda: issue_certificates(small_group, by=ilse)]
    for act in acts if card_first else reversed(acts):
        act()

    assert waiting() == [CARD_AND_CERTIFICATE]
    assert [mail.kind for mail in mails().open()] == [CARD_AND_CERTIFICATE]


def test_what_has_left_is_not_told_again(small_group, written, ilse):
    give_card(written, by=ilse)
    sent(mails().get())
    issue_certificates(small_group, by=ilse)

    assert waiting() == [CERTIFICATE_ISSUED]


def test_taken_back_before_it_left_nothing_is_told(small_group, anna, ilse):
    issue_certificates(small_group, by=ilse)
    revoke_certificate(Certificate.objects.get(), reason="Per ongeluk")

    assert waiting() == []


def test_a_worker_that_has_the_mail_in_hands_asks_once_more(small_group, anna, ilse):
    issue_certificates(small_group, by=ilse)
    mail = mails().get()
    Certificate.objects.update(revoked_at="2026-11-01T10:00Z", reason="Per ongeluk")

    assert kind_of(mail.kind).still_wanted(mail) is False


def test_of_a_card_is_told_though_the_certificate_is_taken_back(small_group, written, ilse):
    issue_certificates(small_group, by=ilse)
    give_card(written, by=ilse)
    revoke_certificate(Certificate.objects.get(), reason="Per ongeluk")

    assert waiting() == [CARD_GIVEN]


def test_another_name_within_the_five_minutes_is_one_mail(small_group, written, ilse):
    give_card(written, by=ilse)
    issue_certificates(small_group, by=ilse)
    replace_certificate(Certificate.objects.get(), name="Anna de Vries", reason="Haar hele naam", by=ilse)

    assert waiting() == [CARD_AND_CERTIFICATE]


def test_another_name_later_is_told(small_group, anna, ilse):
    issue_certificates(small_group, by=ilse)
    sent(mails().get())
    replace_certificate(Certificate.objects.get(), name="Anna de Vries", reason="Haar hele naam", by=ilse)

    assert waiting() == [CERTIFICATE_ISSUED]


def test_once_more_after_it_was_taken_back_is_told(small_group, anna, ilse):
    issue_certificates(small_group, by=ilse)
    sent(mails().get())
    revoke_certificate(Certificate.objects.get(), reason="Per ongeluk")
    issue_for_a_reason(anna, reason="Het klopte toch.", by=ilse)

    assert waiting() == [CERTIFICATE_ISSUED]


def test_who_closed_their_account_is_told_nothing(small_group, written, ilse):
    give_card(written, by=ilse)
    person = written.enrolment.person
    person.is_active = False
    person.save()

    assert waiting() == []


def test_an_act_that_fails_leaves_no_mail(small_group, anna, ilse, monkeypatch):
    monkeypatch.setattr("training.domain.finishing.tell_certificate", broken_after(small_group))
    with pytest.raises(RuntimeError):
        issue_certificates(small_group, by=ilse)

    assert (Certificate.objects.count(), mails().count()) == (0, 0)


def broken_after(group):
    from training.domain.finishing_mails import tell_certificate

    def tell(place, certificate):
        tell_certificate(place, certificate)
        raise RuntimeError("cut off")

    return tell
