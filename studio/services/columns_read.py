"""Which columns of a table a node names, read from its params and scripts. Pure; parses, executes nothing.

A column that no node on a service's path names may be absent from a call, or hold anything. Where it is not
certain that a node leaves a column alone, the node counts as reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.selection import ColumnSelection
from studio.services.left import LeftValue
from studio.services.script_columns import columns_dropped, columns_of_script

PASSES = {"add-columns", "add-rows", "web-service-input", "web-service-output"}
"""Modules that name no column, and pass all of them on."""
SELECTS = {"select-columns-in-dataset": "select_columns"}
"""Modules that leave out all columns but those selected, and the param that says which."""
SCORES = {"score-model", "assign-data-to-clusters"}
APPLIES, SCRIPT = "apply-transformation", "execute-python-script"
TOGETHER = re.compile(r"\b(distinct|natural|union|except|intersect)\b", re.IGNORECASE)
"""Words of SQL by which a column counts that nobody names."""


def named_columns(
    spec: ModuleSpec, params: Params, port: str, table: LeftValue, others: Mapping[str, LeftValue]
) -> set[str]:
    """The columns of the table on this port that the node reads. `others`: what is constant on its other
    ports."""
    names = set(table.names)
    if spec.slug in PASSES:
        return set()
    if spec.slug in SELECTS:
        return _included(getattr(params, SELECTS[spec.slug])) & names
    if spec.slug in SCORES:
        return _features(others.values(), names)
    if spec.slug == APPLIES:
        return set(texts_in([value.learned for value in others.values()])) & names
    if spec.slug == "apply-sql-transformation":
        sql = str(getattr(params, "sql", ""))
        return (
            names if TOGETHER.search(sql) else {name for name in names if name.casefold() in sql.casefold()}
        )
    if spec.slug == SCRIPT:
        found = columns_of_script(str(getattr(params, "script", "")), names, _place(spec, port, others))
        return names if found is None else found
    chosen = _selected(spec, params, port, table)
    return names if chosen is None else chosen


def passed_columns(spec: ModuleSpec, params: Params, table: LeftValue) -> set[str]:
    """The columns that may go on to what is below the node."""
    if spec.slug == SCRIPT:
        return set(table.names) - columns_dropped(str(getattr(params, "script", "")), set(table.names))
    if spec.slug not in SELECTS:
        return set(table.names)
    try:
        return set(getattr(params, SELECTS[spec.slug]).names(table.empty()))
    except ModuleError:
        return set(table.names)


def _features(others: Iterable[LeftValue], names: set[str]) -> set[str]:
    """The features of a model; all columns where it does not tell them."""
    cards = [value.card for value in others if value.type == "model"]
    found: set[str] = set()
    for card in cards:
        features = {feature["name"] for feature in card.get("features") or ()}
        if not features:
            return names - {card.get("label")}
        steps = set(texts_in([step.get("params") for step in card.get("transform") or ()]))
        found |= features | (steps - {card.get("label")})
    return found & names


def _included(selection: ColumnSelection) -> set[str]:
    return {
        value for rule in selection.rules if rule.by == "names" and not rule.exclude for value in rule.values
    }


def _selected(spec: ModuleSpec, params: Params, port: str, table: LeftValue) -> set[str] | None:
    """The columns that params choose of this port; None where it has no such param, or cannot be told."""
    choosing = [param for param in spec.params if param.type == "columns" and param.of == port]
    if not choosing:
        return None
    found: set[str] = set()
    for param in choosing:
        selection = getattr(params, param.name, None)
        if isinstance(selection, ColumnSelection):
            try:
                found.update(selection.names(table.empty()))
            except ModuleError:
                return None
    return found


def _place(spec: ModuleSpec, port: str, others: Mapping[str, LeftValue]) -> int:
    """Which of a script's tables comes in by this port, from 0."""
    tables = [
        each.name
        for each in spec.inputs
        if each.type == "table" and (each.name == port or each.name in others)
    ]
    return tables.index(port)


def texts_in(data: Any) -> Iterator[str]:
    """Every text in plain data, keys included."""
    stack = [data]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            stack += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple)):
            stack += one


def params_of(spec: ModuleSpec, given: Mapping[str, Any]) -> Params | None:
    """The params of a node as its module reads them; None where they are wrong, which is said elsewhere."""
    try:
        return spec.read_params(given)
    except ValidationError:
        return None
