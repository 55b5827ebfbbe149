"""The kinds of mail: apps say in `AppConfig.ready()` which ones they send, so that the outbox names none of them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Switch:
    """How somebody turns a kind of mail off: `label` says when it comes, `help` how often; `for_whom(user) -> bool`
    whether it can come to them at all.
    """

    label: str
    help: str
    for_whom: Callable


@dataclass(frozen=True)
class MailKind:
    """One kind of mail. `template` is a path without an end, as "emails/invitation": `.subject.txt`, `.body.txt` and
    `.body.html` stand there.

    `is_secret` says that a code or a link in it opens something: it goes first, and its words are erased as soon as it
    has left. `still_wanted(mail) -> bool` is asked right before sending, outside any transaction; no ends it as
    cancelled. With a `switch` people may turn it off; whoever queues it asks for that (accounts/domain/mail_wishes.py),
    and gives it a `stop_address` in its context.
    """

    name: str
    label: str
    template: str
    is_secret: bool = False
    still_wanted: Callable | None = None
    switch: Switch | None = None


_kinds = {}


def register(kind):
    """Add `kind`. The same one twice changes nothing; raises ValueError when its name is another kind's."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"There is another kind of mail with the name {kind.name}.")


def kind_of(name):
    """Return the MailKind with this name; raises LookupError when no app has registered it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No app has registered the kind of mail {name}.") from None


def all_kinds():
    """Return every registered MailKind, in the order of their names."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)
