"""Asking once more who did not answer: first who, and in what words; then one press."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from training.domain.nudges import nudge_unanswered, unanswered_of, words_of
from training.views.planning_gate import for_coordinators, led_group


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def nudge(request, uuid):
    """Show who is asked once more, or ask them."""
    group = led_group(request, uuid)
    if request.method == "POST":
        messages.success(request, sent_words(nudge_unanswered(group, by=request.user)))
        return redirect("training:nudge", uuid=uuid)
    asked = unanswered_of([group])
    to_nudge = [one for one in asked if not one.why_not]
    context = {
        "group": group,
        "to_nudge": to_nudge,
        "not_now": [one for one in asked if one.why_not],
        "words": words_of(to_nudge[0], by=request.user) if to_nudge else None,
    }
    return render(request, "training/planning/nudge.html", context)


def sent_words(number):
    """Return the sentence that says how many were asked once more."""
    if not number:
        return _("Nobody is reminded: everybody was reminded this week, or answered.")
    words = ngettext(
        "%(number)s person is reminded. The mail leaves in five minutes; until then you can take it back.",
        "%(number)s people are reminded. The mails leave in five minutes; until then you can take them back.",
        number,
    )
    return words % {"number": number}
