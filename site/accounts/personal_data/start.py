"""What `AppConfig.ready()` sets going: the declarations of this room, the chores of the worker, and what a restore
erases again.
"""

from accounts.personal_data import declared, editor, packages, retention
from accounts.personal_data.archive import erase_ended_copies, make_copies
from accounts.personal_data.closing import ASKED, UNDONE, ask_deletion_again, undo_deletion_again
from accounts.personal_data.erasing import ERASED, erase_again, erase_due_people
from common import chores, erasures


def declare():
    """Declare the models of accounts, of mail below it, and of the packages under both."""
    for part in (declared, packages, editor, retention):
        part.declare()


def register_chores():
    chores.register("make copies of people's data", make_copies)
    chores.register("erase copies whose day is over", erase_ended_copies)
    chores.register("erase people", erase_due_people)


def register_erasures():
    erasures.register(ERASED, erase_again)
    erasures.register(ASKED, ask_deletion_again)
    erasures.register(UNDONE, undo_deletion_again)
