"""Lists of people that Ilse brings to her group: what stands in them is hers alone."""

import uuid

from django.utils import timezone

from training.domain.importing import make_batch

ROWS = """
# People into a group from a list
training:add_people
    ilse's         in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:example_list
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:check_people
    open           in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
    used           in/403   404/404  404/404  404/404  404/404  404/404  410/->   404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:wrong_people
    open           in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
"""

NOWHERE = uuid.UUID(int=7)


def bring_lists(world):
    plant = world.words.plant
    name = plant("a name in a list of people", "ilse")
    address = plant("an address in a list of people", "ilse")
    wrong = plant("a wrong address in a list of people", "ilse")
    file = plant("the name of a file with people", "ilse")
    content = f"naam;e-mail\nGast {name};{address}@example.test\nGast;{wrong}@example\n".encode()
    world.open_list = make_batch(group=world.group, by=world.ilse, upload=(f"{file}.csv", content))
    world.used_list = make_batch(group=world.group, by=world.ilse, text="oud@example.test")
    world.used_list.confirmed_at = timezone.now()
    world.used_list.save()


def group_at(**more):
    return lambda world: {"uuid": world.group.uuid, **more}


def list_at(name, **more):
    return lambda world: {"uuid": world.group.uuid, "batch": getattr(world, name).uuid, **more}


OBJECTS = {
    "training:add_people": {"ilse's": group_at(), "none": lambda world: {"uuid": NOWHERE}},
    "training:example_list": {
        "ilse's": group_at(kind="csv"), "none": lambda world: {"uuid": NOWHERE, "kind": "csv"},
    },
    "training:check_people": {
        "open": list_at("open_list"), "used": list_at("used_list"), "none": group_at(batch=NOWHERE),
    },
    "training:wrong_people": {
        "open": list_at("open_list", kind="csv"), "none": group_at(batch=NOWHERE, kind="csv"),
    },
}  # fmt: skip
BODIES = {"training:add_people": lambda world: {"text": "Gast <gast@example.test>"}}
