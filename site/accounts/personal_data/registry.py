"""What every field of every model says about people: the one list that the screens, the copy, the erasing and the
retention work from.

Each app declares its own models in `<app>/personal_data.py`, called by its `AppConfig.ready()`; models of packages are
declared by the lowest app of ours that knows them. A field that nobody declared fails a test, by its name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps
from django.conf import settings


class Kind(Enum):
    """What a field says about somebody. SPECIAL is what the law guards most: health, care, what people confide."""

    NONE = "none"
    PERSONAL = "personal"
    SPECIAL = "special"


class Erase(Enum):
    """What erasing a person does with a field."""

    WITH_ROW = "goes with its row"
    EMPTY = "is emptied"
    KEEP = "stays"


@dataclass(frozen=True)
class Rule:
    """How one field is treated. `exported` puts it in a person's copy; `why` is the reason for what stays or is left
    out.
    """

    kind: Kind
    erase: Erase
    exported: bool = False
    why: str = ""


@dataclass(frozen=True)
class Topic:
    """A heading of "Your data": `title` names it, `readers` says in sentences who can read it, `address` is the name of
    the screen that shows it (or nothing), `place` its order.
    """

    key: str
    title: str
    readers: tuple = ()
    address: str = ""
    place: int = 50


@dataclass(frozen=True)
class Record:
    """How one model is treated.

    `subject` holds the paths from a row to the person whom it is about; empty when the rows are nobody's own. With
    `goes` erasing that person deletes their rows, else their fields are treated one by one. `finder` finds the rows of
    a person that no path leads to: `finder(person) -> queryset`. For the page to read, `title` and `labels` name model
    and fields where their own names would not do, and `in_words` says what a number stands for: `{field: act(row)}`.
    `cover(rows)` empties on them, not in the database, what belongs to others and is not to be read today.
    """

    label: str
    fields: dict = field(default_factory=dict)
    subject: tuple = ()
    goes: bool = False
    topic: str = ""
    finder: Callable | None = None
    title: str = ""
    labels: dict = field(default_factory=dict)
    in_words: dict = field(default_factory=dict)
    cover: Callable | None = None
    why: str = ""

    @property
    def model(self):
        return apps.get_model(self.label)

    @property
    def is_ones_own(self):
        """True when rows of this model are about one person."""
        return bool(self.subject or self.finder)

    def exported_fields(self):
        """The names of the fields in a person's copy, in their order."""
        return [name for name, rule in self.fields.items() if rule.exported]

    def people(self):
        """The names of the fields that point to a person (or, many-to-many, to several)."""
        return [one.name for one in self.model_fields() if one.related_model is _user_model()]

    def name(self):
        """Return what people call rows of this model, with a capital."""
        return _capital(self.title or self.model._meta.verbose_name_plural)

    def label_of(self, one):
        """Return what people call the model field `one`, with a capital."""
        return _capital(self.labels.get(one.name, one.verbose_name))

    def links(self):
        """The names of the fields that name a person in somebody else's row: erasing that person empties them."""
        return [name for name in self.people() if self.fields[name].erase is Erase.EMPTY]

    def emptied(self):
        """The names of the fields that erasing empties in a person's own row."""
        return [name for name, rule in self.fields.items() if rule.erase is Erase.EMPTY and name not in self.people()]

    def model_fields(self):
        return [self.model._meta.get_field(name) for name in self.fields]


_records = {}
_topics = {}


# ── Declaring ──────────────────────────────────────────────────────────────────
def nothing(*names, why=""):
    """Fields that say nothing about anybody."""
    return {name: Rule(Kind.NONE, Erase.KEEP, why=why) for name in names}


def personal(*names, exported=True, erase=Erase.WITH_ROW, why=""):
    """Fields about a person: they go with their row, and into that person's copy, unless told otherwise."""
    return {name: Rule(Kind.PERSONAL, erase, exported, why) for name in names}


def special(*names, exported=True, erase=Erase.WITH_ROW, why=""):
    """Fields that the law guards most."""
    return {name: Rule(Kind.SPECIAL, erase, exported, why) for name in names}


def link(*names, why=""):
    """Fields that name a person in a row that is not theirs: erasing that person empties them."""
    return {name: Rule(Kind.PERSONAL, Erase.EMPTY, why=why) for name in names}


