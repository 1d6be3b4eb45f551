"""A column below another: their values in one type, or a sentence that names the column."""

from __future__ import annotations

import pyarrow as pa

from modules.data_transformation._together import Pair, as_numbers, as_times
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable


def stacked(one: Column, two: Column) -> Column:
    """The values of the first, then those of the second, under the first one's name."""
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
