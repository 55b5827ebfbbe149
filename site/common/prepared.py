"""Queries whose SQL Django builds once a process instead of once a request (docs/decisions/prepared-queries.md)."""

import threading
from datetime import datetime
from functools import update_wrapper
from inspect import signature
from uuid import UUID

from django.db import connections
from django.db.models import DateTimeField, Expression, UUIDField, Value
from django.db.transaction import TransactionManagementError

FIELDS = {datetime: DateTimeField(), UUID: UUIDField()}  # else Django makes one for every value of every call


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
    """A queryset whose compiler gives the SQL it built once, with the values of one call in it."""

    def __init__(self, queryset, compiler):
        self.queryset, self.compiler = queryset, compiler
        self.connection, self.using = compiler.connection, compiler.using
        self.sql, self.params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        compiler.get_converters = lambda columns: converters
        queryset.query.get_compiler = lambda using: compiler

    def rows(self, values):
        if self.queryset.query.select_for_update and not self.connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        filled = tuple(self.bind(values[param.name]) if isinstance(param, Slot) else param for param in self.params)
        self.compiler.as_sql = lambda: (self.sql, filled)
        return list(self.queryset._iterable_class(self.queryset))  # what a queryset reads its own rows with

    def bind(self, value):
        """Return `value` as this database takes it."""
        if value is None:
            raise ValueError("None is no value of a prepared query: it would need other SQL.")
        if isinstance(value, int | str):
            return value
        return Value(value, FIELDS.get(type(value))).as_sql(self.compiler, self.connection)[1][0]
