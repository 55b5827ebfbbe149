"""What the benchmark and the trials of reliability do inside Django, each in a process of its own:
`inside.py <act>` with JSON on standard input.
"""

import json
import sys
from collections import Counter
from pathlib import Path

if __name__ == "__main__":  # this folder is no place to import from: it would hide other modules of the same names
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    import django

    django.setup()

from django.db import connection


def settle(given):
    """Give PostgreSQL the statistics that its own housekeeping makes within a minute; SQLite has none to make."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def forget(given):
    """Delete all progress and answers of the people whose addresses are given, so that they can begin anew."""
    from training.models import Answer, Enrolment, ModuleProgress, StepProgress

    enrolments = Enrolment.objects.filter(person__email__in=given)
    for model in (Answer, StepProgress, ModuleProgress):
        model.objects.filter(enrolment__in=enrolments).delete()
    enrolments.update(started_at=None, completed_at=None)


def count_done(given):
    """Return how many steps the given people have finished."""
    from training.choices import FINISHED_STATES
    from training.models import StepProgress

    return StepProgress.objects.filter(enrolment__person__email__in=given, state__in=FINISHED_STATES).count()


def compare(given):
    """Return what the database says of what writers were promised: `{"lost": [...], "doubled": [...], ...}`.

    `given` is `{"people": [address], "finished": [[address, module slug, step slug]], "words": [promise]}`. A promise
    is `{"person", "prompt", "promised", "asked", "saved"}`: the number of the last write that was acknowledged, of the
    last one that was sent, and of the last acknowledged one that was saved rather than drafted. Every text ends in its
    number.
    """
    state = read_database(given["people"])
    lost = [f"step {finished}" for finished in map(tuple, given["finished"]) if finished not in state["finished"]]
    beyond = []
    for promise in given["words"]:
        answer = state["answers"].get((promise["person"], promise["prompt"]))
        lost += losses_of(promise, answer)
        if answer and (answer["edit_no"] > promise["asked"] or answer["other"]):
            beyond.append(f"{promise} applied more often than asked: {answer}")
    compared = {"steps": len(given["finished"]), "answers": len(given["words"])}
    return {"lost": lost, "doubled": state["doubled"] + beyond, **compared}


def losses_of(promise, answer):
    """Return in words what of a promise is not in `answer` (`{"saved", "newest", ...}`; None when there is none)."""
    if not promise["promised"]:
        return []
    if answer is None:
        return [f"no answer at all for {promise}"]
    losses = []
    if answer["newest"] < promise["promised"]:
        losses.append(f"{promise} came back as write {answer['newest']}")
    if answer["saved"] < promise["saved"]:
        losses.append(f"{promise}: what was saved came back as write {answer['saved']}")
    return losses


def number_of(words):
    """Return the number that the text of a write ends in; 0 where there is no text."""
    return int(words["text"].rpartition(" ")[2]) if words.get("text") else 0


def read_database(people):
    """Return the finished steps, the answers by person and prompt, and all rows that stand there twice."""
    from training.choices import FINISHED_STATES
    from training.models import Answer, ModulePage, ModuleProgress, StepProgress

    addresses = {
        (str(module.key), step.key): (module.slug, step.slug)
        for module in ModulePage.objects.all()
        for step in module.step_list
    }
    owned = {"enrolment__person__email__in": people}
    steps = StepProgress.objects.filter(**owned).select_related("enrolment__person")
    finished = {
        (row.enrolment.person.email, *addresses[str(row.module_key), row.step_key])
        for row in steps
        if row.state in FINISHED_STATES and row.done_at
    }
    answers = Answer.objects.filter(**owned).select_related("enrolment__person")
    found = {
        (row.enrolment.person.email, row.prompt_key): {
            "saved": number_of(row.words),
            "newest": max(number_of(row.words), number_of(row.draft)),
            "edit_no": row.edit_no,
            "other": bool(row.other_words),
        }
        for row in answers
    }
    doubled = [
        *twice("step", [(row.enrolment_id, row.module_key, row.step_key) for row in steps]),
        *twice("answer", [(row.enrolment_id, row.exercise_key, row.prompt_key) for row in answers]),
        *twice("summary", ModuleProgress.objects.filter(**owned).values_list("enrolment", "module_key")),
    ]
    return {"finished": finished, "answers": found, "doubled": doubled}


def twice(name, keys):
    """Return a line for each key that stands there more than once."""
    return [f"{name} {key}: {number} rows" for key, number in Counter(keys).items() if number > 1]


def look_away(given):
    """Make everybody who is signed in somebody who was last seen ten minutes ago: their next page notes them anew."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for key in Session.objects.values_list("session_key", flat=True):
        session = SessionStore(key)
        session["last_seen"] = session.get("last_seen", 0) - 600
        session.save()


def uuids_of(given):
    """Return the UUIDs of the people whose addresses are given, in that order; None for who is not there."""
    from accounts.models import User

    found = dict(User.objects.filter(email__in=given).values_list("email", "uuid"))
    return [str(found[email]) if email in found else None for email in given]


ACTS = {act.__name__: act for act in (settle, forget, count_done, compare, look_away, uuids_of)}

if __name__ == "__main__":
    text = sys.stdin.read()
    print(json.dumps(ACTS[sys.argv[1]](json.loads(text) if text else None)))
