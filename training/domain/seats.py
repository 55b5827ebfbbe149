"""The seats of a group and its queue, counted in one place. Call these under the lock of the group (`locked`)."""

from django.db.models import F

from training.models import TrainingGroup


def locked(group):
    """Return `group` as it stands, locked until the transaction ends; every act on its places begins here.

    Raises TrainingGroup.DoesNotExist when it was deleted.
    """
    return TrainingGroup.objects.select_for_update().get(pk=group.pk)


def locked_both(one, other):
    """Return both groups, locked in the order of their numbers, so that two moves never wait for each other."""
    found = {group.pk: group for group in map(locked, sorted([one, other], key=lambda group: group.pk))}
    return found[one.pk], found[other.pk]


def take_seat(group):
    """Take one seat; return False when none is free. The question and the taking are one statement, so that no two
    people get the last one, whatever locks a database has.
    """
    free = TrainingGroup.objects.filter(pk=group.pk, seats_taken__lt=F("capacity"))
    taken = bool(free.update(seats_taken=F("seats_taken") + 1))
    group.seats_taken += taken
    return taken


def give_seat_back(group):
    TrainingGroup.objects.filter(pk=group.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
    group.seats_taken -= 1


def next_queue_number(group):
    """Return the number of who joins the queue now. Numbers only rise: who leaves changes nobody's turn."""
    number = group.next_queue_no
    TrainingGroup.objects.filter(pk=group.pk).update(next_queue_no=number + 1)
    group.next_queue_no = number + 1
    return number


def take_seat_in_turn(group):
    """Take a seat, but never before people who wait."""
    if group.places.in_queue().exists():
        return False
    return take_seat(group)
