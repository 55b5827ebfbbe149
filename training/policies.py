"""Who may read and do what in a training; every view asks here first, and lists use the querysets that say the same."""

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from common.policies import Policy, has_role
from common.prepared import Prepared
from common.tree import RestrictionAbove
from training.choices import EnrolmentState
from training.models import (
    Accreditation,
    Aftercare,
    Certificate,
    Enrolment,
    ExercisePage,
    GroupPlace,
    Meeting,
    MeetingStaff,
    ModulePage,
    TrainingGroup,
    TrainingPage,
)
from training.planning_choices import MeetingState, StaffRole

# Which list of a group somebody with this role stands in.
TEAM_PLACES = {Role.COORDINATOR: "coordinators", Role.TRAINER: "trainers", Role.CO_TRAINER: "co_trainers"}


def is_editor(user):
    """True for who makes the training's pages in the CMS."""
    return user.is_superuser or bool(user.roles & {"trainer", "administrator"})


def groups_in_team_of(user):
    """The groups that `user` coordinates, trains or co-trains, with the role for it."""
    asked = Q(pk__in=[])
    for role, place in TEAM_PLACES.items():
        if has_role(user, role):
            asked |= Q(pk__in=TrainingGroup.objects.filter(**{place: user}).order_by().values("pk"))
    return TrainingGroup.objects.filter(asked)


def belongs_to_team(user, module):
    """True for who coordinates, trains or co-trains a group of the training that `module` is part of."""
    return groups_in_team_of(user).filter(training__path=module.path[: -ModulePage.steplen]).exists()


@Prepared
def module_at(slug, ending):
    """The module at an address if it and all above it are live; `guarded` when more than an account is asked."""
    modules = ModulePage.objects.filter(slug=slug, url_path__endswith=ending).live_all_the_way()
    return modules.annotate(guarded=RestrictionAbove("path", but="login")).for_reading()[:1]


def readable_module(request, training_slug, module_slug):
    """Return the published module at this address that this person may read as far as the page tree says, or None.

    One query, plus one for each view restriction above it that asks for more than being signed in. The same answer
    serves the module's page and every step; who may *follow* the training is asked on top of it.
    """
    module = module_at.first(slug=module_slug, ending=f"/training/{training_slug}/{module_slug}/")
    if module is None:
        return None
    if module.guarded and not all(
        restriction.accept_request(request) for restriction in module.get_view_restrictions()
    ):
        return None
    return module


def readable_exercises(user, modules):
    """The exercises whose own page `user` may read: all for an editor, else those in `modules` (followed_modules)."""
    if is_editor(user):
        return ExercisePage.objects.live()
    ids = {step.exercise_id for module in modules for step in module.step_list}
    return ExercisePage.objects.for_members().filter(pk__in=ids - {None})


def followed_modules(user):
    """The modules whose steps `user` may be pointed to: of their trainings, or all that are online for an editor."""
    if is_editor(user):
        return list(ModulePage.objects.live_all_the_way().order_by("path"))
    return [module for training in TrainingPage.with_modules(trainings_of(user)) for module in training.modules]


def trainings_of(user):
    """The live trainings that `user` takes part in or whose groups they coordinate, train or co-train."""
    enrolled = Enrolment.objects.of(user).order_by().values("training")
    in_team = groups_in_team_of(user).order_by().values("training")
    return TrainingPage.objects.live().filter(Q(pk__in=enrolled) | Q(pk__in=in_team))


def takes_part(user):
    """True for who follows a training now: they read the stories that are told for the training."""
    return Enrolment.objects.of(user).exists()


