"""What the registry says of the pages about the site, of who to call, and of problem reports."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import add_topic, classify, kept, link, nothing, personal, special
from accounts.personal_data.retention import retain
from home.choices import ProblemState
from home.models import ProblemReport


def declare():
    classify(
        "home.HomePage",
        fields=nothing("page_ptr", "pitch", "featured_story", "training", "facts", "meet_title", "meet_text"),
    )
    classify("home.ContentPage", fields=nothing("page_ptr", "intro", "body"))
    classify("home.GoneAddress", fields=nothing("id", "digest", "since"))
    classify(
        "home.ContactSettings",
        fields={
            **nothing("id", "footer_links"),
            **kept(
                "name", "role", "phone", "email", "hours", why="shown to everybody on purpose; changed in the editor"
            ),
        },
    )
    classify("home.Term", fields=nothing("id", "article", "singular", "plural", "possessive"))
    classify("home.TermSettings", fields=nothing("id", "word", "page"))
    add_topic(
        "reports",
        title=_("Problems that you reported"),
        readers=(_("The coordinators of your groups and the administrators: they answer you."),),
        address="my_reports",
        place=50,
    )
    classify(
        "home.ProblemReport",
        subject="reporter",
        goes=True,
        topic="reports",
        fields={
            **nothing("id", "uuid"),
            **personal("kind", "path", "state", "created_at", "seen_at", "handled_at"),
            **special("words", "answer"),
            **special("contact", exported=False, why="of visitors, who have no account; retention erases it"),
            **personal("reporter", exported=False, why="that is you"),
            **link("handled_by", why="what they answered stays with who reported it"),
        },
    )
    retain("problem_reports", problem_reports)


def problem_reports(before, now):
    """Reports that were answered so long ago."""
    return ProblemReport.objects.filter(state=ProblemState.HANDLED, handled_at__lt=before).delete()[0]
