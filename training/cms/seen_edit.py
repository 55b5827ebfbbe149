"""A form that carries the version it showed (`seen`): where somebody else changed the row meanwhile, both values stand
beside each other, nothing is written and nothing typed is lost.
"""

from datetime import date, datetime

from django import forms
from django.db.models import Manager, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst

from common.dates import on_the_wall
from common.modeladmin.forms import ActForm
from common.modeladmin.views import PolicyEditView
from common.names import by_name
from training.domain.versions import ChangedMeanwhile

SEEN_TEMPLATE = "training/cms/seen_edit.html"


class SeenForm(ActForm):
    """A new row was seen by nobody."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        self.fields["seen"].required = bool(self.instance.pk)


class SeenEditView(PolicyEditView):
    differences = ()

    def refused(self, form, refusal):
        """Who saves after somebody else sees both, and may save then: they have seen how it is now."""
        if not isinstance(refusal, ChangedMeanwhile):
            return super().refused(form, refusal)
        self.differences = differences(form, refusal.row)
        form.data = form.data.copy()
        form.data["seen"] = refusal.row.version
        answer = super().refused(form, refusal)
        answer.status_code = 409
        return answer


def differences(form, row):
    """Return `[(label, how it is, what was typed)]` of what is typed otherwise in `form` than `row` has it."""
    return [
        (capfirst(form.fields[name].label), _words(form, name, now), _words(form, name, typed))
        for name, typed, now in _pairs(form, row)
        if typed != now
    ]


def _pairs(form, row):
    """What was typed in each field that the row has, and what it is."""
    for name, typed in form.cleaned_data.items():
        if hasattr(row, name):
            yield name, _plain(typed), _plain(getattr(row, name))


def _plain(value):
    """People as a list, and lines as they end everywhere but in what a browser sends."""
    if isinstance(value, Manager | QuerySet):
        return by_name(value.all())
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _words(form, name, value):
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, datetime):
        return date_format(on_the_wall(value), "l j F Y, H.i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    choices = dict(form.fields[name].choices) if hasattr(form.fields[name], "choices") else {}
    return str("" if value is None else choices.get(value, value)) or "–"
