"""Counts over people, for those who may see them: states only, never a word of an answer."""

from django.db.models import Count, Q

from training.models import TrainingGroup


def groups_of(user):
    """Return the groups whose team `user` is part of, with `people`, `finished` and `begun` counted; one query."""
    return (
        TrainingGroup.objects.with_team_member(user)
        .select_related("training")
        .annotate(
            people=Count("places", distinct=True),
            begun=Count("places", filter=Q(places__enrolment__started_at__isnull=False), distinct=True),
            finished=Count("places", filter=Q(places__enrolment__completed_at__isnull=False), distinct=True),
        )
        .order_by("name")
    )
