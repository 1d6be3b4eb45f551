"""Figures of groups of rows: exact where the type is exact, by DuckDB; what is one of the values is taken
from its row, so that it keeps its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import duckdb
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
    "sum": "sum(v)",
    "mean": "avg(v)",
    "median": "median(v)",
    "count": "count(v)",
    "count_rows": "count(*)",
    "count_missing": "count(*) - count(v)",
    "distinct": "count(distinct v)",
    "list": "string_agg(v::varchar, ', ' order by n)",
    "standard_deviation": "stddev_samp(v::double)",
    "variance": "var_samp(v::double)",
    "quantile": "quantile_cont(v, ?)",
}
ROWS = {
    "min": "arg_min(n, v) filter (where v is not null)",
    "max": "arg_max(n, v) filter (where v is not null)",
    "first": "min(n) filter (where v is not null)",
    "last": "max(n) filter (where v is not null)",
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
    with take_engine() as engine:
        return [_figure(engine, group, each, param) for each in asked]


def _figure(engine: duckdb.DuckDBPyConnection, group: np.ndarray | None, asked: Asked, param: str) -> Column:
    column = asked.column
    data = storable(column.data)
    spans = column.type == "timedelta"
    numeric = column.type in ("integer", "float", "boolean") or (spans and asked.op in OF_SPANS)
    if asked.op in OF_NUMBERS and not numeric:
        if data.null_count < len(data):
            raise ModuleError(
                f"The {OPS[asked.op].lower()} needs numbers, but column {column.name} is {column.type}. "
                "Count, first, last, min and max take every type.",
                param=param,
            )
        data = pa.chunked_array([pa.nulls(len(data), pa.float64())])
    rows = np.arange(len(data))
    engine.register("t", pa.table({"g": rows if group is None else group, "n": rows, "v": comparable(data)}))
    groups = "" if group is None else "group by g order by g"
    sql = f"select {ROWS.get(asked.op) or FIGURES[asked.op]} x from t {groups}"  # noqa: S608  our own words
    relation = engine.sql(sql, params=[asked.share] if asked.op == "quantile" else None)
    found = (
        relation.to_arrow_table().column("x")
        if group is None or len(group)
        else pa.chunked_array([pa.array([], pa.int64())])
    )
    if asked.op in ROWS:
        rows = found.fill_null(-1).cast(pa.int64()).to_numpy()
        return taken(column, rows, always=True).renamed(asked.called)
    made = storable(found)
    if spans and asked.op in OF_SPANS:
        made = made.cast(pa.float64(), safe=False).cast(pa.int64(), safe=False).cast(data.type)
    return Column(asked.called, made)


def comparable(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """As DuckDB compares and adds them: categories by their values, Booleans as 0 and 1, time spans as
    counts."""
    if pa.types.is_dictionary(data.type):
        return data.cast(data.type.value_type)
    if pa.types.is_boolean(data.type):
        return data.cast(pa.int8())
    return data.cast(pa.int64()) if pa.types.is_duration(data.type) else data
