"""The face of the training's models; each lives in the file named after what it is about."""

from training.models.answers import Answer
from training.models.content import ModulePage, ModuleTag, TrainingIndexPage, TrainingPage
from training.models.enrolment import Enrolment
from training.models.exercises import ExerciseIndexPage, ExercisePage
from training.models.groups import GroupPlace, TrainingGroup
from training.models.progress import ModuleProgress, StepProgress

__all__ = [
    "Answer",
    "Enrolment",
    "ExerciseIndexPage",
    "ExercisePage",
    "GroupPlace",
    "ModulePage",
    "ModuleProgress",
    "ModuleTag",
    "StepProgress",
    "TrainingGroup",
    "TrainingIndexPage",
    "TrainingPage",
]
