"""The one HTML form of a step: every prompt of its exercise, and the row that ends it."""

import re
import uuid

from training.forms.prompts import BOOKKEEPING, PROMPT_FORMS, digest_of

SAVE, SKIP, ERASE, SEEN = "save", "skip", "erase", "seen"
END_DONE, END_SKIP, END_LATER, REOPEN = "end-done", "end-skip", "end-later", "reopen"
# The name of a field in which a person writes or chooses; the numbers a page carries (BOOKKEEPING) are not among them.
PROMPT_FIELD = re.compile(rf"(?P<prefix>p-[0-9a-f-]{{36}})-(?!(?:{'|'.join(BOOKKEEPING)})$)")
PROMPT_ACTS = {SAVE, SKIP, ERASE, SEEN}
END_ACTS = {END_DONE, END_SKIP, END_LATER}


class StepForm:
    """The prompts of a step as forms, bound to what was posted or filled with what was kept.

    `act` is what the person pressed: an END_ act, or one of PROMPT_ACTS with the prompt it belongs to (`act_prompt`).
    """

    newer = None  # the Answers written elsewhere meanwhile, when saving met some

    def __init__(self, exercise, answers, *, work="", data=None):
        self.exercise, self.answers, self.work, self.data = exercise, answers, work, data
        self.act, self.act_prompt = read_act(data)
        prompts = exercise.prompt_list if exercise else []
        self.forms = [
            self._form(prompt, answers.get(prompt.id), work, data)
            for prompt in prompts
            if prompt.block_type in PROMPT_FORMS
        ]

    def _form(self, prompt, answer, work, data):
        wanted = self.act == SAVE and self.act_prompt == prompt.id
        known = answer.edit_no if answer else 0
        form_class = PROMPT_FORMS[prompt.block_type]
        initial = form_class.initial_from(answer) | {"based_on": known, "edit_no": known + 1, "writer": uuid.uuid4()}
        form = form_class(data, prompt=prompt, work=work, wanted=wanted, initial=initial)
        form.initial["made_with"] = digest_of(form, initial)
        form.answer = answer
        return form

    def form_of(self, prompt_id):
        """Return the form of the prompt with this id, or None."""
        return next((form for form in self.forms if form.prompt.id == prompt_id), None)

    def may_act_on(self, prompt_id):
        """True when there is such a prompt here, and it keeps words."""
        form = self.form_of(prompt_id)
        return form is not None and form.keeps_words

    @property
    def homeless_words(self):
        """Those of the typed words whose prompt is no longer here: to be given back, never dropped."""
        here = {form.prefix for form in self.forms}
        return [(name, text) for name, text in typed_words(self.data) if PROMPT_FIELD.match(name)["prefix"] not in here]

    def after_conflict(self, newer):
        """Return this form with what was typed, now knowing of the `newer` answers, so that saving once more is a
        choice.
        """
        data = self.data.copy()
        for prompt_id, answer in newer.items():
            data[f"p-{prompt_id}-based_on"] = answer.edit_no
            data[f"p-{prompt_id}-edit_no"] = answer.edit_no + 1
        form = StepForm(self.exercise, self.answers | newer, work=self.work, data=data)
        form.is_valid()
        form.newer = newer
        for prompt_form in form.forms:
            prompt_form.newer = newer.get(prompt_form.prompt.id)
        return form

    def is_valid(self):
        """True when all that was typed can be kept (empty is fine, but for the prompt at which save was pressed)."""
        return not any(form.errors for form in self.forms)

    @property
    def errors(self):
        """`(field id, message)` of everything to mend, in the order of the screen."""
        return [
            (form[name].id_for_label or form[name].auto_id, message)
            for form in self.forms
            for name, messages in form.errors.items()
            for message in messages
        ]


def read_act(data):
    """Return `(act, prompt id)` from what was posted; `("", "")` when nothing known was pressed."""
    pressed = (data.get("act") if data else "") or ""
    act, _, prompt = pressed.partition(":")
    if act in (*END_ACTS, REOPEN) and not prompt:
        return act, ""
    return (act, prompt) if act in PROMPT_ACTS and prompt else ("", "")


def typed_words(data):
    """Return `(name, text)` of all that was typed at prompts in what was posted, whether they are still here or not."""
    posted = data.items() if data else []
    return [(name, text) for name, text in posted if PROMPT_FIELD.match(name) and text.strip()]
