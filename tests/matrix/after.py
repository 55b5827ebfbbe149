"""After a meeting: what Noor wrote to Marieke, her own person; what Samira says of her attendance and what was
answered; a name that was on no list; a certificate to look at again.
"""

import uuid

from django.utils import timezone

from stories.models import Storyteller
from training.domain.aftercare import write_aftercare
from training.domain.corrections import ask_correction, settle_correction
from training.domain.walk_ins import note_walk_in
from training.models import Aftercare, Certificate

ROWS = """
# After a meeting
training:aftercare_list
    -              in/405   404/405  404/405  404/405  200/405  200/405  404/405  404/405  404/405
training:aftercare
    over           in/403   404/404  404/404  404/404  200/->+  404/404  404/404  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:take_aftercare_back
    over           405/403  405/404  405/404  405/404  405/->+  405/404  405/404  405/404  405/404
training:read_aftercare
    noor's         in/405   404/405  404/405  404/405  404/405  200/405  404/405  404/405  404/405
    none           in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:ask_correction
    over           405/403  405/404  405/->+  405/->+  405/404  405/404  405/404  405/404  405/404
training:settle_correction
    samira's       in/403   404/404  404/404  404/404  200/->+  200/->+  200/->+  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:certificate_holds
    samira's       405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/404
training:walk_in
    over           405/403  405/404  405/404  405/404  405/->+  405/->+  405/->+  405/404  405/404
training:seat_walk_in
    over           in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:drop_walk_in
    over           405/403  405/404  405/404  405/404  405/->+  405/->+  405/->+  405/404  405/404
"""
NOWHERE = uuid.UUID(int=7)


def come_back_to_it(world):
    """Marieke is Noor's person, without a number; she opened it already."""
    plant, place, team = world.words.plant, world.samira_place, "marieke noor ilse"
    Storyteller.objects.update_or_create(account=world.noor, defaults={"support": world.marieke})
    words, phone = (plant(f"the {what} of noor after a meeting", "noor marieke") for what in ("words", "number"))
    world.aftercare = write_aftercare(
        world.over, world.noor, reader_key=world.marieke.uuid, words=words, wants_call=True, phone=phone
    )
    Aftercare.objects.filter(pk=world.aftercare.pk).update(read_at=timezone.now())
    said = plant("what samira said of her attendance before", f"samira {team}")
    answer = plant("the answer about her attendance", f"samira {team}")
    before = ask_correction(world.over, place, words=said, by=world.samira)
    settle_correction(before, by=world.ilse, answer=answer)
    said = plant("what samira says of her attendance", f"samira {team}")
    world.correction = ask_correction(world.over, place, words=said, by=world.samira)
    world.walk_in = note_walk_in(world.over, plant("a name on no list", team), by=world.marieke)
    reason = plant("why attendance changed after a certificate", "ilse samira")
    Certificate.objects.filter(pk=world.certificate.pk).update(check_since=timezone.now(), check_reason=reason)


def over(world):
    return {"uuid": world.over.uuid}


def nowhere(world):
    return {"uuid": NOWHERE}


def at(name, number):
    """The meeting that is over, with the number of `number(world)` under `name`."""
    return lambda world: {"uuid": world.over.uuid, name: number(world)}


OBJECTS = {
    "training:aftercare": {"over": over, "none": nowhere},
    "training:take_aftercare_back": {"over": over},
    "training:read_aftercare": {"noor's": lambda world: {"uuid": world.aftercare.uuid}, "none": nowhere},
    "training:ask_correction": {"over": lambda world: {"uuid": world.group.uuid, "meeting_uuid": world.over.uuid}},
    "training:settle_correction": {
        "samira's": at("correction_uuid", lambda world: world.correction.uuid),
        "none": at("correction_uuid", lambda world: NOWHERE),
    },
    "training:certificate_holds": {"samira's": lambda world: {"uuid": world.samira_place.uuid}},
    "training:walk_in": {"over": over},
    "training:seat_walk_in": {
        "over": at("walk_in_uuid", lambda world: world.walk_in.uuid),
        "none": at("walk_in_uuid", lambda world: NOWHERE),
    },
    "training:drop_walk_in": {"over": at("walk_in_uuid", lambda world: world.walk_in.uuid)},
}
BODIES = {
    "training:aftercare": lambda world: {"reader": world.marieke.uuid, "words": "Het ging."},
    "training:ask_correction": lambda world: {"words": "Ik was er wel."},
    "training:settle_correction": lambda world: {"status": "leave", "answer": "Zo stond het op de lijst."},
    "training:walk_in": lambda world: {"name": "Een gast"},
    "training:seat_walk_in": lambda world: {"email": "gast@example.test"},
    # Samira's certificate was issued after this meeting: a change says why.
    "training:mark_one": lambda world: {"status": "absent", "reason": "Verkeerd getikt."},
}
