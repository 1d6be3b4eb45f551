"""Columns of numbers replaced by weighted sums of them: what principal components and discriminants are."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.sdk.fits import Fitted
from modules.sdk.frames import unique_names
from modules.sdk.numbers import float_column, matrix, number_columns
from modules.sdk.values import Table


class Projection(Fitted):
    """Each of `directions` has a weight for each of `columns` and makes the column `name1`, `name2` …
    `kept`: the only other columns that stay, where they are there; None: all."""

    columns: list[str]
    center: list[float]
    directions: list[list[float]]
    name: str
    kept: list[str] | None = None


def project(table: Table, projection: Projection) -> Table:
    """The table with the weighted sums behind the columns that stay; missing where one of the values is."""
    chosen = number_columns(table, projection.columns)
    values = matrix(chosen, len(table)) - np.array(projection.center)
    directions = np.array(projection.directions).reshape(-1, len(chosen))
    sums = np.zeros((len(table), len(directions)))
    with np.errstate(invalid="ignore", over="ignore"):
        for place in range(len(chosen)):  # a matrix product would round a row by where it stands
            sums += values[:, place, None] * directions[:, place]
    made = [float_column(f"{projection.name}{n + 1}", sums[:, n]) for n in range(len(directions))]
    if projection.kept is None:
        gone = set(projection.columns)
        every = [*(column for column in table if column.name not in gone), *made]
    else:
        every = [*made, *(table.column(name) for name in projection.kept if table.has(name))]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def signed(directions: np.ndarray) -> np.ndarray:
    """The same directions (rows), each turned so that its largest weight is positive.

    >>> signed(np.array([[1.0, -2.0]])).tolist()
    [[-1.0, 2.0]]
    """
    largest = np.abs(directions).argmax(axis=1)
    return directions * np.where(directions[np.arange(len(directions)), largest] < 0, -1.0, 1.0)[:, None]


def one_thread() -> Any:
    """While this is open, sums are made in one order, so that every machine finds the same digits."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1, user_api="blas")
