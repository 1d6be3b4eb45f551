"""Replace Discrete Values

Replaces a column of few different values by numbers that it says about another column.

**Discrete columns** and **Replacement columns** make pairs, the first with the first and so on; one
replacement column serves all. Let x be the discrete column and y the other one.

- If y holds numbers, x gives way to `Mean(y | x)` and `Std-Dev(y | x)`: the mean and the standard deviation
  (of a sample) of y in the rows that have the same x.
- Otherwise x gives way to `P(y | x)`: the share that the row's y has among the rows that have the same x.

Rows in which x or y is missing are left out of what is learned. Where x is missing, or a value that was not
learned, the new numbers are missing; the standard deviation also if there was one row. *Transform function*
does the same to other rows, with the numbers found here. They come from y, so rows that are tested later must
not be among those that are learned from.

>>> params = ReplaceParams(discrete_columns=["x"], replacement_columns=["y"])
>>> done = replace_discrete_values(Table.of(x=["a", "a", "b"], y=[1.0, 3.0, 9.0]), params)
>>> done = done.supplemented_dataset
>>> done.column("Mean(y | x)").data.to_pylist(), done.column("y").data.to_pylist()
([2.0, 2.0, 9.0], [1.0, 3.0, 9.0])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits, Fitted, needed
from modules.sdk.frames import unique_names
from modules.sdk.levels import discrete_columns, level_numbers, levels_of
from modules.sdk.numbers import float_column, numbers
from modules.sdk.params import Params, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

NUMBERS = ("integer", "float")


class ReplaceParams(Params):
    discrete_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Discrete columns", of="dataset", required=True
    )
    replacement_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Replacement columns", of="dataset", required=True
    )


class Pair(Fitted):
    """By level of x: mean and deviation of y (None: there is none), or the share of each level of y."""

    x: str
    y: str
    levels: list[str]
    means: list[float | None] = []
    deviations: list[float | None] = []
    y_levels: list[str] = []
    shares: list[list[float]] = []


class Replacement(Fitted):
    pairs: list[Pair]


class Replaced(NamedTuple):
    supplemented_dataset: Annotated[Table, port("Supplemented dataset")]
    transform_function: Annotated[Transform, port("Transform function")]


def _fit(table: Table, params: ReplaceParams) -> Replacement:
    discrete = discrete_columns(table, params.discrete_columns.names(table))
    others = needed(table, params.replacement_columns.names(table))
    if not discrete or len(others) not in (1, len(discrete)):
        raise ModuleError(
            f"{len(discrete)} discrete and {len(others)} replacement columns make no pairs. Choose as "
            "many of one as of the other, or one replacement column.",
            param="replacement_columns",
        )
    others = others * len(discrete) if len(others) == 1 else others
    return Replacement(pairs=[_pair(x, y) for x, y in zip(discrete, others, strict=True)])


def _pair(x: Column, y: Column) -> Pair:
    levels = levels_of(x)
    of_x = level_numbers(x, levels)
    if y.type in NUMBERS:
        values = numbers(y)
        there = (of_x >= 0) & np.isfinite(values)
        of_x, values = of_x[there], values[there]
        counts = np.bincount(of_x, minlength=len(levels))
        means = np.bincount(of_x, values, len(levels)) / np.maximum(counts, 1)
        squares = np.bincount(of_x, (values - means[of_x]) ** 2, len(levels)) if len(levels) else means
        deviations = np.sqrt(squares / np.maximum(counts - 1, 1))
        return Pair(
            x=x.name, y=y.name, levels=levels, means=_told(means, counts > 0),
            deviations=_told(deviations, counts > 1),
        )  # fmt: skip
    (y,) = discrete_columns(Table.from_columns([y], len(y.data)), [y.name])
    y_levels = levels_of(y)
    of_y = level_numbers(y, y_levels)
    there = (of_x >= 0) & (of_y >= 0)
    table = np.zeros((len(levels), len(y_levels)))
    np.add.at(table, (of_x[there], of_y[there]), 1)
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    return Pair(x=x.name, y=y.name, levels=levels, y_levels=y_levels, shares=shares.tolist())


def _told(values: np.ndarray, known: np.ndarray) -> list[float | None]:
    return [float(value) if there else None for value, there in zip(values, known, strict=True)]


def _apply(table: Table, replacement: Replacement) -> Table:
    made: dict[str, list[Column]] = {}
    for pair in replacement.pairs:
        (x,) = discrete_columns(table, [pair.x])
        made.setdefault(pair.x, []).extend(_columns(table, x, pair))
    every = [new for column in table for new in made.get(column.name, [column])]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def _columns(table: Table, x: Column, pair: Pair) -> list[Column]:
    of_x = level_numbers(x, pair.levels)
    if unknown := int((of_x == -2).sum()):
        print(
            f"warning: {x.name}: {unknown:,} values were not there to learn from; their numbers are missing"
        )
    of_x = np.maximum(of_x, -1)  # the last of each list below is what an unknown level gets
    if not pair.y_levels:
        return [
            float_column(f"{what}({pair.y} | {pair.x})", np.array([*values, None], float)[of_x])
            for what, values in (("Mean", pair.means), ("Std-Dev", pair.deviations))
        ]
    (y,) = needed(table, [pair.y])
    of_y = np.maximum(level_numbers(y, pair.y_levels), -1)
    shares = np.full((len(pair.levels) + 1, len(pair.y_levels) + 1), np.nan)
    shares[:-1, :-1] = np.array(pair.shares).reshape(len(pair.levels), len(pair.y_levels))
    return [float_column(f"P({pair.y} | {pair.x})", shares[of_x, of_y])]


@module(
    version=1,
    synonyms=("target encoding", "mean encoding", "conditional probability"),
    fits=Fits(Replacement, _fit, _apply),
)
def replace_discrete_values(
    dataset: Annotated[Table, port("Dataset")],
    params: ReplaceParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Replaced:
    return Replaced(*fit_module(replace_discrete_values, dataset, params, transformation))
