"""Any number of made-up participants, to measure growth with: in bulk, and as the acts in domain/ would leave them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.choices import Role, Work
from accounts.models import User
from training.choices import AnswerState, StepKind, StepState
from training.demo.people import put_group, put_person
from training.models import Answer, Enrolment, GroupPlace, ModuleProgress, StepProgress, TrainingGroup, TrainingPage

BATCH = 500  # participants a transaction: whole people only, and other writers wait a second at most
SIGN_IN = 30  # so many have a password, for a benchmark that signs in
# fmt: off
FIRST_NAMES = (
    "Aaliyah", "Anouk", "Bas", "Chaimae", "Daniël", "Eline", "Emre", "Farah", "Femke", "Gijs", "Hamza", "Ingrid",
    "Jasmijn", "Kees", "Lars", "Loubna", "Mees", "Nisha", "Olaf", "Pieter", "Rachid", "Saar", "Tariq", "Willemijn",
    "Yusuf", "Zoë",
)
LAST_NAMES = (
    "Aydin", "Bakker", "Benali", "Boateng", "Dekker", "van Dijk", "Fernandes", "Hendriks", "Ibrahim", "Jacobs",
    "Koster", "Ligtvoet", "Mulder", "Nguyen", "Oosterhuis", "Peters", "Ramdin", "Schouten", "Tahiri", "Veenstra",
    "de Wilde", "Yilmaz",
)
# fmt: on
WORDS = (
    "Mijn collega. Zij deed de deur dicht en ging zitten.",
    "Ik weet het nog niet. Ik denk er morgen over na, op de fiets.",
    "Een jongen van de groep. Hij wacht op een telefoontje van mij.",
    "Mijn moeder vroeg het vroeger ook altijd. Ik was er blij mee.",
    "Dat ik te snel iets zei. Er had een stilte mogen zijn.",
)


@dataclass(frozen=True)
class PlannedStep:
    """One step of the training.

    `questions` are the open ones that it asks on arriving, each as `(exercise key, prompt key, {work: question})`.
    """

    module_key: UUID
    key: str
    steps_in_module: int
    questions: tuple


@dataclass(frozen=True)
class Plan:
    """What all participants have in common."""

    training: TrainingPage
    groups: list
    steps: list
    seed: int
    now: datetime
    password: str


@dataclass(frozen=True)
class Life:
    """One participant with all their rows, not stored yet."""

    person: User
    enrolment: Enrolment
    place: GroupPlace
    steps: list
    modules: list
    answers: list


def load_volume(pages, *, participants, groups, seed, password):
    """Add the participants with the numbers 1 to `participants` that are not there yet; returns how many that were.

    Everything about one of them follows from `seed` and their number, so a larger number later adds only the rest;
    times count back from now. `password` is the hash for the first 30, and for who coordinates all these groups.
    """
    missing = _missing_numbers(participants)
    if missing:
        seats = _groups(pages.training, groups, password)
        plan = Plan(pages.training, seats, _planned_steps(pages), seed, timezone.now(), password)
        for start in range(0, len(missing), BATCH):
            _store([_life(number, plan) for number in missing[start : start + BATCH]])
        _count_seats(seats)
    return len(missing)


def _count_seats(groups):
    """Let each group have as many seats as there are people on them, and no fewer than it had."""
    for group in groups:
        taken = group.places.filter(seat_held=True).count()
        TrainingGroup.objects.filter(pk=group.pk).update(capacity=max(group.capacity, taken), seats_taken=taken)


def _email(number):
    return f"p{number:06}@voorbeeld.test"


def _missing_numbers(participants):
    there = User.objects.filter(email__startswith="p", email__endswith="@voorbeeld.test")
    emails = set(there.values_list("email", flat=True))
    return [number for number in range(1, participants + 1) if _email(number) not in emails]


def _groups(training, number, password):
    coordinator = put_person(
        "coordinatie@voorbeeld.test", "Coördinatie van de meting", role=Role.COORDINATOR, password=password
    )
    with transaction.atomic():
        return [
            put_group(f"meting-{place}", f"Meting {place:03}", training, coordinators=[coordinator])
            for place in range(1, number + 1)
        ]


def _planned_steps(pages):
    exercises = {exercise.pk: exercise for exercise in pages.exercises.values()}
    return [
        PlannedStep(module.key, step.key, len(module.step_keys), _arriving_questions(step, exercises))
        for module in pages.modules
        for step in module.step_list
    ]


def _arriving_questions(step, exercises):
    exercise = exercises.get(step.exercise_id)
    if step.kind != StepKind.ARRIVE or exercise is None:
        return ()
    return tuple(
        (exercise.key, prompt.id, {work: prompt.value.question_for(work) for work in Work.values})
        for prompt in exercise.prompt_list
        if prompt.block_type == "open"
    )


def _life(number, plan):
    # A random of their own: who comes later does not change who was there before.
    chance = random.Random(f"{plan.seed}/{number}")  # noqa: S311 - the same people again, not a secret
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    work = chance.choices(Work.values, weights=(70, 10, 15, 5))[0]
    password = plan.password if number <= SIGN_IN else make_password(None)
    person = User(email=_email(number), display_name=name, work=work, password=password)
    enrolment = Enrolment(person=person, training=plan.training)
    place = GroupPlace(group=plan.groups[(number - 1) % len(plan.groups)], enrolment=enrolment)
    life = Life(person, enrolment, place, [], [], [])
    _work_through(life, plan, chance)
    return life


def _steps_done(chance, number):
    """About 60 % of the steps: some did none yet, some did all, most are somewhere between."""
    way = chance.random()
    if way < 0.08:
        return 0
    return number if way > 0.85 else round(number * chance.betavariate(2.8, 2))


def _work_through(life, plan, chance):
    done = plan.steps[: _steps_done(chance, len(plan.steps))]
    began = plan.now - timedelta(days=chance.uniform(10, 120))
    pace = (plan.now - began) * chance.random() / (len(done) + 1)
    for place, step in enumerate(done):
        at = began + pace * place
        _add_step(life, step, StepState.SKIPPED if chance.random() < 0.06 else StepState.DONE, at)
        if step.questions and chance.random() < 0.2:
            life.answers.extend(_answer(life, question, at, chance) for question in step.questions)
    if len(done) < len(plan.steps) and chance.random() < 0.4:
        _add_step(life, plan.steps[len(done)], StepState.BEGUN, began + pace * len(done))
    _sum_up(life, plan.steps)


def _add_step(life, step, state, at):
    life.steps.append(
        StepProgress(
            enrolment=life.enrolment,
            module_key=step.module_key,
            step_key=step.key,
            state=state,
            opened_at=at,
            done_at=None if state == StepState.BEGUN else at,
        )
    )


def _answer(life, question, at, chance):
    exercise_key, prompt_key, asked = question
    return Answer(
        enrolment=life.enrolment,
        exercise_key=exercise_key,
        prompt_key=prompt_key,
        prompt_as_asked=asked[life.person.work],
        kind="open",
        state=AnswerState.SAVED,
        words={"text": chance.choice(WORDS)},
        edit_no=1,
        writer="demo",
        saved_at=at,
    )


def _sum_up(life, steps):
    """Make the summaries that a recount of the step rows gives, and date the enrolment by them."""
    totals = {step.module_key: step.steps_in_module for step in steps}
    for module_key in dict.fromkeys(row.module_key for row in life.steps):
        rows = [row for row in life.steps if row.module_key == module_key]
        finished = sum(1 for row in rows if row.is_finished)
        life.modules.append(
            ModuleProgress(
                enrolment=life.enrolment,
                module_key=module_key,
                steps_done=finished,
                steps_total=totals[module_key],
                last_step=rows[-1].step_key,
                started_at=rows[0].opened_at,
                touched_at=rows[-1].opened_at,
                completed_at=rows[-1].done_at if finished == totals[module_key] else None,
            )
        )
    if life.steps:
        life.enrolment.started_at = life.steps[0].opened_at
    completed = [summary.completed_at for summary in life.modules if summary.completed_at]
    if len(completed) == len(totals):
        life.enrolment.completed_at = max(completed)


def _store(lives):
    with transaction.atomic():
        User.objects.bulk_create([life.person for life in lives])
        enrolments = Enrolment.objects.bulk_create([life.enrolment for life in lives])
        GroupPlace.objects.bulk_create([life.place for life in lives])
        for model, name in ((StepProgress, "steps"), (ModuleProgress, "modules"), (Answer, "answers")):
            model.objects.bulk_create([row for life in lives for row in getattr(life, name)], batch_size=2_000)
        # The field takes the time of making; nobody begins before they are enrolled.
        begun = Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in enrolments], started_at__isnull=False)
        begun.update(created_at=F("started_at"))
