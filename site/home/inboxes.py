"""Who reads whose problem reports, besides administrators: the apps above this one add it in `AppConfig.ready()`.

The ground knows no groups; it only asks whose reports somebody reads.
"""

_registered = []


def register(people_of):
    """Register `people_of(user)`: a queryset of the people whose reports `user` reads, or None for who reads nobody's.

    It is asked for signed-in people only. Registering twice changes nothing.
    """
    if people_of not in _registered:
        _registered.append(people_of)


def people_read_by(user):
    """Return the querysets of people whose reports `user` reads, unevaluated; empty for who reads nobody's."""
    asked = (people_of(user) for people_of in _registered)
    return [people for people in asked if people is not None]
