"""The second pair of eyes, as a task of Wagtail's workflow: somebody looks for other people in the words of a story."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Task, TaskState

from common.refusals import Refused
from stories.models.release import StoryRelease
from stories.models.story import StoryPage
from stories.models.storyteller import CoWriter, Telling
from stories.words import hash_of


class Checklist(forms.Form):
    """What to look for, and the fingerprint of the words that stood above it: those are checked, and no newer ones."""

    names = forms.BooleanField(label=gettext_lazy("Names: nobody else can be found by a name."))
    places = forms.BooleanField(label=gettext_lazy("Places: no street, school or workplace gives somebody away."))
    dates = forms.BooleanField(label=gettext_lazy("Dates: no day or year gives somebody away."))
    photo = forms.BooleanField(label=gettext_lazy("Photo: only who agreed can be recognised on it."))
    voice = forms.BooleanField(label=gettext_lazy("Voice: only who agreed can be heard."))
    comment = forms.CharField(
        label=gettext_lazy("Something to say with it?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    words_hash = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class Remark(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What should she look at again?"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


TICKS = ("names", "places", "dates", "photo", "voice")


class ThirdPersonCheckTask(Task):
    """Done by whom the storyteller invited to write along, and who wrote none of these words. What it leads to is
    `check_story`, called on Wagtail's signal (receivers.py): nothing here puts a story online.
    """

    class Meta:
        verbose_name = gettext_lazy("look for other people in a story")
        verbose_name_plural = verbose_name

    def get_actions(self, obj, user):
        if not may_check(user, obj):
            return []
        return [("reject", _("Ask to change something"), True), ("approve", _("I looked for other people"), True)]

    def get_form_for_action(self, action):
        return Checklist if action == "approve" else Remark

    def get_template_for_action(self, action):
        return "stories/cms/check.html" if action == "approve" else ""

    @transaction.atomic
    def on_action(self, task_state, user, action_name, comment="", words_hash="", **ticked):
        """Raises Refused when not all was looked at, and when the newest words are not the ones that were."""
        # The page first, as every act on a story: who takes it away meanwhile cancels this very task.
        list(Page.objects.select_for_update().filter(pk=task_state.revision.object_id).values_list("pk"))
        if action_name == "approve":
            if not all(ticked.get(part) for part in TICKS):
                raise Refused(_("Look at all five, and tick them."))
            self._move_to_newest(task_state, words_hash)
        super().on_action(task_state, user, action_name, comment=comment)

    def _move_to_newest(self, task_state, words_hash):
        newest = task_state.revision.content_object.get_latest_revision()
        if words_hash != hash_of(newest.content):
            raise Refused(_("The story was changed while you were reading. Look at the newest version."))
        task_state.revision = newest
        task_state.save()

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=map(str, to_check_by(user))
        )

    @classmethod
    def get_description(cls):
        return _("Somebody whom the storyteller invited looks for other people in the story.")


def to_check_by(user):
    """Return the numbers of the stories whose newest words `user` was invited to, did not write and does not tell."""
    invited = CoWriter.objects.invited().filter(person=user).values("story")
    told = Telling.objects.filter(storyteller__account=user) | Telling.objects.filter(storyteller__proxy=user)
    own = StoryRelease.objects.filter(written_by=user).values("story")
    stories = StoryPage.objects.filter(pk__in=invited).exclude(pk__in=told.values("story")).exclude(pk__in=own)
    return stories.order_by().values_list("pk", flat=True)


def may_check(user, story):
    """True for who may say that nobody else is recognised in the newest words of `story`."""
    return user.is_active and to_check_by(user).filter(pk=story.pk).exists()
