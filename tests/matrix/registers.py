"""Samira's register numbers: one that is hers alone, one that nobody opened yet, one that Ilse may pass on."""

from django.utils import timezone

from training.domain.attendance import mark
from training.models import RegisterEvent, RegisterNumber

ROWS = """
# Registers
training:register_page
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:open_register
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/409  405/404  405/404
training:keep_register
    ilse's         405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:register_file
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
training:group_report
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
training:report_file
    ilse's         in/405   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405
training:register_numbers
    -              in/405   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
training:keep_register_number
    skj            405/403  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+
    none           405/403  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
"""


def write_numbers(world):
    """Samira was at the only meeting that is over, so that her numbers would be passed on."""
    plant, now = world.words.plant, timezone.now()
    mark(world.over, world.samira_place, "present", by=world.ilse, reason="Eerder vergeten.")
    numbers = {
        "overig": (plant("a register number that may not be passed on", "samira"), None),
        "nip": (plant("a register number that nobody opened", "samira"), now),
        "registerplein": (plant("a register number to pass on", "samira ilse"), now),
    }
    for register, (number, allowed_at) in numbers.items():
        RegisterNumber.objects.create(
            user=world.samira, register=register, number=number, allowed_at=allowed_at, allowed_words=allowed_at and 1
        )
    told = {"person_key": world.samira.uuid, "by_key": world.ilse.uuid, "group_key": world.group.uuid}
    RegisterEvent.objects.create(register="registerplein", act="opened", **told)


def register_at(register, **more):
    return lambda world: {"uuid": world.group.uuid, "register": register, **more}


OBJECTS = {
    "training:register_page": {"ilse's": register_at("registerplein"), "none": register_at("bsn")},
    "training:open_register": {"ilse's": register_at("nip")},
    "training:keep_register": {"ilse's": register_at("registerplein")},
    "training:register_file": {"ilse's": register_at("registerplein", kind="csv")},
    "training:group_report": {"ilse's": lambda world: {"uuid": world.group.uuid}},
    "training:report_file": {"ilse's": lambda world: {"uuid": world.group.uuid, "kind": "csv"}},
    "training:keep_register_number": {
        "skj": lambda world: {"register": "skj"},
        "none": lambda world: {"register": "bsn"},
    },
}
BODIES = {
    "training:keep_register": lambda world: {"day": "", "execution_number": "U-2027-1", "version": "0"},
    "training:keep_register_number": lambda world: {"number": "118264537", "may_pass_on": "on", "words": "1"},
}
