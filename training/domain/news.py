"""What is new for somebody at their start: what they got at the end, post, what was written or lent to them. Read only,
and never what it says.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, F, Q, Subquery
from django.utils import timezone

from accounts.models import User
from common.prepared import Prepared
from stories.models import CoWriter, Storyteller, ThankYou
from training.domain.personal_cards import ERASED_WRITER
from training.models import Aftercare, CardMessage, Certificate, Enrolment, GroupPlace, PersonalCard

CERTIFICATE_IS_NEW = timedelta(days=30)


@dataclass(frozen=True)
class News:
    """`end_in` is the number of the group in which somebody finds their card and certificate, or None; `writers` are
    the names on a card that they did not read yet. `told_by` is who wrote to them after a meeting, the last one.
    """

    end_in: object = None
    writers: list = field(default_factory=list)
    card_is_new: bool = False
    certificate_is_new: bool = False
    told_by: str = ""
    has_post: bool = False
    reads_along: bool = False
    tells: bool = False

    @property
    def is_any(self):
        return bool(self.end_in or self.told_by or self.has_post)


@Prepared
def newest_enrolment(person, since, today):
    return Enrolment.objects.of(person).select_related("training").annotate(**_facts(person, since, today))[:1]


@Prepared
def facts_of(person, since, today):
    return User.objects.filter(pk=person).only("pk").annotate(**_facts(person, since, today))


def enrolment_with_news(user):
    """Return the newest Enrolment of `user` that counts, with its training, and their News; `(None, None)` for who
    follows no training. One query, and one more while a card was not read.
    """
    enrolment = newest_enrolment.first(**_asked(user))
    if enrolment is None:
        return None, None
    enrolment.person = user
    return enrolment, _news_in(enrolment)


def news_of(user):
    """Return the News of who follows no training; as many queries."""
    return _news_in(facts_of.first(**_asked(user)))


def _asked(user):
    return {"person": user.pk, "since": timezone.now() - CERTIFICATE_IS_NEW, "today": timezone.localdate()}


def _news_in(row):
    return News(
        end_in=row.new_card_in or row.end_in,
        writers=_writers(row.new_card) if row.new_card else [],
        card_is_new=row.new_card_in is not None,
        certificate_is_new=row.certificate_is_new,
        told_by=(row.told_by or "").split(" ")[0],
        has_post=row.has_post,
        reads_along=row.reads_along,
        tells=row.tells,
    )


def _facts(person, since, today):
    got = Q(enrolment__personal_card__given_at__isnull=False)
    unread = Q(enrolment__personal_card__read_at=None)
    proved = Q(enrolment__in=Certificate.objects.valid().values("enrolment"))
    mine = GroupPlace.objects.of(person).order_by("-seat_held", "-pk")
    new = PersonalCard.objects.filter(enrolment__person=person, given_at__isnull=False, read_at=None)
    told = Aftercare.objects.filter(reader=person, read_at=None, person__storyteller__support=F("reader"))
    post = ThankYou.objects.unread().filter(receiver=person, to_storyteller=None)
    certificates = Certificate.objects.valid().filter(enrolment__person=person, issued_at__gte=since)
    return {
        "end_in": Subquery(mine.filter(got | proved).values("group__uuid")[:1]),
        "new_card": Subquery(new.order_by("-given_at").values("pk")[:1]),
        "new_card_in": Subquery(mine.filter(got & unread).values("group__uuid")[:1]),
        "certificate_is_new": Exists(certificates),
        "told_by": Subquery(told.order_by("-written_at").values("person__display_name")[:1]),
        "has_post": Exists(post),
        "reads_along": Exists(CoWriter.objects.invited(today).filter(person=person)),
        "tells": Exists(Storyteller.objects.filter(account=person)),
    }


def _writers(card):
    names = CardMessage.objects.filter(card=card).order_by("written_at", "pk").values_list("author_name", flat=True)
    return [name for name in dict.fromkeys(names) if name != ERASED_WRITER]
