"""A scored table as Evaluate Model reads it: which column is the label, which are the scores, and of what.

The columns tell it themselves by their roles. Where a script has dropped these, the params name the columns,
and what they are follows from classic's names and from their values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from modules.learning.features import TEXT, listed
from modules.learning.predictions import DEVIATION, LABELS, MEAN, PROBABILITIES
from modules.learning.roles import Role, is_label, score_role
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

OF_CLASS = re.compile(r'Scored Probabilities for Class "(.*)"', re.DOTALL)
OF_QUANTILE = re.compile(r"Scored Labels for Quantile ([0-9.eE+-]+)")
CLUSTERS = "Assignments"
DISTANCE = re.compile(r"DistancesToClusterCenter no\.(\d+)")


@dataclass(frozen=True)
class Scored:
    """`labels`: the column of predicted labels or numbers. `probabilities`: by the class that they are of;
    `quantiles`: by their share."""

    task: str
    label: Column
    labels: Column | None = None
    probabilities: dict[str, Column] = field(default_factory=dict)
    deviation: Column | None = None
    quantiles: dict[float, Column] = field(default_factory=dict)


def read_scored(table: Table, label: str | None, chosen: Sequence[str] | None) -> Scored:
    """What is to be compared; ModuleError where the table does not tell it and nobody has."""
    columns = [table.column(name) for name in chosen] if chosen else list(table)
    roles = [(column, role) for column in columns if (role := score_role(column)) is not None]
    if not roles:
        roles = _by_name(columns) or _by_value(columns if chosen else [])
    if not roles:
        raise ModuleError(
            "There is no score column in the table. Connect the output of Score Model, or choose the "
            "columns that "
            "hold scores.",
            param="scored_columns",
        )
    found = _label(table, label, [column.name for column, _ in roles])
    task = _task([role for _, role in roles], found, [column for column, _ in roles])
    return Scored(
        task,
        found,
        next((c for c, r in roles if r.part in ("label", "mean")), None),
        {role.detail: column for column, role in roles if role.part == "probability"},
        next((c for c, r in roles if r.part == "deviation"), None),
        {float(role.detail): column for column, role in roles if role.part == "quantile"},
    )


def _label(table: Table, label: str | None, scores: Sequence[str]) -> Column:
    if label:
        return table.column(label)
    marked = [column for column in table if is_label(column)]
    if marked:
        return marked[-1]
    raise ModuleError(
        "Evaluate Model cannot tell which column has the true labels. Choose it: "
        f"{listed([name for name in table.names if name not in scores])}.",
        param="label_column",
    )


def _by_name(columns: Sequence[Column]) -> list[tuple[Column, Role]]:
    """Roles by the names that Score Model gives. The task is found later."""
    found = []
    for column in columns:
        if column.name == LABELS:
            found.append((column, Role("", "label")))
        elif column.name == PROBABILITIES:
            found.append((column, Role("two-class", "probability")))
        elif column.name == MEAN:
            found.append((column, Role("regression", "mean")))
        elif column.name == DEVIATION:
            found.append((column, Role("regression", "deviation")))
        elif match := OF_CLASS.fullmatch(column.name):
            found.append((column, Role("multiclass", "probability", match[1])))
        elif match := OF_QUANTILE.fullmatch(column.name):
            found.append((column, Role("quantile", "quantile", match[1])))
    return found if any(role.part != "deviation" for _, role in found) else []


def _by_value(columns: Sequence[Column]) -> list[tuple[Column, Role]]:
    """Of columns that somebody chose: the first of labels or numbers, then a probability."""
    found: list[tuple[Column, Role]] = []
    for column in columns:
        taken = {role.part for _, role in found}
        if "label" not in taken:
            found.append((column, Role("", "label")))
        elif "probability" not in taken and column.type == "float":
            found.append((column, Role("two-class", "probability")))
    return found


def _task(roles: Sequence[Role], label: Column, columns: Sequence[Column]) -> str:
    said = {role.task for role in roles} - {""}
    for task in ("quantile", "multiclass", "two-class", "ordinal", "regression", "anomaly", "clustering"):
        if task in said:
            return task
    kinds = {uncategorical(label).type, *(uncategorical(column).type for column in columns)}
    if kinds & {*TEXT, "boolean"} or label.type in TEXT:
        return "classes"
    return "regression"
