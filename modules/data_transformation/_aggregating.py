"""Figures of groups of rows: exact where the type is exact, by DuckDB; what is one of the values is taken
from its row, so that it keeps its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import taken
from modules.data_transformation._duckdb import take_engine
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable

Op = Literal[
    "sum", "mean", "median", "min", "max", "count", "count_rows", "count_missing", "distinct", "first",
    "last", "list", "standard_deviation", "variance", "quantile",
]  # fmt: skip
OPS = {
    "sum": "Sum",
    "mean": "Mean",
    "median": "Median",
    "min": "Min",
    "max": "Max",
    "count": "Count",
    "count_rows": "Count rows",
    "count_missing": "Count missing",
    "distinct": "Count distinct",
    "first": "First",
    "last": "Last",
    "list": "List",
    "standard_deviation": "Standard deviation",
    "variance": "Variance",
    "quantile": "Quantile",
}
FIGURES = {
    "sum": "sum({v})",
    "mean": "avg({v})",
    "median": "median({v})",
    "count": "count({v})",
    "count_rows": "count(*)",
    "count_missing": "count(*) - count({v})",
    "distinct": "count(distinct {v})",
    "list": "string_agg({v}::varchar, ', ' order by n)",
    "standard_deviation": "stddev_samp({v}::double)",
    "variance": "var_samp({v}::double)",
    "quantile": "quantile_cont({v}, ?)",
}
ROWS = {
    "min": "arg_min(n, {v}) filter (where {v} is not null)",
    "max": "arg_max(n, {v}) filter (where {v} is not null)",
    "first": "min(n) filter (where {v} is not null)",
    "last": "max(n) filter (where {v} is not null)",
}
"""What is one of the values: the row that has it."""
OF_NUMBERS = {"sum", "mean", "median", "standard_deviation", "variance", "quantile"}
OF_SPANS = {"sum", "mean", "median", "quantile"}


def figure_name(op: str, column: str, share: float) -> str:
    """
    >>> figure_name("quantile", "x", 0.25)
    'Quantile 0.25(x)'
    """
    return f"Quantile {share:g}({column})" if op == "quantile" else f"{OPS[op]}({column})"


class Asked(NamedTuple):
    """A figure of a column; `share` of a quantile."""

    column: Column
    op: Op
    share: float = 0.5

    @property
    def called(self) -> str:
        return figure_name(self.op, self.column.name, self.share)


def aggregate(group: np.ndarray | None, asked: Sequence[Asked], param: str) -> list[Column]:
    """A column for each figure, with a row for each group; groups are numbered from 0, none is empty. None is
    the whole table: one row, even if it has none."""
    if not asked:
        return []
    rows = np.arange(len(asked[0].column.data))
    taking = [_taking(each, param) for each in asked]
    values = {f"v{at}": comparable(data) for at, data in enumerate(taking)}
    said = [ROWS.get(each.op) or FIGURES[each.op] for each in asked]
    figures = ", ".join(one.format(v=f"v{at}") + f" x{at}" for at, one in enumerate(said))
    groups = "" if group is None else "group by g order by g"
    given = [each.share for each in asked if each.op == "quantile"]
    with take_engine() as engine:
        engine.register("t", pa.table({"g": rows if group is None else group, "n": rows, **values}))
        found = engine.sql(f"select {figures} from t {groups}", params=given or None).to_arrow_table()  # noqa: S608  our own words
    empty = group is not None and not len(group)
    nothing = pa.chunked_array([pa.array([], pa.int64())])
    return [
        _figure(each, data.type, nothing if empty else found.column(at))
        for at, (each, data) in enumerate(zip(asked, taking, strict=True))
    ]


def _taking(asked: Asked, param: str) -> pa.ChunkedArray:
    """The values of which a figure is asked; ModuleError if it is not one of them."""
    column = asked.column
    data = storable(column.data)
    numeric = column.type in ("integer", "float", "boolean") or _is_span(asked)
    if asked.op not in OF_NUMBERS or numeric:
        return data
    if data.null_count < len(data):
        raise ModuleError(
            f"The {OPS[asked.op].lower()} needs numbers, but column {column.name} is {column.type}. "
            "Count, first, last, min and max take every type.",
            param=param,
        )
    return pa.chunked_array([pa.nulls(len(data), pa.float64())])


def _is_span(asked: Asked) -> bool:
    return asked.column.type == "timedelta" and asked.op in OF_SPANS


def _figure(asked: Asked, kind: pa.DataType, found: pa.ChunkedArray) -> Column:
    """What was found as the column that it is. `kind`: the type of the values."""
    if asked.op in ROWS:
        rows = found.fill_null(-1).cast(pa.int64()).to_numpy()
        return taken(asked.column, rows, always=True).renamed(asked.called)
    made = storable(found)
    if _is_span(asked):
        made = made.cast(pa.float64(), safe=False).cast(pa.int64(), safe=False).cast(kind)
    return Column(asked.called, made)


def comparable(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """As DuckDB compares and adds them: categories by their values, Booleans as 0 and 1, time spans as
    counts."""
    if pa.types.is_dictionary(data.type):
        return data.cast(data.type.value_type)
    if pa.types.is_boolean(data.type):
        return data.cast(pa.int8())
    return data.cast(pa.int64()) if pa.types.is_duration(data.type) else data
