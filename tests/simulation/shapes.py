"""The shape of a query: what is left of it without its values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import Model, Q, QuerySet

Shape = Any
"""Hashable: names, constants and kinds of values."""

KINDS = str, int, datetime
"""Values that may stand in another query of the same shape."""

LATER: Any = SimpleNamespace(values_select=())
"""In place of a query that is not built yet."""


class Shapeless(Exception):
    """A query that is built each time."""


EXPRESSIONS: dict[str, Any] = {}
"""By what each is told as."""


def told(expression: Any) -> str:
    text = repr(expression)
    EXPRESSIONS.setdefault(text, expression)
    return text


def shape_of(value: Any, values: list[Any]) -> Shape:
    """What is left of a filter's value without the values in it, which are added to `values`."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Model):
        value = value.pk
    if isinstance(value, str):
        values.append(str(value))
        return str
    if type(value) in KINDS:
        values.append(value)
        return type(value)
    if getattr(value, "_made", None) is LATER:
        values += value._given
        return "query", value.model, value._steps
    if isinstance(value, Q):
        return "Q", value.connector, value.negated, tuple(_child(child, values) for child in value.children)
    if isinstance(value, list | tuple | set) and value:
        return "list", tuple(shape_of(one, values) for one in value)
    raise Shapeless


def _child(child: Any, values: list[Any]) -> Shape:
    if isinstance(child, Q):
        return shape_of(child, values)
    if isinstance(child, tuple):
        return child[0], shape_of(child[1], values)
    raise Shapeless


def filled(shape: Shape, values: Iterator[Any]) -> Any:
    """The reverse of `shape_of`."""
    if isinstance(shape, type):
        return next(values)
    if not isinstance(shape, tuple):
        return shape
    kind, *parts = shape
    if kind == "query":
        return build(*parts, values)
    if kind == "list":
        return [filled(one, values) for one in parts[0]]
    connector, negated, children = parts
    made = [
        filled(child, values) if child[0] == "Q" else (child[0], filled(child[1], values))
        for child in children
    ]
    return Q(*made, _connector=connector, _negated=negated)


def build(model: Any, steps: tuple[Shape, ...], values: Iterator[Any]) -> QuerySet[Any]:
    """The query as Django has it."""
    made: Any = QuerySet(model)
    for name, arguments, by_name in steps:
        if name in ("filter", "exclude"):
            made = getattr(made, name)(
                *[filled(one, values) for one in arguments],
                **{lookup: filled(one, values) for lookup, one in by_name},
            )
        elif name == "slice":
            made = made[slice(*arguments)]
        elif name == "annotate":
            made = made.annotate(*map(EXPRESSIONS.get, arguments))
        else:
            made = getattr(made, name)(*arguments, **dict(by_name))
    return made
