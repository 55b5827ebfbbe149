"""The face of the training's models; each lives in the file named after what it is about."""

from training.models.aftercare import Aftercare
from training.models.answers import Answer
from training.models.attendance import Attendance, AttendanceChange
from training.models.calendar import CalendarFeed, CalendarInvite
from training.models.certificates import CardMessage, Certificate, PersonalCard
from training.models.content import ModulePage, ModuleTag, TrainingIndexPage, TrainingPage
from training.models.corrections import AttendanceCorrection, AttendanceEvent, WalkIn
from training.models.enrolment import Enrolment
from training.models.exercises import ExerciseIndexPage, ExercisePage
from training.models.groups import TrainingGroup
from training.models.imports import ImportBatch, ImportRow
from training.models.meetings import Meeting, MeetingStaff
from training.models.places import GroupPlace, PlaceEvent, PlaceInvitation
from training.models.progress import ModuleProgress, StepProgress
from training.models.registers import Accreditation, RegisterDelivery, RegisterEvent, RegisterNumber

__all__ = [
    "Accreditation",
    "Aftercare",
    "Answer",
    "Attendance",
    "AttendanceChange",
    "AttendanceCorrection",
    "AttendanceEvent",
    "CalendarFeed",
    "CalendarInvite",
    "CardMessage",
    "Certificate",
    "Enrolment",
    "ExerciseIndexPage",
    "ExercisePage",
    "GroupPlace",
    "ImportBatch",
    "ImportRow",
    "Meeting",
    "MeetingStaff",
    "ModulePage",
    "ModuleProgress",
    "ModuleTag",
    "PersonalCard",
    "PlaceEvent",
    "PlaceInvitation",
    "RegisterDelivery",
    "RegisterEvent",
    "RegisterNumber",
    "StepProgress",
    "TrainingGroup",
    "TrainingIndexPage",
    "TrainingPage",
    "WalkIn",
]
