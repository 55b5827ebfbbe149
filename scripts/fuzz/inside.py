"""What the generated requests need from inside Django: the world of tests/matrix in the database, signed-in sessions,
and every address. Prints it as JSON.
"""

import json
import sys
from pathlib import Path

if __name__ == "__main__":  # this folder is no place to import from
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    import django

    django.setup()

from django.core.management import call_command

from tests.matrix import cms
from tests.matrix.browsers import session_of
from tests.matrix.objects import OBJECTS, address_of, body_for
from tests.matrix.routes import site_routes
from tests.matrix.world import PASSWORD, ROLES, build_world


def prepare():
    """Build the world and return `{"sessions", "people", "targets", "known", "password"}`."""
    call_command("migrate", interactive=False, verbosity=0)
    world = build_world()
    people = {role: getattr(world, role) for role in ROLES if role != "visitor"}
    targets = [
        {"route": route.key, "address": address_of(world, route, kind), "in_cms": False, "body": body_of(world, route)}
        for route in site_routes()
        for kind in OBJECTS.get(route.key, [""])
    ]
    pages = [page for page in world.private_pages if page.get_latest_revision()][:2]
    targets += [
        {"route": route, "address": address, "in_cms": True, "body": []}
        for route, address in dict.fromkeys(cms.visits(world, pages))
        if "logout" not in route and route != "wagtailadmin_error_test"  # Wagtail's own try of an error page
    ]
    return {
        "sessions": {role: session_of(person) for role, person in people.items()},
        "people": {role: person.email for role, person in people.items()},
        "targets": targets,
        "known": known_things(world, people),
        "password": PASSWORD,
    }


def body_of(world, route):
    """Return what the matrix sends to this form, as `(name, value)` pairs: many a form stands on another's page."""
    return [(name, str(value)) for name, value in body_for(world, route).items() if isinstance(value, str | int)]


def known_things(world, people):
    """Numbers and texts of what is there: whoever sends them, they are mostly somebody else's."""
    found = [value for person in people.values() for value in (person.pk, str(person.uuid), person.email)]
    for thing in vars(world).values():
        found += [str(getattr(thing, name)) for name in ("pk", "uuid", "slug", "key") if getattr(thing, name, None)]
    found += [prompt.id for prompt in world.exercise.prompt_list]
    return sorted({str(value) for value in found if len(str(value)) < 200})


if __name__ == "__main__":
    print(json.dumps(prepare()))
