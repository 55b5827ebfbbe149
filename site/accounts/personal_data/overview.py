"""What the screen "Your data" shows of the registry."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.personal_data.registry import Topic, topics
from accounts.personal_data.rows import counts_of


@dataclass(frozen=True)
class Kept:
    """One topic for one person: how many rows there are, and the path of the screen that shows them (or nothing)."""

    topic: Topic
    number: int
    path: str


def kept_about(person):
    """Return a Kept for every topic, in the order of the screen; one query. A topic with nothing in it is there too:
    who could read it is true before there is anything.
    """
    counts = counts_of(person)
    return [
        Kept(topic, counts.get(topic.key, 0), reverse(topic.address) if topic.address else "") for topic in topics()
    ]
