"""Queries and writes whose SQL Django builds once instead of for each request (docs/decisions/prepared-queries.md)."""

import threading
from datetime import date, datetime
from functools import update_wrapper
from inspect import signature
from operator import itemgetter
from uuid import UUID

from django.db import connections, router
from django.db.models import DateField, DateTimeField, Expression, UUIDField, Value
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError

# Else Django makes one for every value of every call.
FIELDS = {date: DateField(), datetime: DateTimeField(), UUID: UUIDField()}


class Slot(Expression):
    """Where an argument of a Prepared query goes: a parameter of the SQL that every call fills anew."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def __str__(self):
        raise TypeError(f"“{self.name}” is filled in later: it can't be part of a text while the query is built.")


class Prepared:
    """A function that makes a queryset from its arguments, called once; calls give the rows, read anew, as a list.

        @Prepared
        def answers_to(enrolment, exercise):
            return Answer.objects.filter(enrolment=enrolment, exercise_key=exercise)

        answers_to(enrolment=enrolment.pk, exercise=exercise.key)

    Arguments are numbers, texts, times or UUIDs, never None, and stand where the value of a filter stands. Whatever
    else the function reads (the clock, a setting) is read once: make it an argument.
    """

    def __init__(self, build):
        update_wrapper(self, build)
        self.build = build
        self.here = threading.local()  # each thread has a connection of its own

    def __call__(self, **values):
        plan = getattr(self.here, "plan", None)
        if plan is None or plan.connection is not connections[plan.using]:
            plan = self.here.plan = self._make_plan()
        return plan.rows(values)

    def first(self, **values):
        """Return the first row, or None; the query has its own order and limit."""
        return next(iter(self(**values)), None)

    def _make_plan(self):
        queryset = self.build(**{name: Slot(name) for name in signature(self.build).parameters})
        return Plan(queryset, queryset.query.get_compiler(using=queryset.db))


class Plan:
    """The SQL of a queryset, built once, and how its rows become what the queryset gives."""

    def __init__(self, queryset, compiler):
        self.compiler, self.connection, self.using = compiler, compiler.connection, compiler.using
        self.is_locking = queryset.query.select_for_update
        self.sql, self.params = compiler.as_sql()
        self.converters = compiler.get_converters([column[0] for column in compiler.select])
        self.made_of = MAKERS[queryset._iterable_class](compiler)

    def rows(self, values):
        if self.is_locking and not self.connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        filled = [self.bind(values[param.name]) if isinstance(param, Slot) else param for param in self.params]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self.made_of(row) for row in rows]

    def bind(self, value):
        if value is None:
            raise ValueError("None is no value of a prepared query: it would need other SQL.")
        return as_parameter(value, self.compiler)


class ObjectOf:
    """Makes an object of a row with what was selected beside it, as Django's ModelIterable does."""

    def __init__(self, compiler):
        places = compiler.klass_info["select_fields"]
        self.model, self.using = compiler.klass_info["model"], compiler.using
        self.columns = slice(places[0], places[-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.columns]]
        self.related = get_related_populators(compiler.klass_info, compiler.select, compiler.using)
        self.annotations = compiler.annotation_col_map or {}

    def __call__(self, row):
        found = self.model.from_db(self.using, self.names, row[self.columns])
        for related in self.related:
            related.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found


# How the rows of a queryset become what it gives; one with `values()` has nothing here and raises KeyError.
MAKERS = {
    ModelIterable: ObjectOf,
    ValuesListIterable: lambda compiler: tuple,
    FlatValuesListIterable: lambda compiler: itemgetter(0),
}


class PreparedInsert(Prepared):
    """A function that makes a row (a model object, not yet stored) from its arguments; calls store one, return its key.

    Arguments may be None. Nothing is validated and no signal is sent. A default that is worked out (a time, a UUID)
    would be the same in every row: make it an argument.
    """

    def __call__(self, **values):
        return super().__call__(**values)[0]

    def _make_plan(self):
        row = self.build(**{name: Slot(name) for name in signature(self.build).parameters})
        fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
        query = InsertQuery(type(row))
        query.insert_values(fields, [row])
        compiler = query.get_compiler(using=router.db_for_write(type(row)))
        compiler.returning_fields = [row._meta.pk]
        return Write(compiler, *compiler.as_sql()[0])


class PreparedUpdate(Prepared):
    """A function that returns `(queryset, {field: value})`; calls change those rows and return how many there were.

    The values may be None, as in PreparedInsert; those that say which rows may not.
    """

    def _make_plan(self):
        queryset, values = self.build(**{name: Slot(name) for name in signature(self.build).parameters})
        query = queryset.query.chain(UpdateQuery)
        query.add_update_values(values)
        compiler = query.get_compiler(using=router.db_for_write(queryset.model))
        return Write(compiler, *compiler.as_sql())


class Write:
    """An INSERT or UPDATE that was built once."""

    def __init__(self, compiler, sql, params):
        self.compiler, self.sql, self.params = compiler, sql, params
        self.connection, self.using = compiler.connection, compiler.using

    def rows(self, values):
        """Write with `values`; return the row that the database gives back, or the number of changed rows."""
        filled = [
            as_parameter(values[param.name], self.compiler) if isinstance(param, Slot) else param
            for param in self.params
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            return cursor.fetchone() if cursor.description else cursor.rowcount


def as_parameter(value, compiler):
    """Return `value` as this database takes it."""
    if value is None or isinstance(value, int | str):
        return value
    return Value(value, FIELDS.get(type(value))).as_sql(compiler, compiler.connection)[1][0]