class TrainingGroupPolicy(Policy):
    """A coordinator sees and changes the groups she leads, an administrator reads the names of all of them.

    How many people sit in a group is for who leads it: places are nothing of the administrator's (`led_by`).
    """

    model = TrainingGroup

    def led_by(self, user):
        """The groups that `user` coordinates; to stand in that list without the role gives nothing."""
        return TrainingGroup.objects.led_by(user) if has_role(user, Role.COORDINATOR) else TrainingGroup.objects.none()

    def may_plan(self, user):
        """True for who has the desk: a coordinator, be it without a group yet."""
        return has_role(user, Role.COORDINATOR)

    def visible_to(self, user):
        return TrainingGroup.objects.all() if has_role(user, Role.ADMINISTRATOR) else self.led_by(user)

    def may_list(self, user):
        return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)

    def may_add(self, user):
        return has_role(user, Role.COORDINATOR)

    def may_view(self, user, group):
        return has_role(user, Role.ADMINISTRATOR) or self.may_change(user, group)

    def may_change(self, user, group):
        """No query where the coordinators were fetched with the list."""
        return has_role(user, Role.COORDINATOR) and user in group.coordinators.all()


class OfLedGroupsPolicy(Policy):
    """What belongs to a group is for who leads it, and in the menu for nobody else."""

    def visible_to(self, user):
        return self.model.objects.filter(group__in=TrainingGroupPolicy().led_by(user).order_by().values("pk"))

    def may_list(self, user):
        return has_role(user, Role.COORDINATOR)


class MeetingPolicy(OfLedGroupsPolicy):
    """Coordinators change the meetings of the groups they lead; a meeting that is called off stays as it is."""

    model = Meeting

    def may_change(self, user, meeting):
        """No query where the groups and their coordinators were fetched with the list."""
        return not meeting.is_cancelled and TrainingGroupPolicy().may_change(user, meeting.group)


class GroupPlacePolicy(OfLedGroupsPolicy):
    """Coordinators look places up; what happens to one is an act on the page of its group."""

    model = GroupPlace


class CertificatePolicy(Policy):
    """Coordinators look up the certificates of the people in the groups they lead. What happens to one is an act on the
    page of its group.
    """

    model = Certificate

    def led_places(self, user):
        """The places of who takes part in the groups that `user` leads."""
        groups = TrainingGroupPolicy().led_by(user).order_by().values("pk")
        return GroupPlace.objects.together().filter(group__in=groups)

    def visible_to(self, user):
        return Certificate.objects.filter(enrolment__in=self.led_places(user).order_by().values("enrolment"))

    def with_places(self, certificates, user):
        """Let the enrolment of each have `led_places`, the newest first: where `user` leads its person; one query."""
        places = self.led_places(user).order_by("-pk")
        return certificates.prefetch_related(Prefetch("enrolment__places", places, to_attr="led_places"))

    def may_list(self, user):
        return has_role(user, Role.COORDINATOR)

    def may_view(self, user, certificate):
        """No query for each row of a list, whose places were fetched with it for this person."""
        if hasattr(certificate.enrolment, "led_places"):
            return bool(certificate.enrolment.led_places) and self.may_list(user)
        return super().may_view(user, certificate)


class AccreditationPolicy(Policy):
    """What registers count a training for is kept by who leads a group of it, and by administrators."""

    model = Accreditation

    def trainings_for(self, user):
        """The trainings whose accreditations `user` keeps."""
        if has_role(user, Role.ADMINISTRATOR):
            return TrainingPage.objects.all()
        led = TrainingGroupPolicy().led_by(user).order_by().values("training")
        return TrainingPage.objects.filter(pk__in=led)

    def visible_to(self, user):
        return Accreditation.objects.filter(training__in=self.trainings_for(user).order_by().values("pk"))

    def may_list(self, user):
        return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)

    def may_add(self, user):
        return self.may_list(user)

    def may_change(self, user, accreditation):
        """No query where the groups of the training and their coordinators were fetched with the list."""
        if has_role(user, Role.ADMINISTRATOR):
            return True
        groups = accreditation.training.training_groups.all()
        return has_role(user, Role.COORDINATOR) and any(user in group.coordinators.all() for group in groups)

    def may_delete(self, user, accreditation):
        return self.may_change(user, accreditation)


def meetings_marked_by(user):
    """The meetings whose attendance `user` fills in: of the groups in whose team they are."""
    return Meeting.objects.filter(group__in=groups_in_team_of(user).order_by().values("pk"))


