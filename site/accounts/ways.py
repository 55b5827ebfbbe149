"""Ways from somebody's account to what another app keeps for them: each app adds its own in `AppConfig.ready()`."""

_registered = []


def register(ways_of):
    """Register `ways_of(user) -> [(address, name, what is there)]`, empty for whom it has nothing. Registering twice
    changes nothing.
    """
    if ways_of not in _registered:
        _registered.append(ways_of)


def ways_for(user):
    return [way for ways_of in _registered for way in ways_of(user)]
