"""The mails about stories. None of them holds a word of a story, not even its title: a mail can't be taken back."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, register

STORY_AWAY = "story-away"
STORY_AWAY_RECEIPT = "story-away-receipt"
STORY_MAY_STAY = "story-may-stay"


def register_kinds(still_asked):
    """Tell the outbox about these mails; `still_asked` is asked before a question about a consent leaves."""
    register(MailKind(STORY_AWAY, _("a story was taken away"), "emails/story_away"))
    register(MailKind(STORY_AWAY_RECEIPT, _("your story was taken away"), "emails/story_away_receipt"))
    register(MailKind(STORY_MAY_STAY, _("may your story stay"), "emails/story_may_stay", still_wanted=still_asked))