def meetings_told_about_by(user, at=None):
    """The meetings about which `user` may say how it was, to their own person alone: those that are over and that they
    led as co-trainer, and those about which they did already.
    """
    led = MeetingStaff.objects.filter(user=user, role=StaffRole.CO_TRAINER, is_on=True).values("meeting")
    over = Q(pk__in=led, state__in=[MeetingState.CONFIRMED, MeetingState.HELD], ends_at__lte=at or timezone.now())
    return Meeting.objects.filter(over | Q(pk__in=Aftercare.objects.filter(person=user).values("meeting")))


def co_trains(user):
    """True for who can be asked how a meeting was."""
    return has_role(user, Role.CO_TRAINER)


def places_written_to_by(user):
    """The places of the people on whose personal card `user` writes: of the groups that they coordinate, train or
    co-train, with the role for it, and never their own.
    """
    groups = groups_in_team_of(user)
    places = GroupPlace.objects.together().filter(group__in=groups.order_by().values("pk"))
    return places.exclude(enrolment__person=user).select_related("group", "enrolment__person")


def certificates_read_by(user):
    """The certificates of `user`, and those of the people in the groups that they coordinate, train or co-train."""
    groups = groups_in_team_of(user)
    places = GroupPlace.objects.together().filter(group__in=groups.order_by().values("pk"))
    return Certificate.objects.filter(Q(enrolment__person=user) | Q(enrolment__in=places.values("enrolment")))


# ── Cards (stories/neighbours.py) ──────────────────────────────────────────────
def people_met_by(user):
    """The people in the groups that `user` sits in or leads, those who lead them as well: the same for every role."""
    mine = TrainingGroup.objects.filter(
        Q(pk__in=groups_in_team_of(user).order_by().values("pk"))
        | Q(pk__in=GroupPlace.objects.together().of(user).values("group"))
    )
    return people_in(mine)


def people_in(groups):
    """Everybody of `groups`: who takes part, and who coordinates, trains and co-trains them."""
    return User.objects.filter(
        Q(pk__in=GroupPlace.objects.together().filter(group__in=groups).values("enrolment__person"))
        | Q(pk__in=User.objects.filter(coordinated_groups__in=groups).values("pk"))
        | Q(pk__in=User.objects.filter(trained_groups__in=groups).values("pk"))
        | Q(pk__in=User.objects.filter(co_trained_groups__in=groups).values("pk"))
    )


def people_whose_cards_reads(user):
    """The people of the groups that `user` coordinates or trains, with the role for it; None for who does neither."""
    asked = Q(pk__in=[])
    if has_role(user, Role.COORDINATOR):
        asked |= Q(coordinators=user)
    if has_role(user, Role.TRAINER):
        asked |= Q(trainers=user)
    return people_in(TrainingGroup.objects.filter(asked)) if has_role(user, Role.COORDINATOR, Role.TRAINER) else None


def people_whose_cards_are_read():
    """Who takes part in a group that has a coordinator or trainer now; of a team any coordinator reads along."""
    led = Q(coordinators__is_active=True, coordinators__groups__name=Role.COORDINATOR)
    trained = Q(trainers__is_active=True, trainers__groups__name=Role.TRAINER)
    groups = TrainingGroup.objects.filter(led | trained).values("pk")
    places = GroupPlace.objects.together().filter(group__in=groups)
    return User.objects.filter(pk__in=places.values("enrolment__person"))


def people_coordinated_by(user):
    """The people who take part in the groups that `user` leads, but never `user`; None for who is no coordinator.

    Their problem reports are hers to answer (home/inboxes.py).
    """
    if not has_role(user, Role.COORDINATOR):
        return None
    places = GroupPlace.objects.together().filter(
        group__in=TrainingGroupPolicy().led_by(user), enrolment__state=EnrolmentState.ACTIVE
    )
    return User.objects.filter(pk__in=places.values("enrolment__person")).exclude(pk=user.pk)


def teammates_of(user):
    """Who coordinates, trains or co-trains a group together with `user`."""
    groups = groups_in_team_of(user).order_by().values("pk")
    together = Q(coordinated_groups__in=groups) | Q(trained_groups__in=groups) | Q(co_trained_groups__in=groups)
    return User.objects.filter(together).exclude(pk=user.pk).distinct()
