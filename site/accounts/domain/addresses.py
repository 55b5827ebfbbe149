"""Correcting the address of somebody who was invited and never came in: what was typed wrong may be mended by who typed
it. From the first time that somebody signs in, their address is theirs to change.
"""

import logging

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from common.refusals import Refused
from common.text import kept_address
from mail.domain.outbox import readdress
from mail.domain.words import is_address

logger = logging.getLogger(__name__)


def why_not_corrected(person):
    """Return the sentence that says why nobody but `person` changes their address; nothing where somebody else may.

    An account with a role, or an address that was proven, is never moved to another mailbox: whoever reads that mailbox
    could sign in.
    """
    if not person.is_active:
        return _("This account is closed.")
    has_been_here = person.last_login or person.welcomed_at or person.has_usable_password()
    if has_been_here or EmailAddress.objects.filter(user=person, verified=True).exists():
        return _("This person has used their account. They change their address themselves, or call you.")
    if person.is_staff or person.is_superuser or person.roles - {Role.PARTICIPANT}:
        return _("This person works with the site. They change their address themselves, or call you.")
    return ""


@transaction.atomic
def correct_address(person, email, *, by):
    """Give somebody who never signed in another address, with the mails that wait for them, and return them as they are
    now; the same address again changes nothing. Raises Refused when it can't be, or somebody else has that address.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    email = kept_address(email)
    if email == person.email:
        return person
    if refusal := why_not_corrected(person):
        raise Refused(refusal)
    if not is_address(email):
        raise Refused(_("This is not an e-mail address. Look at it once more."))
    if _is_taken(email, person):
        raise Refused(_("Somebody else has this address already. Look at it once more."))
    before, person.email = person.email, email
    _write(person)
    readdress(person, before)
    logger.info("The address of %s, who never signed in, was corrected by %s.", person.uuid, by.uuid)
    return person


def _is_taken(email, person):
    others = User.objects.filter(email=email).exclude(pk=person.pk)
    return others.exists() or EmailAddress.objects.filter(email=email).exclude(user=person).exists()


def _write(person):
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person, primary=True).update(email=person.email, verified=False)
    except IntegrityError as taken:
        raise Refused(_("Somebody else has this address already.")) from taken
