"""Mail about a group that did not arrive: what it was and why, and sending it again, that one alone."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from accounts.domain.addresses import correct_address
from common.refusals import Refused
from mail.choices import MailState
from mail.domain import outbox
from mail.models import OutboxMail
from training.domain.nudges import ASKING
from training.domain.place_invitations import invite_again
from training.domain.place_mails import about_group
from training.emails import CALENDAR_CANCEL, CALENDAR_REQUEST
from training.models import GroupPlace, TrainingGroup
from training.models.calendar import new_uid
from training.planning_choices import PlaceState

CALENDAR = (CALENDAR_REQUEST, CALENDAR_CANCEL)
# Where the key of a mail for a calendar says whose and about which meeting: before the number of the mail.
OF_INVITE = Substr("key", 1, len("calendar:") + len(new_uid()))


def mails_about(groups):
    """Return the queryset of the mails about these groups, without their words."""
    return OutboxMail.objects.without_words().filter(about__in=[about_group(group) for group in groups])


def not_arrived(groups):
    """Return the queryset of the mails about these groups that did not arrive and that nobody mended: an invitation is
    mended by a newer one, as what a mail for the calendar says is by a newer one about the same meeting; the others are
    sent again themselves.
    """
    refused = mails_about(groups).filter(state=MailState.REFUSED).select_related("person")
    refused = refused.alias(of_invite=OF_INVITE).exclude(_newer_about_the_same_meeting(), kind__in=CALENDAR)
    newer = OutboxMail.objects.filter(
        about=OuterRef("about"), person=OuterRef("person"), kind__in=ASKING, created_at__gt=OuterRef("created_at")
    )
    mended = Exists(newer.exclude(state=MailState.CANCELLED))
    return refused.exclude(mended, kind__in=ASKING).order_by("-created_at", "-pk")


def _newer_about_the_same_meeting():
    """Of a mail for somebody's calendar: true when a newer one about that meeting was made for them."""
    newer = OutboxMail.objects.filter(
        about=OuterRef("about"), person=OuterRef("person"), kind__in=CALENDAR, pk__gt=OuterRef("pk")
    )
    return Exists(newer.alias(of_invite=OF_INVITE).filter(of_invite=OuterRef("of_invite")))


def with_returned(group, by_state):
    """Return `by_state` (places_by_state), where each place has its `returned`: the mail that asks the person and did
    not arrive, or None; one query.
    """
    mails = {_place_key(mail): mail for mail in not_arrived([group]).filter(kind__in=ASKING)}
    for _label, places in by_state:
        for place in places:
            place.returned = mails.get(str(place.uuid))
    return by_state


def can_be_sent_again(mail):
    """Return whether `send_again` has something to send: the words are there, or somebody can be asked anew."""
    if mail.kind in ASKING:
        return GroupPlace.objects.filter(uuid=_place_key(mail), state=PlaceState.INVITED).exists()
    return OutboxMail.objects.filter(pk=mail.pk).exclude(words="").exists()


@transaction.atomic
def send_again(mail, *, by, email=None):
    """Send one mail that did not arrive again, to `email` when it is given and the person never signed in. Of an
    invitation it is a new one, for its link is kept nowhere.

    Raises Refused when it is on its way already, can't be sent, or the address can't be so.
    """
    group = TrainingGroup.objects.filter(uuid=mail.about.removeprefix("group:")).first()
    if group is None or not not_arrived([group]).filter(pk=mail.pk).exists():
        raise Refused(_("This mail is on its way already."))
    if email is not None and mail.person:
        correct_address(mail.person, email, by=by)
    if mail.kind in ASKING:
        place = GroupPlace.objects.select_related("group", "enrolment__person").filter(uuid=_place_key(mail)).first()
        if place is None:
            raise Refused(_("This place is gone. There is nothing to send any more."))
        invite_again(place, by=by)
        return
    if mail.person and mail.person.email != mail.to:  # they have another address by now
        outbox.readdress(mail.person, mail.to)
    if not outbox.send_again(mail):
        raise Refused(_("The words of this mail are gone by now. It can't be sent again."))


def _place_key(mail):
    return mail.key.split(":")[1]
