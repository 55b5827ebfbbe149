"""The mails about reactions. No word of one stands in them, nor the title of a page: they say that there is something
to read, and where.
"""

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, Switch, register

REACTIONS_CAME, REACTION_ANSWERED, REACTIONS_WAIT = "reactions", "reaction-answers", "reactions-to-check"


def register_kinds(*, still_wanted, tells, looks_after):
    """Tell the outbox about these mails; `still_wanted` is `{kind: question}`, asked right before one leaves. `tells`
    and `looks_after` say of a user whether mails of that kind can come to them.
    """
    switches = {
        REACTIONS_CAME: Switch(
            _("People write under my story"),
            _("Once a day at most, or once a week if you chose that for your cards."),
            tells,
        ),
        REACTION_ANSWERED: Switch(_("Somebody answers my reaction"), _("Once a day at most."), everybody),
        REACTIONS_WAIT: Switch(
            _("A reaction waits until somebody reads it along"), _("Three times a day at most."), looks_after
        ),
    }
    labels = {
        REACTIONS_CAME: (_("reactions under your story"), "emails/reactions"),
        REACTION_ANSWERED: (_("answer to your reaction"), "emails/reaction_answers"),
        REACTIONS_WAIT: (_("reactions to read along"), "emails/reactions_to_check"),
    }
    for name, (label, template) in labels.items():
        register(MailKind(name, label, template, still_wanted=still_wanted[name], switch=switches[name]))


def everybody(user):
    return True
