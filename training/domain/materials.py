"""What stands on the table in a step: the story or its reserve, the recording, the exercise."""

from dataclasses import dataclass

from django.utils import timezone

from common.prepared import Prepared
from media.models import Recording
from stories.models import StoryPage
from training.models import ExercisePage, ModulePage


@dataclass(frozen=True)
class Materials:
    """`story_withdrawn` says that the step had a story and neither it nor its reserve may be read any more."""

    story: StoryPage | None = None
    other_story: StoryPage | None = None
    story_withdrawn: bool = False
    recording: Recording | None = None
    exercise: ExercisePage | None = None


def materials_of(step, *, prefer_reserve=False):
    """Return the Materials of `step`: at most one query each for stories, recording and exercise, none for what it
    has not.
    """
    story, other = _stories(step, prefer_reserve)
    return Materials(
        story=story,
        other_story=other,
        story_withdrawn=bool(step.story_id) and story is None,
        recording=recording_at.first(number=step.recording_id) if step.recording_id else None,
        exercise=exercise_of(step),
    )


@Prepared
def recording_at(number):
    return Recording.objects.filter(id=number)


def exercise_of(step):
    """Return the live exercise of `step`, or None."""
    return live_exercise.first(number=step.exercise_id) if step.exercise_id else None


@Prepared
def live_exercise(number):
    return ExercisePage.objects.live().for_reading().filter(id=number)


def _stories(step, prefer_reserve):
    wanted = [step.reserve_story_id, step.story_id] if prefer_reserve else [step.story_id, step.reserve_story_id]
    ids = [story_id for story_id in wanted if story_id]
    if not ids:
        return None, None
    told = told_stories(first=ids[0], second=ids[-1], today=timezone.localdate())
    found = {story.pk: story for story in told}
    stories = [found[story_id] for story_id in ids if story_id in found]
    return (stories[0] if stories else None), (stories[1] if len(stories) > 1 else None)


@Prepared
def told_stories(first, second, today):
    return StoryPage.objects.for_members(today).for_reading().filter(id__in=[first, second]).select_related("recording")


def exercises_in(module):
    """Return `{id: ExercisePage}` of the live exercises that the steps of `module` use; one query."""
    return ExercisePage.objects.live().in_bulk({step.exercise_id for step in module.step_list if step.exercise_id})


@dataclass(frozen=True)
class Place:
    """A step of an open module that uses an exercise."""

    module: ModulePage
    step: object

    @property
    def address(self):
        return self.step.address(self.module)


def places_of(exercise, modules):
    """Return the Places in `modules` where `exercise` is used; no query."""
    return [Place(module, step) for module in modules for step in module.step_list if step.exercise_id == exercise.pk]
