"""Who may read and work on stories; lists ask the querysets, pages the predicates that say the same."""

from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.models import Collection, Page, ReferenceIndex

from accounts.choices import Role
from accounts.models import User
from common.policies import has_role
from stories.models import CoWriter, StoryPage, Telling

TEAM = (Role.CO_TRAINER, Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)

_enrolled = []


def add_readers(takes_part):
    """Let an upper app say who else takes part in a training: `takes_part(user) -> bool`, asked of who is signed in."""
    if takes_part not in _enrolled:
        _enrolled.append(takes_part)


def takes_part(user):
    """True for who reads the stories that are told for the training: who follows one, or works with it."""
    return user.is_authenticated and (has_role(user, *TEAM) or any(asked(user) for asked in _enrolled))


def readable_stories(user):
    """The stories online that `user` may read; at most one query more for who has no role."""
    return StoryPage.objects.visible_to(user, takes_part=takes_part(user))


def tells(user, story):
    """True when the story is told by somebody for whom `user` speaks: who decides about it."""
    tellings = Telling.objects.filter(story=story).select_related("storyteller")
    return any(telling.storyteller.speaks_for(user) for telling in tellings)


def writes_along(user, story):
    """True while the storyteller lets `user` see and write in the draft."""
    return CoWriter.objects.invited().filter(story=story, person=user).exists()


def may_work_on(user, story):
    """True for who may see the draft of `story`: its storyteller, and whom she invited. Nobody else, whatever role."""
    return user.is_active and (tells(user, story) or writes_along(user, story))


# ── Who may be asked to read along ─────────────────────────────────────────────
_teams = []


def add_team(teammates):
    """Let an upper app say with whom somebody works: `teammates(user) -> queryset of User`, for colleagues_of."""
    if teammates not in _teams:
        _teams.append(teammates)


def colleagues_of(user, story):
    """The people whom `user` may ask to read along: who works with them, the storyteller's person, trainers and
    coordinators; never who decides about the story already.
    """
    found = Q(groups__name__in=(Role.TRAINER, Role.COORDINATOR)) | Q(storytellers_supported__tellings__story=story)
    for teammates in _teams:
        found |= Q(pk__in=teammates(user).values("pk"))
    deciding = Q(storyteller__tellings__story=story) | Q(storytellers_spoken_for__tellings__story=story)
    known = User.objects.filter(found, is_active=True).values("pk")
    deciders = User.objects.filter(deciding).values("pk")
    people = User.objects.filter(pk__in=known).exclude(pk__in=deciders).exclude(pk=user.pk)
    return people.order_by("display_name", "pk")


def people_around_teller(user, teller):
    """The people whom `user` may name as their person or their proxy: who works with them, trainers, coordinators, and
    whom they named before.
    """
    found = Q(groups__name__in=(Role.TRAINER, Role.COORDINATOR)) | Q(pk__in=[teller.support_id, teller.proxy_id])
    for teammates in _teams:
        found |= Q(pk__in=teammates(user).values("pk"))
    known = User.objects.filter(found, is_active=True).values("pk")
    return User.objects.filter(pk__in=known).exclude(pk=user.pk).order_by("display_name", "pk")


# ── Files ──────────────────────────────────────────────────────────────────────
SHELVES = "Verhalen"  # the collection in which each story has one of its own (domain/shelves.py)


def shelves():
    """The condition on the collections of stories, and on the one that they stand in."""
    rooms = Collection.objects.filter(depth=2, name=SHELVES).values_list("path", flat=True)
    return reduce(or_, (Q(path__startswith=path) for path in rooms), Q(pk__in=[]))


def files_of_storytellers(model):
    """The condition on pictures, documents and recordings that belong to who tells: what they and who speaks for them
    uploaded, and what lies on the shelf of a story, whoever put it there.
    """
    people = get_user_model().objects
    tells = Q(storyteller__isnull=False) | Q(storytellers_spoken_for__isnull=False)
    tellers = people.filter(tells | Q(groups__name=Role.CO_TRAINER))
    shelves = Collection.objects.filter(depth=2, name=SHELVES).values_list("path", flat=True)
    on_shelf = (Q(collection__path__startswith=path) for path in shelves)
    return reduce(or_, on_shelf, Q(uploaded_by_user__in=tellers.values("pk")))


def files_for(user, model):
    """The condition on the files of storytellers that `user` works with: their own, and those of the stories that they
    may work on, as captions and transcripts are often a co-writer's work.
    """
    worked_on = StoryPage.objects.worked_on_by(user)
    ways = [f.name for f in model._meta.related_objects if f.related_model is StoryPage]
    keys = [str(key) for key in worked_on.values_list("translation_key", flat=True)]
    condition = Q(uploaded_by_user=user) | Q(collection__name__in=keys)
    for way in ways:
        condition |= Q(**{f"{way}__in": worked_on.values("pk")})
    return condition


def files_fixed_for(user, model):
    """The condition on the files whose words and content `user` may not change: those shown by a story in the words
    that its storyteller released, unless it is `user` who decides about it. What readers hear and read is then as she
    said yes to it; it counts as long as the story may come back (online, on pause, ended), and from the release on for
    all that lies on the shelf of a story that is not online yet.
    """
    told = StoryPage.objects.told_by(user).values("pk")
    released = StoryPage.objects.filter(release__online_hash=F("words_hash"), release__withdrawn_at=None)
    others = released.exclude(words_hash="").exclude(pk__in=told).order_by()
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in others.values_list("pk", flat=True)],
    )
    on_its_way = StoryPage.objects.filter(release__released_hash=F("release__latest_hash"), release__withdrawn_at=None)
    on_its_way = on_its_way.exclude(release__online_hash=F("release__latest_hash")).exclude(release__released_hash="")
    shelves = on_its_way.exclude(pk__in=told).order_by()
    return Q(pk__in=[int(pk) for pk in shown.values_list("to_object_id", flat=True).distinct()]) | Q(
        collection__name__in=[str(key) for key in shelves.values_list("translation_key", flat=True)]
    )
