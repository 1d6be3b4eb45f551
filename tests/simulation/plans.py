"""Queries of a shape that was seen before, asked without building them again.

Building and compiling queries is most of what a schedule costs: it asks some 70, of some 50 shapes. The first
query of a shape is built by Django with marks in place of its values; the SQL is kept, with where each mark
came to lie in it. A query without a shape goes the way of Django. `--compare` checks that both ask the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet, TextField, Value
from django.db.models.query import MAX_GET_RESULTS
from django.db.models.sql import UpdateQuery
from django.db.models.sql.constants import ROW_COUNT, SINGLE

from tests.simulation.shapes import LATER, Shape, Shapeless, build, shape_of, told
from tests.simulation.world import NOON

MARKS: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"\x01mark {number}",
    int: lambda number: 7_000_000_000 + number,
    datetime: lambda number: NOON + timedelta(days=9999, seconds=number),
}


class Plan:
    """A compiled query, and where its values belong. `marked`: the values that it was compiled with.
    `converters`: what makes of each value what the database gets. `rows`: what makes objects of its rows."""

    def __init__(
        self, compiler: Any, marked: list[Any], converters: list[Callable[[Any], Any]], rows: Any = None
    ) -> None:
        self.compiler, self.rows = compiler, rows
        self.sql, params = compiler.as_sql()
        places = {mark: place for place, mark in enumerate(marked)}
        self.places = [places.get(param) if isinstance(param, str | int) else None for param in params]
        if sorted(place for place in self.places if place is not None) != list(range(len(marked))):
            raise Shapeless
        self.params, self.converters = tuple(params), converters
        if select := getattr(compiler, "select", None):
            known = compiler.get_converters([expression for expression, *_ in select])
            compiler.get_converters = lambda expressions: known

    def ready(self, values: Sequence[Any]) -> Any:
        """The compiler, to be executed at once: another thread may make it ready for itself afterwards."""
        params = tuple(
            param if place is None else self.converters[place](values[place])
            for param, place in zip(self.params, self.places, strict=True)
        )
        self.compiler.as_sql = lambda *_, **__: (self.sql, params)
        return self.compiler


PLANS: dict[Shape, Plan | None] = {}


def plan_of(shape: Shape, make: Callable[[], Plan]) -> Plan | None:
    if shape not in PLANS:
        try:
            PLANS[shape] = make()
        except (Shapeless, EmptyResultSet):
            PLANS[shape] = None
    return PLANS[shape]


def marks(values: Sequence[Any]) -> list[Any]:
    return [MARKS[type(value)](number) for number, value in enumerate(values)]


def as_it_is(value: Any) -> Any:
    return value


def converters(values: Sequence[Any]) -> list[Callable[[Any], Any]]:
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt if isinstance(value, datetime) else as_it_is for value in values]


class Planned(QuerySet[Any]):
    """Notes the steps that lead to a query; it is built only where it must be."""

    _steps: tuple[Shape, ...] = ()
    _given: tuple[Any, ...] = ()

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or LATER, using, hints)

    @property
    def _query(self) -> Any:
        if self._made is LATER:
            built = build(self.model, self._steps, iter(self._given))
            self._made = built._query
            self._iterable_class, self._fields = built._iterable_class, built._fields
        return self._made

    @_query.setter
    def _query(self, query: Any) -> None:
        self._made = query

    def _noted(self, name: str, arguments: tuple[Shape, ...], by_name: Any = (), values: Any = ()) -> Planned:
        more = self._chain()
        more._steps = (*self._steps, (name, arguments, by_name))
        more._given = (*self._given, *values)
        return more

    def _chain(self) -> Any:
        if self._made is not LATER:
            return super()._chain()
        more = Planned(self.model, None, self._db, self._hints)
        more._steps, more._given = self._steps, self._given
        more._for_write = self._for_write
        more._prefetch_related_lookups = self._prefetch_related_lookups
        more._known_related_objects = self._known_related_objects
        return more

    def _next_is_sticky(self) -> Any:
        _ = self.query
        return super()._next_is_sticky()

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        return self._filtered("filter", args, kwargs)

    def exclude(self, *args: Any, **kwargs: Any) -> Any:
        return self._filtered("exclude", args, kwargs)

    def _filtered(self, name: str, args: Any, kwargs: Any) -> Any:
        if self._made is LATER:
            values: list[Any] = []
            try:
                arguments = tuple([shape_of(one, values) for one in args])
                by_name = tuple([(lookup, shape_of(one, values)) for lookup, one in kwargs.items()])
                return self._noted(name, arguments, by_name, values)
            except Shapeless:
                _ = self.query
        return getattr(super(), name)(*args, **kwargs)

    def annotate(self, *args: Any, **kwargs: Any) -> Any:
        if self._made is LATER and not kwargs:
            return self._noted("annotate", tuple(map(told, args)))
        return super().annotate(*args, **kwargs)

    def __getitem__(self, wanted: Any) -> Any:
        if self._made is LATER and self._result_cache is None and isinstance(wanted, slice):
            return self._noted("slice", (wanted.start, wanted.stop))
        return super().__getitem__(wanted)

    def _fetch_all(self) -> None:
        if self._result_cache is None and self._made is LATER:
            if plan := self._plan():
                asked = SimpleNamespace(
                    query=SimpleNamespace(get_compiler=lambda *_, **__: plan.ready(self._given)),
                    db="default",
                    model=self.model,
                    _known_related_objects=self._known_related_objects,
                )
                self._result_cache = list(plan.rows(asked))
            else:
                _ = self.query
        super()._fetch_all()

    def exists(self) -> bool:
        if self._made is LATER and self._result_cache is None and (plan := self._plan("exists")):
            return bool(plan.ready(self._given).execute_sql(SINGLE))
        return super().exists()

    def first(self) -> Any:
        if self._made is not LATER:
            return super().first()
        ordered = self.model._meta.ordering or any(name == "order_by" for name, *_ in self._steps)
        return next(iter((self if ordered else self.order_by("pk"))[:1]), None)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        if self._made is LATER:
            found = list(self.filter(*args, **kwargs).order_by()[:MAX_GET_RESULTS])
            if len(found) != 1:
                raise self.model.MultipleObjectsReturned if found else self.model.DoesNotExist
            return found[0]
        return super().get(*args, **kwargs)

    def _plan(self, use: str = "") -> Plan | None:
        """`use`: "exists" where only that is asked."""

        def make() -> Plan:
            marked = marks(self._given)
            template = build(self.model, self._steps, iter(marked))
            query = template.query.exists() if use else template.query
            convert = converters(self._given)
            lying = [one(mark) for one, mark in zip(convert, marked, strict=True)]
            return Plan(query.get_compiler("default"), lying, convert, template._iterable_class)

        return plan_of((use, self.model, self._steps), make)

    def update(self, **kwargs: Any) -> int:
        if self._made is not LATER:
            return super().update(**kwargs)
        fields = {name: self.model._meta.get_field(name) for name in kwargs}
        plain = [name for name, value in kwargs.items() if value is not None and not hasattr(value, "as_sql")]
        to = tuple(
            [(name, str if name in plain else value and told(value)) for name, value in kwargs.items()]
        )

        def make() -> Plan:
            marked = marks(["" for _ in plain] + list(self._given))
            new = dict(zip(plain, (Value(mark, TextField()) for mark in marked), strict=False))
            base = build(self.model, self._steps, iter(marked[len(plain) :]))
            query = base.query.chain(UpdateQuery)
            query.add_update_values({**kwargs, **new})
            query.clear_select_clause()
            prepare = [partial(fields[name].get_db_prep_save, connection=connection) for name in plain]
            convert = [as_it_is] * len(plain) + converters(self._given)
            lying = [one(mark) for one, mark in zip(convert, marked, strict=True)]
            return Plan(query.get_compiler("default"), lying, [*prepare, *convert[len(plain) :]])

        plan = plan_of(("update", self.model, self._steps, to), make)
        if plan is None:
            return super().update(**kwargs)
        compiler = plan.ready([*(kwargs[name] for name in plain), *self._given])
        with transaction.mark_for_rollback_on_error(using="default"):
            return compiler.execute_sql(ROW_COUNT)


def _noting(name: str) -> Callable[..., Any]:
    def step(self: Planned, *arguments: Any, **by_name: Any) -> Any:
        if self._made is LATER and all(isinstance(one, str) for one in arguments):
            return self._noted(name, arguments, tuple(by_name.items()))
        return getattr(QuerySet, name)(self, *arguments, **by_name)

    return step


NOTED = (
    "order_by",
    "values",
    "values_list",
    "distinct",
    "defer",
    "only",
    "select_related",
    "select_for_update",
)
for _name in NOTED:
    setattr(Planned, _name, _noting(_name))