def kept(*names, kind=Kind.PERSONAL, exported=False, why):
    """Fields about a person that stay, for the reason `why`."""
    return {name: Rule(kind, Erase.KEEP, exported, why) for name in names}


def classify(label, *, fields, subject=(), **options):
    """Declare the model `label` ("app.Model"); the options are those of Record. The same one twice changes nothing.

    Raises ValueError when it was declared otherwise before.
    """
    subject = (subject,) if isinstance(subject, str) else tuple(subject)
    record = Record(label, fields, subject, **options)
    if _records.setdefault(label.lower(), record) != record:
        raise ValueError(f"{label} is declared twice, in two ways.")


def classify_whole(label, *, why):
    """Declare a model of which every field, whatever they are, is made from other rows and follows those (`why`).

    Without the model (one that only SQLite has, say) nothing is declared.
    """
    if label in {model._meta.label for model in apps.get_models()}:
        classify(label, fields=kept(*field_names(apps.get_model(label)), why=why), why=why)


def add_topic(key, *, title, readers, address="", place=50):
    """Declare a heading of "Your data"; raises ValueError when `key` is another one's."""
    topic = Topic(key, title, tuple(readers), address, place)
    if _topics.setdefault(key, topic) != topic:
        raise ValueError(f"The topic {key} is declared twice, in two ways.")


# ── Asking ─────────────────────────────────────────────────────────────────────
def records():
    """Return every Record, in the order of their labels."""
    return [_records[label] for label in sorted(_records)]


def record_of(model):
    """Return the Record of a model class; raises KeyError when nobody declared it."""
    return _records[model._meta.label_lower]


def topics():
    """Return every Topic in the order of the screen."""
    return sorted(_topics.values(), key=lambda topic: (topic.place, topic.key))


def models_to_declare():
    """Every installed model; the rows behind a many-to-many field are declared with that field."""
    return [model for model in apps.get_models() if not model._meta.proxy]


def field_names(model):
    """Return the names of the fields that `model` itself adds, without those of a parent with a table of its own."""
    meta = model._meta
    return [one.name for one in (*meta.local_fields, *meta.local_many_to_many)]


def missing():
    """Return `app.Model.field` of every field that nobody declared, and of every declared one that is not there."""
    found = []
    for model in models_to_declare():
        record = _records.get(model._meta.label_lower)
        declared, present = set(record.fields if record else ()), set(field_names(model))
        found += [f"{model._meta.label}.{name} is not declared" for name in present - declared]
        found += [f"{model._meta.label}.{name} is declared but not there" for name in declared - present]
    installed = {model._meta.label_lower for model in models_to_declare()}
    found += [f"{_records[label].label} is declared but not installed" for label in _records.keys() - installed]
    return sorted(found)


def contradictions():
    """Return a sentence for each declaration that can't be carried out or that hides something."""
    return sorted(sentence for record in records() for sentence in _contradictions(record))


def _contradictions(record):
    people = record.people()
    for name, rule in record.fields.items():
        where = f"{record.label}.{name}"
        if rule.kind is Kind.NONE:
            if name in people:
                yield f"{where} names a person, so it says something about somebody"
            if rule.exported:
                yield f"{where} says nothing about anybody, so it is in nobody's copy"
            continue
        if name in record.links() and not _can_be_empty(record.model._meta.get_field(name)):
            yield f"{where} can't be emptied: the column takes no empty value"
        if rule.erase is Erase.KEEP and not (rule.why or record.why):
            yield f"{where} stays without a reason"
        if rule.erase is Erase.WITH_ROW and not record.goes:
            yield f"{where} goes with its row, but the rows stay"
        if rule.exported and not record.is_ones_own:
            yield f"{where} is in a copy, but no path leads to whose it is"
    if record.exported_fields() and record.topic not in _topics:
        yield f"{record.label} is in a person's copy but under no topic"
    if record.goes and not record.is_ones_own:
        yield f"{record.label} has rows that go, but no path leads to whose they are"


def _capital(words):
    return str(words)[:1].upper() + str(words)[1:]


def _can_be_empty(one):
    return one.many_to_many or one.null


def _user_model():
    return apps.get_model(settings.AUTH_USER_MODEL)
