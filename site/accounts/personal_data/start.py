"""What `AppConfig.ready()` sets going: the declarations of this room, and the chores of the worker."""

from accounts.personal_data import declared, editor, packages, retention
from accounts.personal_data.archive import erase_ended_copies, make_copies
from accounts.personal_data.erasing import erase_due_people
from common import chores


def declare():
    """Declare the models of accounts, of mail below it, and of the packages under both."""
    for part in (declared, packages, editor, retention):
        part.declare()


def register_chores():
    chores.register("make copies of people's data", make_copies)
    chores.register("erase copies whose day is over", erase_ended_copies)
    chores.register("erase people", erase_due_people)
