"""What the registry says of register numbers, and how long they are kept."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import add_topic, classify, kept, link, nothing, personal
from accounts.personal_data.retention import retain
from training.domain.register_numbers import event_group, forget_old_numbers
from training.models import RegisterEvent
from training.personal_data import YOU

LOG = "says that a number was allowed, read and passed on, never which; without the person it leads nowhere"


def declare():
    add_topic(
        "registers",
        title=_("Your register numbers"),
        readers=(
            _("Only you, as long as you don't allow it."),
            _("When you allow it and were there long enough: who leads your group, and the register."),
            _("Every time that happens it stands in the list of what happened with your numbers."),
        ),
        address="training:register_numbers",
        place=46,
    )
    declare_numbers()
    declare_groups()
    retain("register_numbers", forget_old_numbers)


def declare_numbers():
    classify(
        "training.RegisterNumber",
        subject="user",
        goes=True,
        topic="registers",
        fields={
            **nothing("id"),
            **personal("register", "number", "changed_at", "allowed_at", "allowed_words"),
            **personal("user", exported=False, why=YOU),
        },
    )
    classify(
        "training.RegisterEvent",
        finder=lambda person: RegisterEvent.objects.of_person(person),
        topic="registers",
        title=_("What happened with your register numbers"),
        labels={"at": _("moment"), "group_key": _("group")},
        fields={
            **nothing("id", "uuid"),
            **kept("at", "register", "act", "group_key", "day", "words", exported=True, why=LOG),
            **kept("person_key", "by_key", why=LOG),
        },
        in_words={"group_key": event_group},
    )


def declare_groups():
    classify(
        "training.Accreditation",
        fields={
            **nothing("id", "training", "register", "activity_id", "points", "valid_from", "valid_until", "version"),
            **link("changed_by"),
        },
    )
    classify(
        "training.RegisterDelivery",
        fields={
            **nothing("id", "group", "register", "execution_number", "delivered_on", "marked_at", "version"),
            **link("marked_by"),
        },
    )
