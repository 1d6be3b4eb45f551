"""Convert to Indicator Values

Makes a column of 0 and 1 for each level of columns of categories.

**Categorical columns to convert**: all columns of categories by default. Columns of text, integers and
Booleans are taken too, where they are chosen. The level `red` of `color` gives the column `color-red`, which
is 1 in the rows that have it; if values are missing, `color-Missing` is 1 in those rows. The new columns
stand behind all others, in the order of the levels: of categories their own, else sorted.

**Overwrite categorical columns** leaves out the columns that were converted.

*Transformation* makes the same columns in another table, whatever levels occur there. A level that it does
not know sets no indicator, and the log counts such values.

>>> params = IndicatorParams(categorical_columns_to_convert=ColumnSelection.of("x"))
>>> convert_to_indicator_values(Table.of(x=["b", "a"]), params).results_dataset.arrow().to_pydict()
{'x': ['b', 'a'], 'x-a': [0, 1], 'x-b': [1, 0]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.fits import Fits, Fitted
from modules.sdk.frames import unique_names
from modules.sdk.levels import ALL_CATEGORIES, discrete_columns, level_numbers, levels_of
from modules.sdk.params import Params, columns, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform
from modules.sdk.width import check_width


class IndicatorParams(Params):
    categorical_columns_to_convert: ColumnSelection = columns(
        ALL_CATEGORIES, "Categorical columns to convert", of="dataset"
    )
    overwrite_categorical_columns: bool = toggle(
        False, "Overwrite categorical columns", "Leaves out the columns that were converted."
    )


class Levels(Fitted):
    """`missing`: whether there is an indicator of missing values, too."""

    column: str
    levels: list[str]
    missing: bool


class Indicators(Fitted):
    overwrite: bool
    columns: list[Levels]


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
    transformation: Annotated[Transform, port("Transformation")]


def _fit(table: Table, params: IndicatorParams) -> Indicators:
    chosen = discrete_columns(table, params.categorical_columns_to_convert.names(table))
    found = [
        Levels(column=column.name, levels=levels_of(column), missing=bool(column.data.null_count))
        for column in chosen
    ]
    check_width(len(table.columns) + sum(len(one.levels) + one.missing for one in found))
    return Indicators(overwrite=params.overwrite_categorical_columns, columns=found)


def _apply(table: Table, indicators: Indicators) -> Table:
    chosen = discrete_columns(table, [one.column for one in indicators.columns])
    made = [
        new for column, one in zip(chosen, indicators.columns, strict=True) for new in _columns(column, one)
    ]
    gone = {one.column for one in indicators.columns} if indicators.overwrite else set()
    every = [*(column for column in table if column.name not in gone), *made]
    names = unique_names(column.name for column in every)
    return Table.from_columns(
        (column.renamed(name) for column, name in zip(every, names, strict=True)), len(table)
    )


def _columns(column: Column, one: Levels) -> list[Column]:
    places = level_numbers(column, one.levels)
    unknown = int((places == -2).sum())
    if unknown:
        print(f"warning: {column.name}: {unknown:,} values are levels that were not there to learn from")
    labels = [*enumerate(one.levels), *([(-1, "Missing")] if one.missing else [])]
    return [
        Column(f"{column.name}-{level}", pa.chunked_array([pa.array((places == place).astype(np.int8))]))
        for place, level in labels
    ]


@module(
    version=1,
    synonyms=("one-hot", "dummy variables", "get_dummies", "encode"),
    fits=Fits(Indicators, _fit, _apply, learns=lambda params: False),
)
def convert_to_indicator_values(
    dataset: Annotated[Table, port("Dataset")],
    params: IndicatorParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Converted:
    return Converted(*fit_module(convert_to_indicator_values, dataset, params, transformation))
