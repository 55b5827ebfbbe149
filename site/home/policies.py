"""Who reads problem reports and sees which mail arrived: administrators all, others what is of their people."""

from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from common.policies import has_role
from home.inboxes import people_read_by
from home.models import ProblemReport
from mail.models import OutboxMail


def reads_all_reports(user):
    return has_role(user, Role.ADMINISTRATOR)


def reads_reports(user):
    """True for who has an inbox, be it empty."""
    return user.is_active and (reads_all_reports(user) or bool(people_read_by(user)))


def readable_reports(user):
    """The reports that `user` may read and answer; none for who has no inbox. What visitors report is for
    administrators alone.
    """
    if not reads_reports(user):
        return ProblemReport.objects.none()
    if reads_all_reports(user):
        return ProblemReport.objects.all()
    return ProblemReport.objects.filter(reduce(or_, (Q(reporter__in=people) for people in people_read_by(user))))


def reads_reports_of(user, reporter):
    """True when `user` may read and answer what `reporter` reports; `reporter` is None for a visitor."""
    if reads_all_reports(user) or reporter is None or not user.is_active:
        return reads_all_reports(user)
    return any(people.filter(pk=reporter.pk).exists() for people in people_read_by(user))


def readers_of(reporter):
    """Return the people who read what `reporter` (None: a visitor) reports, as a list; the reporter is not in it."""
    asked = User.objects.filter(is_active=True, groups__name__in=[Role.ADMINISTRATOR, Role.COORDINATOR]).distinct()
    return [user for user in asked.order_by("pk") if user != reporter and reads_reports_of(user, reporter)]


def own_reports(user, receipts=()):
    """The reports that somebody may read back: their own, and a visitor's whose uuid is among `receipts`."""
    own = Q(reporter=user) if user.is_authenticated else Q(pk__in=[])
    return ProblemReport.objects.filter(own | Q(reporter=None, uuid__in=receipts))


def visible_mails(user):
    """The mails whose kind, person, state and reason `user` may see: administrators all, others those to their people
    and those of the invitations they sent. The words are not among what is fetched.
    """
    if not reads_reports(user):
        return OutboxMail.objects.none()
    mails = OutboxMail.objects.without_words().select_related("person")
    if reads_all_reports(user):
        return mails
    mine = Q(about=f"invited-by:{user.uuid}")
    return mails.filter(reduce(or_, (Q(person__in=people) for people in people_read_by(user)), mine))
