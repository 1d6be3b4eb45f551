"""Add Rows

Puts the rows of the second table below those of the first.

Both tables need the same columns in the same order: as many of them, called alike, of types that
go together. Where types differ, integer and float give float, or integer where a whole number is too
long for a float and there is no fraction; a category and text give text; anything else is refused. No
value is rounded. A table without columns adds nothing.

>>> add_rows(Table.of(x=[1]), Table.of(x=[2.5])).results_dataset.arrow().to_pydict()
{'x': [1.0, 2.5]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import pyarrow as pa

from modules.data_transformation._together import Pair, as_numbers, as_times
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table


class AddedRows(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset1")]


@module(version=1, synonyms=("append", "union", "rbind", "concat"))
def add_rows(
    dataset1: Annotated[Table, port("Dataset1")], dataset2: Annotated[Table, port("Dataset2")]
) -> AddedRows:
    first, second = dataset1, dataset2
    if not first.columns or not second.columns:
        return AddedRows(first if first.columns else second)
    if len(first.columns) != len(second.columns):
        raise ModuleError(
            f"The tables have {len(first.columns)} and {len(second.columns)} columns; to add rows, both "
            "need the same ones. Select Columns in Dataset can even them out."
        )
    for position, (one, two) in enumerate(zip(first.names, second.names, strict=True), start=1):
        if one != two:
            raise ModuleError(
                f"Column {position} is called {one!r} in the first table and {two!r} in the second; "
                "Edit Metadata can rename it."
            )
    if not len(second):
        return AddedRows(first)
    columns = (_joined(one, two) for one, two in zip(first, second, strict=True))
    return AddedRows(Table.from_columns(columns, len(first) + len(second)))


def _joined(one: Column, two: Column) -> Column:
    upper, lower = _alike(one, two)
    data = pa.chunked_array([*upper.chunks, *lower.chunks], upper.type)
    return Column(
        one.name,
        data.unify_dictionaries() if pa.types.is_dictionary(data.type) else data,
        pandas=one.pandas if one.pandas == two.pandas else None,
    )


def _alike(one: Column, two: Column) -> Pair:
    """The values of both in one type; an empty column fits every other."""
    upper, lower = storable(one.data), storable(two.data)
    if upper.type == lower.type:
        return upper, lower
    if upper.null_count == len(upper):
        return pa.chunked_array([pa.nulls(len(upper), lower.type)]), lower
    if lower.null_count == len(lower):
        return upper, pa.chunked_array([pa.nulls(len(lower), upper.type)])
    kinds = {one.type, two.type}
    if kinds <= {"integer", "float"}:
        return as_numbers(one.name, upper, lower)
    if kinds in ({"datetime"}, {"timedelta"}) and _zones_fit(upper.type, lower.type):
        return as_times(one.name, upper, lower)
    if kinds <= {"categorical", "string"} and "categorical" in kinds:
        to = _of_categories(upper.type, lower.type)
        return upper.cast(to), lower.cast(to)
    raise ModuleError(
        f"Column {one.name} is {_called(one)} in the first table and {_called(two)} in the second, which do "
        "not go together; Edit Metadata can change the type of either."
    )


def _zones_fit(upper: pa.DataType, lower: pa.DataType) -> bool:
    return pa.types.is_duration(upper) or (upper.tz is None) == (lower.tz is None)


def _called(column: Column) -> str:
    if column.type != "datetime":
        return column.type
    zoned = getattr(column.data.type, "tz", None) is not None
    return "datetime with a time zone" if zoned else "datetime without a time zone"


def _of_categories(upper: pa.DataType, lower: pa.DataType) -> pa.DataType:
    """Categories of text stay categories; with plain text, or of other values, they become text."""
    both = pa.types.is_dictionary(upper) and pa.types.is_dictionary(lower)
    values = both and pa.types.is_large_string(upper.value_type) and upper.value_type == lower.value_type
    return pa.dictionary(pa.int32(), upper.value_type) if values else pa.large_string()
