"""The questions that a co-trainer asks: exercises of her own, which a trainer puts into a module."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from accounts.choices import Role
from common.policies import has_role
from training.models import ExerciseIndexPage, ExercisePage


class QuestionsPanel(Component):
    name = "questions"
    template_name = "training/cms/questions.html"
    order = 20

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        own = ExercisePage.objects.filter(owner=user).defer("prompts").order_by("-latest_revision_created_at")
        return {"index": ExerciseIndexPage.objects.first(), "questions": own}


class QuestionsItem(MenuItem):
    """To the list of exercises, which shows her own alone (common/rights.py)."""

    def is_shown(self, request):
        return has_role(request.user, Role.CO_TRAINER)


def questions_item():
    to_hers = reverse_lazy("wagtailadmin_pages:type_use", args=["training", "exercisepage"])
    return QuestionsItem(_("My questions"), to_hers, name="questions", icon_name="help", order=55)


def show_questions(request, panels):
    if has_role(request.user, Role.CO_TRAINER):
        panels.append(QuestionsPanel())
