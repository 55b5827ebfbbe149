"""Who knows whom: an upper app that has groups says it in `AppConfig.ready()`, as stories know none.

With no app that says anything nobody can write to a person, and coordinators read all cards along.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Neighbours:
    """Three questions, each answered with a queryset of people.

    `around(user)`: whom `user` meets in a group and may write to. `read_along_by(user)`: whose cards `user` reads along
    before they are delivered, or None. `read_along()`: everybody whose cards somebody reads along in that way.
    """

    around: Callable
    read_along_by: Callable
    read_along: Callable


_known = []


def add_neighbours(neighbours):
    """Register Neighbours; the same ones twice changes nothing."""
    if neighbours not in _known:
        _known.append(neighbours)


def people_around(user):
    """Return the querysets of people whom `user` may write to."""
    return [neighbours.around(user) for neighbours in _known]


def people_read_along_by(user):
    """Return the querysets of people whose cards `user` reads along."""
    asked = (neighbours.read_along_by(user) for neighbours in _known)
    return [people for people in asked if people is not None]


def people_read_along():
    """Return the querysets of everybody whose cards somebody reads along."""
    return [neighbours.read_along() for neighbours in _known]
