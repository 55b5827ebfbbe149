"""What the registry says of taking part: how far somebody is, and what they write."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import add_topic, classify, nothing, personal, special
from training.models import ExercisePage, ModulePage

YOU = "that is you"


def module_name(row):
    """What the module of a row is called; its number when it is no longer there."""
    module = ModulePage.objects.filter(translation_key=row.module_key).first()
    return module.title if module else str(row.module_key)


def step_name(row):
    """What the step of a row is called; its number when it is no longer there."""
    module = ModulePage.objects.filter(translation_key=row.module_key).first()
    steps = module.step_list if module else ()
    return next((step.title for step in steps if step.key == row.step_key), row.step_key)


def left_out(row):
    """What only a computer has a use for."""
    return ""


def exercise_name(row):
    exercise = ExercisePage.objects.filter(translation_key=row.exercise_key).first()
    return exercise.title if exercise else str(row.exercise_key)


def declare():
    declare_pages()
    declare_taking_part()
    declare_answers()
    declare_imports()


def declare_pages():
    classify("training.TrainingIndexPage", fields=nothing("page_ptr", "intro"))
    classify(
        "training.TrainingPage",
        fields=nothing("page_ptr", "strapline", "intro", "for_whom", "hours", "makers", "principles"),
    )
    classify("training.ModuleTag", fields=nothing("id", "tag", "content_object"))
    classify(
        "training.ModulePage",
        fields=nothing(
            "page_ptr",
            "short_title",
            "opening_question",
            "about",
            "needs",
            "steps",
            "thread",
            "makers",
            "principles",
            "tags",
        ),
    )
    classify("training.ExerciseIndexPage", fields=nothing("page_ptr"))
    classify("training.ExercisePage", fields=nothing("page_ptr", "intro", "minutes", "prompts"))


def declare_taking_part():
    add_topic(
        "progress",
        title=_("What you take part in, and how far you are"),
        readers=(
            _("The trainers and coordinators of your group see which steps you did and when you were last here."),
            _("They see states only: never a word that you wrote."),
        ),
        address="training:home",
        place=20,
    )
    classify(
        "training.Enrolment",
        subject="person",
        goes=True,
        topic="progress",
        fields={
            **nothing("id"),
            **personal("training", "state", "created_at", "started_at", "completed_at", "name_on_certificate"),
            **personal("person", exported=False, why=YOU),
        },
    )
    classify(
        "training.ModuleProgress",
        subject="enrolment__person",
        goes=True,
        topic="progress",
        title=_("Modules"),
        fields={
            **nothing("id"),
            **personal("module_key", "steps_done", "steps_total", "started_at", "touched_at", "completed_at"),
            **personal("last_step", exported=False, why="the number of a step that stands among the steps"),
            **personal("enrolment", exported=False, why=YOU),
        },
        labels={
            "module_key": _("module"),
            "steps_done": _("steps done"),
            "steps_total": _("steps in the module"),
            "started_at": _("began"),
            "touched_at": _("last here"),
            "completed_at": _("finished"),
        },
        in_words={"module_key": module_name},
    )
    classify(
        "training.StepProgress",
        subject="enrolment__person",
        goes=True,
        topic="progress",
        title=_("Steps"),
        fields={
            **nothing("id"),
            **personal("module_key", "step_key", "state", "opened_at", "done_at"),
            **personal("enrolment", exported=False, why=YOU),
        },
        labels={
            "module_key": _("module"),
            "step_key": _("step"),
            "state": _("state"),
            "opened_at": _("began"),
            "done_at": _("finished"),
        },
        in_words={"module_key": module_name, "step_key": step_name},
    )


def declare_answers():
    add_topic(
        "answers",
        title=_("What you write: answers, drafts, notes and intentions"),
        readers=(_("Only you."), _("In the database your words are encrypted.")),
        address="training:home",
        place=30,
    )
    classify(
        "training.Answer",
        subject="enrolment__person",
        goes=True,
        topic="answers",
        fields={
            **nothing("id", "edit_no", "writer"),
            **personal("exercise_key", "prompt_key", "prompt_as_asked", "kind", "state", "visibility", "saved_at"),
            **special("value", "words", "draft", "other_words"),
            **personal("enrolment", exported=False, why=YOU),
        },
        labels={
            "exercise_key": _("exercise"),
            "prompt_key": _("number of the question"),
            "kind": _("form of the question"),
            "state": _("state"),
            "visibility": _("who may read it"),
            "value": _("your choice, or a date"),
            "words": _("your words"),
            "draft": _("your draft"),
            "other_words": _("your words from another device"),
            "saved_at": _("saved"),
        },
        in_words={"exercise_key": exercise_name, "prompt_key": left_out, "kind": left_out},
    )


def declare_imports():
    why = "on its way into a place; the words are gone within a day"
    classify(
        "training.ImportBatch",
        subject="made_by",
        goes=True,
        fields={
            **nothing("id", "uuid", "group", "made_at", "expires_at", "confirmed_at"),
            **personal("filename", exported=False, why=why),
            **personal("made_by", exported=False, why=YOU),
        },
        why="Scratch paper of the coordinator who made it, for a day.",
    )
    classify(
        "training.ImportRow",
        subject="person",
        goes=True,
        fields={
            **nothing("id", "batch", "number", "errors"),
            **personal("raw", "parsed", "action", exported=False, why=why),
            **personal("person", exported=False, why=YOU),
        },
        why="Rows about somebody without an account go within a day (training/domain/importing.py).",
    )
