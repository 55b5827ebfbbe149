"""Planning several meetings at once: what repeats, and then each of them to look at."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.dates import on_the_wall
from training.domain.series import MOST_MEETINGS, MOST_WEEKS_BETWEEN
from training.forms.when import ClockField, DayField, MomentField, end_after_beginning
from training.forms.where import PostcodeField
from training.planning_choices import MeetingFormat, MeetingKind


class SeriesForm(forms.Form):
    """What the meetings have in common, and the first of them."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("A number follows by itself where you plan more.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind)
    format = forms.ChoiceField(label=_("Form"), choices=MeetingFormat)
    first = DayField(label=_("First day"), help_text=_("As 4-2-2027."))
    starts = ClockField(label=_("From"), help_text=_("As 9.30."))
    ends = ClockField(label=_("Until"), help_text=_("As 12.30."))
    break_minutes = forms.IntegerField(
        label=_("Break"), help_text=_("In minutes."), min_value=0, max_value=600, initial=0
    )
    number = forms.IntegerField(
        label=_("How many meetings"), help_text=_("At most 52."), min_value=1, max_value=MOST_MEETINGS, initial=1
    )
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"),
        help_text=_("1 is each week."),
        min_value=1,
        max_value=MOST_WEEKS_BETWEEN,
        initial=1,
    )
    skip = forms.BooleanField(label=_("Leave holidays out"), required=False, initial=True)
    place_name = forms.CharField(label=_("Building"), max_length=120, required=False)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postcode = PostcodeField(label=_("Postcode"), max_length=10, required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    join_url = forms.URLField(label=_("Link for who comes online"), required=False, assume_scheme="https")

    def clean(self):
        chosen = super().clean()
        starts, ends = chosen.get("starts"), chosen.get("ends")
        if starts and ends and ends == starts:
            self.add_error("ends", _("The end must come after the beginning."))
        return chosen

    def parts(self):
        """Return `(heading, fields)` as the screen shows them together."""
        what, when = ("title", "kind"), ("first", "starts", "ends", "break_minutes", "number", "every_weeks")
        where = ("format", "place_name", "room", "street", "postcode", "city", "join_url")
        headings = ((_("What"), what), (_("When"), when), (_("Where"), where))
        return [(heading, [self[name] for name in names]) for heading, names in headings]

    def what_they_share(self):
        """Return what every NewMeeting of the series has."""
        names = ("kind", "format", "break_minutes", "place_name", "room", "street", "postcode", "city", "join_url")
        return {name: self.cleaned_data[name] for name in names}


class RowForm(forms.Form):
    """One meeting of the series, that may be left out or get another time."""

    keep = forms.BooleanField(label=_("Keep"), required=False)
    notes, problem = (), ""
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def clean(self):
        chosen = super().clean()
        try:
            end_after_beginning(chosen.get("starts_at"), chosen.get("ends_at"))
        except forms.ValidationError as wrong:
            self.add_error("ends_at", wrong)
        return chosen

    @property
    def day(self):
        """The day that was asked for, in words; nothing where it can't be read."""
        moment = self._wall("starts_at")
        return date_format(moment, "l j F Y") if moment else ""

    @property
    def goes_on(self):
        """Whether it ends on another day than it begins: meant seldom, and easily typed."""
        begins, ends = self._wall("starts_at"), self._wall("ends_at")
        return bool(begins and ends and ends.date() > begins.date())

    def _wall(self, name):
        """What the clock shows then, as it was typed or worked out; None for what can't be read."""
        typed = self[name].value()
        try:
            moment = MomentField().clean(typed) if isinstance(typed, str) else typed
            return on_the_wall(moment) if moment else None
        except forms.ValidationError:
            return None

    def full_clean(self):
        """A row that is left out need not be a time that exists."""
        super().full_clean()
        if self.is_bound and not self.data.get(self.add_prefix("keep")):
            self._errors.clear()


RowFormSet = forms.formset_factory(RowForm, extra=0, max_num=100, validate_max=True, absolute_max=100)
