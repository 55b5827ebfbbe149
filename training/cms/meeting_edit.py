"""The form of a meeting in the CMS: who hears of a change stands on a page of its own first."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from common.refusals import Refused
from training.cms.seen_edit import SeenEditView, differences
from training.domain.calendars import fingerprint_of
from training.domain.hearing import foresee, why_nobody
from training.domain.staff import Clash

CONFIRM, BACK = "confirm", "back"
OF_ONE_PRESS = {"csrfmiddlewaretoken", CONFIRM, BACK}


class MeetingEditView(SeenEditView):
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

    def refused(self, form, refusal):
        """Of a clash it is said as well what to do about it."""
        if isinstance(refusal, Clash):
            hint = _("Choose another time, or write at the end of the form why it is all right.")
            refusal = Refused(f"{refusal} {hint}")
        return super().refused(form, refusal)

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

    def get_success_message(self, row):
        if row.before_change:
            return _("Saved. The mails leave in five minutes; until then you can take it back.")
        return _("Saved. Nobody gets a mail about it.")
