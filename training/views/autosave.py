"""Keeping a draft while somebody types. Script asks it; without script the save button does the same work."""

from django.db import transaction
from django.http import Http404, JsonResponse
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from training.domain.answers import WrittenElsewhere, answers_of, save_draft
from training.domain.materials import exercise_of
from training.domain.progress import begin_step
from training.forms.step import StepForm
from training.views.gate import enter_module


@require_POST
def autosave(request, training_slug, module_slug, step_slug):
    """Keep the draft of one prompt (`prompt` names it). JSON back: 200 saved, 400 what to mend, 401 signed out, 409
    newer text elsewhere.
    """
    if not request.user.is_authenticated:
        return said(401, _("You are signed out. Your text is on this device."))
    entry = enter_module(request, training_slug, module_slug)
    here = entry.module.step_at(step_slug)
    if here is None or entry.enrolment is None:
        raise Http404
    exercise = exercise_of(here)
    answers = answers_of(entry.enrolment, exercise) if exercise else {}
    form = StepForm(exercise, answers, work=request.user.work, data=request.POST).form_of(
        request.POST.get("prompt", "")
    )
    if form is None or not form.keeps_words:
        return said(409, _("This question was changed. Load the page again; your text is on this device."))
    if not form.is_valid():
        return said(400, " ".join(message for messages in form.errors.values() for message in messages))
    return keep_draft(entry, here, exercise, form)


def keep_draft(entry, here, exercise, form):
    newer = None
    with transaction.atomic():
        begin_step(entry.enrolment, entry.module, here.key)
        try:
            answer = save_draft(entry.enrolment, exercise, form.prompt, form.writing())
        except WrittenElsewhere as conflict:  # caught in here: the words that lost are kept beside, not rolled back
            newer = conflict.answer
    if newer:
        return said(
            409,
            _("On another device there is a newer text here. Load the page again to see both."),
            edit_no=newer.edit_no,
        )
    at = date_text(timezone.localtime(answer.saved_at), "TIME_FORMAT")
    return said(200, _("Draft kept at %(time)s. Only you read this.") % {"time": at}, edit_no=answer.edit_no)


def said(status, message, **more):
    return JsonResponse({"message": str(message), **more}, status=status)
