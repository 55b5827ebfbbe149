"""Counts over people, for those who may see them: states only, never a word of an answer."""

from django.db.models import Count, Exists, OuterRef, Q

from training.models import TrainingGroup
from training.planning_choices import TOGETHER
from training.policies import groups_in_team_of

TAKES_PART = Q(places__state__in=TOGETHER)


def groups_of(user):
    """Return the groups whose team `user` is part of: how many `people` take part, have `begun` and `finished`, and
    whether the user leads it (`is_led`); one query.
    """
    led = TrainingGroup.objects.filter(pk=OuterRef("pk"), coordinators=user)
    return (
        groups_in_team_of(user)
        .select_related("training")
        .annotate(
            people=Count("places", filter=TAKES_PART, distinct=True),
            begun=Count("places", filter=TAKES_PART & Q(places__enrolment__started_at__isnull=False), distinct=True),
            finished=Count(
                "places", filter=TAKES_PART & Q(places__enrolment__completed_at__isnull=False), distinct=True
            ),
            is_led=Exists(led),
        )
        .order_by("name")
    )
