"""How a story begins in the CMS: as the story of who is there, in the transaction that makes the page."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from stories.domain.consent import begin_story
from stories.domain.telling import may_begin, teller_for
from stories.models import StoryPage, Storyteller


class AddStoryView(CreateView):
    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_begin(request.user):
            sentence = _("A story begins with its storyteller. She begins it here herself, or in her room.")
            messages.error(request, sentence)
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        fill_in(self.page, by=request.user)
        return super().get(request)

    def post(self, request):
        fill_in(self.page, by=request.user)
        with transaction.atomic():
            return super().post(request)


class StoryViewSet(PageViewSet):
    model = StoryPage
    add_view_class = AddStoryView


def fill_in(page, *, by):
    """Begin with the name that the storyteller is known by, and the threads of her own swatch."""
    mine = sorted(Storyteller.objects.of(by), key=lambda one: one.account_id != by.pk)
    page.storyteller = mine[0].name if mine else by.get_short_name()
    if mine:
        page.storyteller_short, page.storyteller_line = mine[0].name_line, mine[0].about
        page.swatch_seed = mine[0].swatch_seed


def make_it_hers(request, page):
    """Say whose a new story is; AddStoryView has a transaction open, so there is no story without it."""
    if isinstance(page, StoryPage):
        begin_story(page, storytellers=[teller_for(request.user)], by=request.user)
