"""The demo's people: accounts, groups, and for each participant the steps and answers they would have by now."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role, Work
from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import User
from training.demo import cast
from training.demo.keys import block_key, group_key
from training.domain.answers import Writing, save_answer
from training.domain.progress import finish_step
from training.domain.seats import take_seat
from training.models import Enrolment, TrainingGroup
from training.planning_choices import GroupState


def demo_hash():
    """Return the hash that all demo accounts share: one that is in use already, or a new one.

    Hashing is slow on purpose, so it happens once, and not while a transaction holds the database.
    """
    in_use = User.objects.filter(email=ACCOUNTS[0].email).values_list("password", flat=True).first()
    return in_use if in_use and check_password(PASSWORD, in_use) else make_password(PASSWORD)


def load_people(pages, password):
    """Make the demo's accounts, groups and enrolments where they are missing; returns how many people there are.

    `password` is the hash for the accounts that a visitor may sign in with, and is put back there. What people did or
    wrote is only made for who has done and written nothing yet.
    """
    for account in ACCOUNTS:
        put_person(account.email, account.name, role=account.role, password=password)
    for person in cast.OTHERS:
        put_person(person.email, person.name, role=person.role)
    for group in cast.GROUPS:
        _load_group(group, pages)
    return User.objects.filter(email__endswith="@demo.test").count()


def put_person(email, name, *, role="", password=None, work=Work.CARE):
    """Return the User with `email`, made when missing and with `role`; without a `password` nobody signs in as them."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create(email=email, display_name=name, work=work, password=password or make_password(None))
    elif password and user.password != password:
        user.password = password
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if role:
        user.groups.add(Group.objects.get(name=Role(role).value))
    return user


def put_group(slug, name, training, *, coordinators, trainers=(), co_trainers=()):
    """Return the TrainingGroup of `slug`; its team (users) is only set when it is made."""
    wanted = {"training": training, "name": name, "state": GroupState.OPEN}
    group, created = TrainingGroup.objects.get_or_create(uuid=group_key(slug), defaults=wanted)
    if created:
        group.coordinators.set(coordinators)
        group.trainers.set(trainers)
        group.co_trainers.set(co_trainers)
    return group


def _load_group(group, pages):
    with transaction.atomic():
        people = [put_person(person.email, person.name, work=person.work) for person in group.participants]
        place_in = put_group(
            group.slug,
            group.name,
            pages.training,
            coordinators=_users(group.coordinator),
            trainers=_users(group.trainer),
            co_trainers=_users(*group.co_trainers),
        )
        for person, participant in zip(people, group.participants, strict=True):
            enrolment = _enrolment(person, pages.training, participant)
            if not enrolment.places.exists():
                place_in.places.create(enrolment=enrolment)
                take_seat(place_in)
            _load_work(enrolment, participant, pages)


def _users(*emails):
    return list(User.objects.filter(email__in=emails))


def _enrolment(person, training, participant):
    """Return the person's enrolment, an ended one as well: who stopped in the demo is not enrolled again."""
    enrolment = Enrolment.objects.filter(person=person, training=training).order_by("-pk").first()
    if enrolment is None:
        enrolment = Enrolment.objects.create(person=person, training=training)
        # The field takes the time of making; they joined a day before they began.
        joined = enrolment.created_at - timedelta(days=participant.began + 1)
        Enrolment.objects.filter(pk=enrolment.pk).update(created_at=joined)
    enrolment.person = person
    return enrolment


def _load_work(enrolment, participant, pages):
    """Let the participant answer and finish steps by the same acts as the screens do, spread over the past weeks."""
    if enrolment.module_progress.exists() or enrolment.answers.exists():
        return
    steps = list(_steps_done(participant, pages.modules))
    said = _said_by_exercise(participant, pages.exercises)
    now = timezone.now()
    for place, (module, step) in enumerate(steps):
        at = now - timedelta(days=_days_ago(participant, place, len(steps)))
        for exercise, words in said.get(step.exercise_id, []):
            prompt = exercise.prompt(block_key(exercise.key, words.prompt))
            save_answer(enrolment, exercise, prompt, _writing(words, now), at=at)
        finish_step(enrolment, module, step.key, at=at)


def _steps_done(participant, modules):
    """Yield `(module, step)` in the order in which they did them: finished modules, then the one they are busy with."""
    for number in participant.done:
        yield from ((modules[number - 1], step) for step in modules[number - 1].step_list)
    if participant.busy:
        number, count = participant.busy
        yield from ((modules[number - 1], step) for step in modules[number - 1].step_list[:count])


def _said_by_exercise(participant, exercises):
    said = {}
    for words in participant.said:
        exercise = exercises[words.exercise]
        said.setdefault(exercise.pk, []).append((exercise, words))
    return said


def _days_ago(participant, place, count):
    """Spread evenly between the first day and the last, so that a recount by date shows no jump."""
    share = place / (count - 1) if count > 1 else 0
    return participant.began + (participant.quiet - participant.began) * share


def _writing(words, now):
    value = words.value
    if words.look_back is not None:
        value = (timezone.localdate(now) + timedelta(days=words.look_back)).isoformat()
    return Writing(words=words.words, value=value, writer="demo")
