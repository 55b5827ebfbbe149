"""The step: its screen, and what a person does there."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from home.views.errors import error_page
from training.choices import StepState
from training.domain.answers import (
    WrittenElsewhere,
    answers_of,
    erase_answer,
    put_other_words_away,
    save_answer,
    save_draft,
    skip_prompt,
)
from training.domain.materials import exercise_of, materials_of
from training.domain.progress import reopen_step, settle_step
from training.forms.step import (
    END_ACTS,
    END_DONE,
    END_LATER,
    END_SKIP,
    ERASE,
    REOPEN,
    SAVE,
    SEEN,
    SKIP,
    StepForm,
    typed_words,
)
from training.views.gate import enter_module

ENDED_AS = {END_DONE: StepState.DONE, END_SKIP: StepState.SKIPPED}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, training_slug, module_slug, step_slug):
    """Show a step, or do what was pressed there and answer with a redirect."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        entry, here = enter_step(request, training_slug, module_slug, step_slug)
    except Http404:
        if typed_words(request.POST):  # whatever happened to the step, the words are theirs
            return stale_page(request, status=404)
        raise
    if request.method == "POST" and entry.enrolment:
        return act_in_step(request, entry, here)
    return show_step(request, entry, here)


def enter_step(request, training_slug, module_slug, step_slug):
    """Return the Entry to the module and its Step at this address; raises Http404 as the gate does."""
    entry = enter_module(request, training_slug, module_slug)
    here = entry.module.step_at(step_slug)
    if here is None:
        raise Http404
    return entry, here


def show_step(request, entry, here, *, form=None, status=200, preview=False):
    materials = materials_of(here, prefer_reserve=request.GET.get("verhaal") == "ander")
    if form is None:
        answers = answers_of(entry.enrolment, materials.exercise) if entry.enrolment and materials.exercise else {}
        form = StepForm(materials.exercise, answers, work=request.user.work)
    context = step_context(entry, here) | {"materials": materials, "form": form, "preview": preview}
    return render(request, "training/step.html", context, status=status)


def step_context(entry, here):
    """Return what the frame of a step shows: where it stands among the others, and this person's state in it."""
    standings = entry.standings
    index = here.number - 1
    return {
        "module": entry.module,
        "page": entry.module,
        "step": here,
        "standings": standings,
        "standing": standings[index],
        "previous": standings[index - 1] if index else None,
        "next": standings[index + 1] if index + 1 < len(standings) else None,
        "looks_along": entry.enrolment is None,
    }


def act_in_step(request, entry, here):
    exercise = exercise_of(here)
    answers = answers_of(entry.enrolment, exercise) if exercise else {}
    form = StepForm(exercise, answers, work=request.user.work, data=request.POST)
    if (form.act_prompt and not form.may_act_on(form.act_prompt)) or form.homeless_words:
        return stale_page(request, here.address(entry.module))
    if form.act in (ERASE, SEEN):
        return put_away(entry, here, form, exercise)
    if form.act == REOPEN:
        reopen_step(entry.enrolment, entry.module, here.key)
        return HttpResponseRedirect(here.address(entry.module))
    if not form.act or not form.is_valid():
        return show_step(request, entry, here, form=form, status=400)
    older = keep_all(entry, here, form, exercise)
    if older:
        return show_step(request, entry, here, form=form.after_conflict(older), status=409)
    return HttpResponseRedirect(address_after(entry, here, form))


def stale_page(request, back="", status=409):
    """A question or its step is no longer here (the module was changed meanwhile): say so, with all that was typed.

    `back` is the address of the step as it is now; without one, the way on leads home.
    """
    fields = [(name, text, True) for name, text in typed_words(request.POST)]
    return error_page(request, "stale.html", status, fields=fields, back=back)


def put_away(entry, here, form, exercise):
    act = erase_answer if form.act == ERASE else put_other_words_away
    act(entry.enrolment, exercise.key, form.act_prompt)
    return HttpResponseRedirect(f"{here.address(entry.module)}#vraag-{form.act_prompt}")


def keep_all(entry, here, form, exercise):
    """Keep the step's state and all that was typed, in one transaction; returns `{prompt id: Answer}` of what was
    older.

    Pressing save keeps that prompt and drafts the others; ending the step as done keeps all; skipping or coming back
    later drafts all. A step does not end over a newer text from another device.
    """
    older = {}

    def keep_words():
        for prompt_form in form.forms:
            try:
                keep(entry.enrolment, exercise, prompt_form, form)
            except WrittenElsewhere as conflict:
                older[prompt_form.prompt.id] = conflict.answer
        return StepState.BEGUN if older else ENDED_AS.get(form.act, StepState.BEGUN)

    settle_step(entry.enrolment, entry.module, here.key, keep_words)
    return older


def keep(enrolment, exercise, prompt_form, form):
    prompt, answer = prompt_form.prompt, prompt_form.answer
    pressed_here = form.act_prompt == prompt.id
    if not prompt_form.keeps_words:
        return
    if form.act == SKIP and pressed_here:
        skip_prompt(enrolment, exercise, prompt)
    elif form.act == SAVE and pressed_here:
        save_answer(enrolment, exercise, prompt, prompt_form.writing())
    elif prompt_form.is_empty and prompt_form.was_changed and answer and form.act in END_ACTS:
        if prompt_form.writing().based_on >= answer.edit_no:  # an older page may not empty what was written since
            erase_answer(enrolment, exercise.key, prompt.id)
    elif form.act == END_DONE and not prompt_form.is_empty and (prompt_form.was_changed or (answer and answer.draft)):
        save_answer(enrolment, exercise, prompt, prompt_form.writing())
    elif prompt_form.was_changed:
        save_draft(enrolment, exercise, prompt, prompt_form.writing())


def address_after(entry, here, form):
    """Where a person goes on: the same question, the next step, the module, or its end."""
    if form.act_prompt:
        return f"{here.address(entry.module)}#vraag-{form.act_prompt}"
    if form.act == END_LATER:
        return entry.module.module_address
    others = [standing for standing in entry.standings if standing.step != here]
    if all(standing.is_finished for standing in others):
        return entry.module.end_address
    return entry.standings[here.number].address if here.number < len(entry.standings) else entry.module.module_address
