"""Add Rows

Puts the rows of the second table below those of the first.

Both tables need the same columns in the same order: as many of them, called alike, of types that
go together. Where types differ, integer and float give float, a category and text give text;
anything else is refused. A table without columns adds nothing.

>>> add_rows(Table.of(x=[1]), Table.of(x=[2.5])).results_dataset.arrow().to_pydict()
{'x': [1.0, 2.5]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import pyarrow as pa

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
    upper, lower = storable(one.data), storable(two.data)
    to = _common(one.type, upper, two.type, lower)
    if to is None:
        raise ModuleError(
            f"Column {one.name} is {one.type} in the first table and {two.type} in the second, which do not "
            "go together; Edit Metadata can change the type of either."
        )
    chunks = [*_as(upper, to).chunks, *_as(lower, to).chunks]
    data = pa.chunked_array(chunks, to)
    return Column(
        one.name,
        data.unify_dictionaries() if pa.types.is_dictionary(to) else data,
        pandas=one.pandas if one.pandas == two.pandas else None,
    )


def _as(data: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray:
    if data.null_count == len(data):
        return pa.chunked_array([pa.nulls(len(data), to)])
    return data if data.type == to else data.cast(to)


def _common(one: str, upper: pa.ChunkedArray, two: str, lower: pa.ChunkedArray) -> pa.DataType | None:
    """The type that takes the values of both; an empty column fits every other."""
    if upper.null_count == len(upper):
        return lower.type
    if lower.null_count == len(lower):
        return upper.type
    if {one, two} <= {"categorical", "string"} and one != two:
        return pa.large_string()
    if one != two and {one, two} != {"integer", "float"}:
        return None
    if upper.type == lower.type:
        return upper.type
    if one == "categorical":
        values = (
            pa.types.is_large_string(upper.type.value_type) and upper.type.value_type == lower.type.value_type
        )
        return pa.dictionary(pa.int32(), upper.type.value_type) if values else pa.large_string()
    if one == "datetime":
        zoned = {upper.type.tz, lower.type.tz}
        return None if None in zoned and len(zoned) > 1 else pa.timestamp(_finer(upper, lower), upper.type.tz)
    if one == "timedelta":
        return pa.duration(_finer(upper, lower))
    if {one, two} == {"integer"}:
        return pa.int64()
    return pa.float64()


def _finer(upper: pa.ChunkedArray, lower: pa.ChunkedArray) -> str:
    return max(upper.type.unit, lower.type.unit, key=("s", "ms", "us", "ns").index)
