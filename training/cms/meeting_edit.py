"""The form of a meeting in the CMS: who hears of a change stands on a page of its own first, and where somebody else
changed the meeting meanwhile, both values stand beside each other.
"""

from datetime import datetime

from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.dates import on_the_wall
from common.modeladmin.views import PolicyEditView
from common.refusals import Refused
from training.domain.calendars import fingerprint_of
from training.domain.hearing import foresee, why_nobody
from training.domain.meetings import CHANGEABLE, ChangedMeanwhile

CONFIRM, BACK = "confirm", "back"
OF_ONE_PRESS = {"csrfmiddlewaretoken", CONFIRM, BACK}


class MeetingEditView(PolicyEditView):
    differences = ()

    def form_valid(self, form):
        """Save at once what no calendar shows; else show first who hears of it."""
        if BACK in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if CONFIRM in self.request.POST:
            return super().form_valid(form)
        try:
            after, hearing = foresee(self.act, form)
        except Refused as refusal:
            return self.refused(form, refusal)
        if fingerprint_of(after) == fingerprint_of(self.instance):
            return super().form_valid(form)
        return self.preview(form, after, hearing)

    def preview(self, form, after, hearing):
        context = {
            "view": self,
            "meeting": self.instance,
            "changes": differences(form, self.instance),
            "hearing": hearing,
            "why_nobody": why_nobody(after),
            "typed": [
                (name, value)
                for name, values in self.request.POST.lists()
                if name not in OF_ONE_PRESS
                for value in values
            ],
        }
        return TemplateResponse(self.request, "training/cms/meeting_preview.html", context)

    def refused(self, form, refusal):
        """Who saves after somebody else sees both, and may save then: they have seen how it is now."""
        if isinstance(refusal, ChangedMeanwhile):
            self.differences = differences(form, refusal.meeting)
            form.data = form.data.copy()
            form.data["seen"] = refusal.meeting.version
        return super().refused(form, refusal)

    def get_success_message(self, row):
        if row.before_change:
            return _("Saved. The mails leave in five minutes; until then you can take it back.")
        return _("Saved. Nobody gets a mail about it.")


def differences(form, meeting):
    """Return `[(label, how it is, what was typed)]` of what is typed otherwise in `form` than `meeting` has it."""
    typed = form.cleaned_data
    return [
        (capfirst(form.fields[name].label), _words(form, name, getattr(meeting, name)), _words(form, name, typed[name]))
        for name in CHANGEABLE
        if name in typed and typed[name] != getattr(meeting, name)
    ]


def _words(form, name, value):
    if isinstance(value, datetime):
        return date_format(on_the_wall(value), "l j F Y, H.i")
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value)) or "–"
