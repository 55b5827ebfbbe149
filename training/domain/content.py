"""What the pages of a training mean to the people who work in them."""

from django.utils.translation import gettext as _

from stories.models import StoryPage
from training.models import Answer, Enrolment, ExercisePage, ModulePage, ModuleProgress, TrainingGroup, TrainingPage


def reason_to_keep(page):
    """Return the sentence that says why `page`, with all below it, can't be deleted; None when it can."""
    for reason in (_people_in_modules, _answers_to_exercises, _enrolled_in_trainings, _steps_with_stories):
        sentence = reason(page)
        if sentence:
            return sentence
    return None


def _below(model, page):
    return model.objects.descendant_of(page, inclusive=True)


def _people_in_modules(page):
    keys = list(_below(ModulePage, page).values_list("translation_key", flat=True))
    people = ModuleProgress.objects.filter(module_key__in=keys).values("enrolment").distinct().count()
    if people:
        return _(
            "This can't be deleted: %(people)d people work in it or have done so. "
            "Unpublish it instead; then nobody loses anything."
        ) % {"people": people}
    return None


def _answers_to_exercises(page):
    keys = list(_below(ExercisePage, page).values_list("translation_key", flat=True))
    if Answer.objects.filter(exercise_key__in=keys).exists():
        return _("This can't be deleted: people wrote answers here, and those are theirs. Unpublish it instead.")
    if using := _module_using(_below(ExercisePage, page), "exercise_id"):
        return _("This can't be deleted: it is used in “%(module)s”. Take it out of the step first.") % {
            "module": using.title
        }
    return None


def _enrolled_in_trainings(page):
    trainings = _below(TrainingPage, page)
    if TrainingGroup.objects.filter(training__in=trainings).exists():
        return _("This can't be deleted: groups follow this training. Unpublish it instead.")
    if Enrolment.objects.filter(training__in=trainings).exists():
        return _("This can't be deleted: people take part in this training. Unpublish it instead.")
    return None


def _steps_with_stories(page):
    if using := _module_using(_below(StoryPage, page), "story_id", "reserve_story_id"):
        return _(
            "This can't be deleted: the story is used in “%(module)s”. "
            "Unpublish it instead: the step then says so kindly."
        ) % {"module": using.title}
    return None


def _module_using(pages, *fields):
    """Return a module that has one of `pages` in one of `fields` of a step, online or in its draft; None without."""
    ids = set(pages.values_list("pk", flat=True))
    if not ids:
        return None
    return next((module for module in ModulePage.objects.all() if ids & _chosen_in(module, fields)), None)


def _chosen_in(module, fields):
    versions = [module, module.get_latest_revision_as_object()] if module.has_unpublished_changes else [module]
    return {getattr(step, field) for version in versions for step in version.step_list for field in fields}
