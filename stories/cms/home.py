"""The first screen of the CMS: the stories that somebody works on, what they wait for, and where things are."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from media.models import Image, Recording
from stories.cms.menu import is_only_co_trainer
from stories.domain.states import standing_of
from stories.domain.telling import may_begin
from stories.models import StoryIndexPage, StoryPage

NOT_HERS = (RecentEditsPanel, LockedPagesPanel, UserObjectsInWorkflowModerationPanel)


class MyStoriesPanel(Component):
    """As many queries however many stories."""

    name = "my_stories"
    template_name = "stories/cms/home.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        told = set(StoryPage.objects.told_by(user).values_list("pk", flat=True))
        stories = list(stories_of(user))
        return {
            "begins": may_begin(user),
            "index": StoryIndexPage.objects.first(),
            "own": [(story, standing_of(story)) for story in stories if story.pk in told],
            "others": [(story, standing_of(story)) for story in stories if story.pk not in told],
            "files": files_of(user) if may_begin(user) else None,
        }


class MetPagesPanel(WorkflowObjectsToModeratePanel):
    """What waits for this person's eyes: pages that they may open, whoever set up which workflow."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["states"] = [one for one in context["states"] if one["obj"].permissions_for_user(user).can_edit()]
        return context


def stories_of(user):
    """The stories whose drafts are for `user`, the one that was touched last first."""
    worked_on = StoryPage.objects.worked_on_by(user).select_related("release__written_by").defer("body")
    people = worked_on.prefetch_related("co_writers__person", "tellings__storyteller")
    return people.order_by("-latest_revision_created_at")


def files_of(user):
    """How many pictures and recordings this person uploaded."""
    return {kind: model.objects.filter(uploaded_by_user=user).count() for kind, model in FILES.items()}


FILES = {"pictures": Image, "recordings": Recording}


def show_stories_first(request, panels):
    panels[:] = [MetPagesPanel() if isinstance(one, WorkflowObjectsToModeratePanel) else one for one in panels]
    if is_only_co_trainer(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, NOT_HERS)]
    if may_begin(request.user) or StoryPage.objects.worked_on_by(request.user).exists():
        panels.append(MyStoriesPanel())


def no_counts(request, items):
    """How many pages the site has says nothing to her."""
    if is_only_co_trainer(request.user):
        items.clear()
