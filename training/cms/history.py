"""What the history of a row in the menu Planning says besides “changed”."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from training.domain.overbooking import MORE_SEATS


def register_more_seats(actions):
    @actions.register_action(MORE_SEATS)
    class MoreSeats(LogFormatter):
        label = gettext_lazy("More seats in a full group")

        def format_message(self, entry):
            return _("{now} seats instead of {before}: {why}").format(**entry.data)
