"""The rows that are a person's own, found by what the registry says."""

from django.db.models import Count, Q, TextField, Value

from accounts.personal_data.registry import records


def rows_of(record, person):
    """Return the queryset of the rows of `record` that are about `person`, each once."""
    if record.finder:
        return record.finder(person)
    question = Q()
    for path in record.subject:
        question |= Q(**{path: person.pk})
    rows = record.model._base_manager.filter(question)
    return rows.distinct() if len(record.subject) > 1 else rows


def exported_records():
    """The records of which something is in a person's copy, in the order of their topic and label."""
    return sorted(
        (record for record in records() if record.exported_fields()), key=lambda record: (record.topic, record.label)
    )


def counts_of(person):
    """Return `{topic key: number of rows}` of all that is kept about `person`; one query."""
    questions = [
        rows_of(record, person)
        .order_by()
        .annotate(kept_under=Value(record.topic, output_field=TextField()))
        .values("kept_under")
        .annotate(number=Count("pk", distinct=True))
        .values_list("kept_under", "number")
        for record in exported_records()
    ]
    counts = {}
    for topic, number in questions[0].union(*questions[1:], all=True) if questions else ():
        counts[topic] = counts.get(topic, 0) + number
    return counts


def in_erasing_order(own):
    """Return the records whose rows go so that no row is deleted while another that goes points to it."""
    ordered, waiting = [], list(own)
    while waiting:
        free = [record for record in waiting if not _pointed_at(record, waiting)] or waiting[:1]
        ordered += free
        waiting = [record for record in waiting if record not in free]
    return ordered


def _pointed_at(record, others):
    return any(
        one.related_model is record.model
        for other in others
        if other is not record
        for one in other.model_fields()
        if one.many_to_one or one.one_to_one
    )
