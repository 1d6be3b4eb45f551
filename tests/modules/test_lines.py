"""The line of SQL or pandas that a module shows, executed, gives what the module gives: which is the module
against an independent computation, in the corners too."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.data_transformation.apply_sql_transformation import SqlParams, apply_sql_transformation
from modules.registry import catalog, find
from modules.sdk.declare import ModuleSpec
from modules.sdk.line import Line, line_of
from modules.sdk.values import Table
from tests.modules.tables import rows as rows_of

LONG = 2**60 + 1
ODD = 'a "b", ü'
DAY = dt.datetime(2024, 2, 28, 12)
COLUMNS: dict[str, Any] = {
    "day": pa.array([3, 1, 2, 6, 5, 4]),
    "g": pa.array(["x", "y", None, "x", "y", "x"], pa.large_string()),
    "n": pa.array([2, None, 7, 2, 0, -1]),
    "f": pa.array([0.5, None, -3.25, 1e9, 0.0, 4.5]),
    ODD: pa.array([LONG, LONG + 1, 5, LONG, 6, LONG]),
    "t": pa.array(["a, b", "B,c,d", None, "", " ü's ,x", 'q"r'], pa.large_string()),
    "d": pa.array([DAY + dt.timedelta(days=30 * n, seconds=n) if n != 2 else None for n in range(6)]),
    "z": pa.array([DAY + dt.timedelta(days=60 * n) if n != 1 else None for n in range(6)]).cast(
        pa.timestamp("us", "UTC")
    ).cast(pa.timestamp("us", "Europe/Berlin")),
    "c": pa.array(["u", None, "v", "u", "w", "v"]).dictionary_encode(),
    "b": pa.array([True, None, False, True, False, True]),
    "s": pa.array(["31.1.2020", "1.12.2021", None, "05.06.2022", "9.9.1999", "1.1.1900"], pa.large_string()),
}  # fmt: skip
WHOLE = pa.table(COLUMNS)
SECOND = pa.table({
    "n": pa.array([2, 7, 2, None, 9]), "g": pa.array(["X", "y", None, "zz", "x"], pa.large_string()),
    ODD: pa.array([LONG, 5, LONG + 2, None, LONG + 1]), "w": pa.array([1.5, 2.5, None, 4.0, 5.0]),
})  # fmt: skip
TABLES = {
    "rows": WHOLE,
    "no rows": WHOLE.slice(0, 0),
    "one row": WHOLE.slice(0, 1),
    "all missing": pa.table({n: pa.nulls(3, c.type) if n != "day" else c[:3] for n, c in COLUMNS.items()}),
}
JOINS = ("inner", "left_outer", "full_outer", "left_semi")
ON = {"join_key_columns_for_l": ["n"], "join_key_columns_for_r": ["n"]}
AGGREGATIONS = ["sum", "mean", "median", "min", "max", "count", "count_rows", "count_missing", "distinct",
                "standard_deviation", "variance", "quantile", "first", "last"]  # fmt: skip


def where(*conditions: dict[str, Any], **params: Any) -> tuple[str, dict[str, Any]]:
    return "filter-rows", {"conditions": conditions, **params}


def formula(text: str) -> tuple[str, dict[str, Any]]:
    return "formula-column", {"name": "r", "formula": text}


def windows(*functions: str, **params: Any) -> tuple[str, dict[str, Any]]:
    asked = [{"function": name, "column": "f", "rows": 2, "name": name} for name in functions]
    return "window-functions", {"functions": asked, "order_by": [{"column": "day"}], **params}


def math_of(category: str, param: str, function: str, **params: Any) -> tuple[str, dict[str, Any]]:
    return "apply-math-operation", {"category": category, param: function, "column_set": ["n", "f"], **params}


CASES: list[tuple[str, dict[str, Any]]] = [
    where({"column": "n", "op": "greater", "value": "1"}),
    where({"column": "n", "op": "at_most", "value": "2.5"}, keep="others"),
    where({"column": ODD, "op": "is", "value": str(LONG)}),
    where({"column": ODD, "op": "is_not", "value": str(LONG)}, {"column": "n", "op": "present"}),
    where({"column": "g", "op": "is_not", "value": "x"}, {"joined_by": "or", "column": "t", "op": "missing"}),
    where({"column": "g", "op": "in_list", "value": "x, z"}),
    where({"column": "t", "op": "contains", "value": "'s"}),
    where({"column": "t", "op": "starts_with", "value": "B"}),
    where({"column": "t", "op": "ends_with", "value": 'q"r'}),
    where({"column": "t", "op": "matches", "value": r"^\w,"}),
    where({"column": "c", "op": "is", "value": "gone"}),
    where({"column": "c", "op": "contains", "value": "u"}),
    where({"column": "b", "op": "is", "value": "true"}),
    where({"column": "d", "op": "between", "value": "2024-03-01", "upper": "2024-06-30 12:00"}),
    where({"column": "d", "op": "in_last_days", "value": "40"}),
    where({"column": "z", "op": "in_last_days", "value": "90"}),
    ("sort", {"keys": [{"column": "g"}, {"column": "n", "order": "descending"}]}),
    ("sort", {"keys": [{"column": ODD}, {"column": "d"}], "missing_values": "first"}),
    ("sort", {"keys": [{"column": "z", "order": "descending"}]}),
    ("top-n", {"number_of_rows": 2, "keys": [{"column": "f", "order": "descending"}]}),
    ("top-n", {"number_of_rows": 1, "group_by": ["g"], "keys": [{"column": "n"}]}),
    ("top-n", {"number_of_rows": 3}),
    ("sample", {"share": 0.5, "random_seed": 7}),
    ("sample", {"size": "rows", "number_of_rows": 4}),
    ("sample", {"size": "rows", "number_of_rows": 9, "with_replacement": True}),
    ("partition-and-sample", {"partition_or_sample_mode": "head", "number_of_rows_to_select": 2}),
    ("partition-and-sample", {"rate_of_sampling": 0.4}),
    ("partition-and-sample", {"partition_or_sample_mode": "assign_to_folds"}),
    ("partition-and-sample", {"partition_or_sample_mode": "assign_to_folds", "randomized_split": False}),
    ("row-number", {"name": ODD, "first_number": 5}),
    ("row-number", {"group_by": ["g", "b"]}),
    ("fill-down", {"columns": ["n", "t", "d"]}),
    ("fill-down", {"columns": ["f", "z", "c"], "direction": "up", "group_by": ["g"], "at_most": 1}),
    ("expectations", {"rules": [{"column": "n", "expects": "at_least", "value": "0"}]}),
    ("expectations", {"rules": [{"column": ODD, "expects": "unique"}, {"column": "t"}]}),
    *(formula(text) for text in (
        "n * 2 + day", "f / n", "n % 2", "-n ^ 2", f"[{ODD}] + 1", "g & '/' & n", "if(n > 1, 'big', 'small')",
        "coalesce(n, day)", "round(f, 1)", "round(f)", "floor(f)", "ceil(f)", "abs(n)", "sqrt(f)", "exp(n)",
        "power(day, 2)", "min(n, day)", "max(n, day)", "upper(g)", "lower(t)", "length(t)", "left(t, 2)",
        "right(t, 2)", "mid(t, 2, 2)", "replace(t, ',', ';')", "contains(t, ',')", "starts_with(t, 'a')",
        "ends_with(t, 'x')", "matches(t, '^a')", "year(d)", "month(d)", "day(d)", "hour(d)", "weekday(d)",
        "minute(d)", "d + 1.5", "d - d", "days_between(d, date('2024-01-01'))", "d > '2024-03-30'",
        "n > 1 and not (f < 0)", "is_missing(n) or b", "text(n)", "number('1.5') * n", "mod(day, 4)", "n = 2",
    )),
    *(math_of("basic", "basic_math_function", name) for name in ("abs", "sqrt", "exp", "cube_root", "ln")),
    *(math_of("operations", "arithmetic_operation", name, constant_operation_argument=2.5)
      for name in ("add", "subtract", "multiply", "divide")),
    math_of("operations", "arithmetic_operation", "add", operation_argument_type="column_set",
            operation_argument=["day"], output_mode="inplace"),
    math_of("compare", "comparison_function", "pair_max", value_to_compare=1),
    math_of("trigonometric", "trigonometric_function", "sin", output_mode="result_only"),
    ("rename-by-pattern", {"pattern": r"^(\w)$", "replacement": r"col \1"}),
    ("rename-by-pattern", {"pattern": '"', "regular_expression": False, "columns": [ODD], "case": "upper"}),
    ("parse-dates", {"columns": ["s"], "order": "day_first"}),
    ("parse-dates", {"columns": ["s"], "format": "%d.%m.%Y", "time_zone": "Europe/Berlin"}),
    ("parse-dates", {"columns": ["s", "t"], "format": "%d.%m.%Y", "what_is_no_date": "missing"}),
    *(("date-parts", {"column": column, "parts": [{"part": part} for part in (
        "year", "quarter", "month", "month_name", "week", "day", "weekday", "weekday_name", "day_of_year",
        "hour", "minute", "second", "date_only")]}) for column in ("d", "z")),
    ("split-text", {"column": "t", "at_most": 2}),
    ("split-text", {"column": "t"}),
    ("split-text", {"column": "t", "into": "rows"}),
    ("split-text", {"column": "t", "into": "rows", "trim_parts": False}),
    ("extract-by-pattern", {"column": "t", "pattern": r"(?P<first>\w), ?(\w)"}),
    ("extract-by-pattern", {"column": "t", "pattern": r"\w$"}),
    ("map-values", {"column": "g", "values": [{"old": "x", "new": "it's"}, {"old": "", "new": "none"}]}),
    ("map-values", {"column": "n", "values": [{"old": "2", "new": "20"}], "new_column": "m"}),
    ("map-values", {"column": "n", "values": [{"old": "2", "new": "two"}]}),
    ("map-values", {"column": "g", "values": [{"old": "x", "new": "y"}], "other_values": "missing"}),
    *(("group-and-aggregate", {"group_by": ["g"], "aggregations": [
        {"column": column, "op": op, "share": 0.25} for op in AGGREGATIONS]}) for column in ("n", "f")),
    ("group-and-aggregate", {"group_by": [ODD, "c"], "aggregations": [{"column": ODD, "op": "max"}]}),
    ("group-and-aggregate", {"aggregations": [{"column": "b", "op": "sum"}, {"column": "z", "op": "max"}]}),
    ("group-and-aggregate", {"group_by": ["g"], "aggregations": [{"column": ODD}], "add_totals": True}),
    ("pivot", {"rows": ["b"], "names_from": "g", "values_from": "f", "figure": "mean"}),
    ("pivot", {"rows": ["g"], "names_from": "n", "values_from": ODD, "figure": "max"}),
    ("unpivot", {"columns": ["n", "day", ODD]}),
    ("unpivot", {"columns": ["t", "g"], "leave_out_missing_values": True, "name_column": "from"}),
    windows("running_sum", "running_count", "running_mean", "running_min", "running_max", "moving_mean"),
    windows("previous", "next", "difference", "change", "rank", "dense_rank", "share_of_total", "total",
            "group_mean", group_by=["g"]),
    windows("rank", "dense_rank", order_by=[{"column": "g", "order": "descending"}]),
    ("union-of-many", {"source_column": "from"}),
    ("cross-join", {}),
    *(("join-data", {**ON, "join_type": kind}) for kind in JOINS),
    ("join-data", {**ON, "keep_right_key_columns": False, "join_type": "left_outer"}),
    ("join-data", {"join_key_columns_for_l": ["g"], "join_key_columns_for_r": ["g"], "match_case": False}),
    ("join-data", {"join_key_columns_for_l": [ODD], "join_key_columns_for_r": [ODD]}),
    ("as-of-join", {"left_time": "day", "right_time": "w"}),
    ("as-of-join", {"left_time": "n", "right_time": "w", "match": "first"}),
    ("fuzzy-join", {"left_columns": ["g"], "right_columns": ["g"]}),
    ("fuzzy-join", {"left_columns": ["t"], "right_columns": ["g"], "measure": "levenshtein", "at_least": 0.5,
                    "partners": "all", "keep_left_rows": False}),
]  # fmt: skip


NONE_KNOWN = ("split-text", {"column": "t"}, "no rows")
"""pandas makes as many columns as the longest value has parts, and there is none."""
TRIED = [
    pytest.param(slug, params, kind, id=f"{slug} {at} {kind}")
    for at, (slug, params) in enumerate(CASES)
    for kind in TABLES
    if (slug, params, kind) != NONE_KNOWN
]


def spec_of(slug: str) -> ModuleSpec:
    spec = find(slug)
    assert spec
    return spec


def inputs_of(spec: ModuleSpec, kind: str) -> dict[str, Table]:
    ports = [port.name for port in spec.inputs if not port.optional]
    ports += ["dataset2"] if spec.slug == "union-of-many" else []
    first = TABLES[kind]
    second = SECOND if kind == "rows" else first.select(SECOND.column_names[:-1])
    if len(ports) > 1 and kind != "rows":
        second = second.append_column("w", pa.nulls(len(second), pa.float64()))
    return {port: Table.from_arrow(table) for port, table in zip(ports, (first, second), strict=False)}


def said(spec: ModuleSpec, params: dict[str, Any], tables: dict[str, Table]) -> Line:
    known = {port: {column.name: column.type for column in table} for port, table in tables.items()}
    assert spec.line
    line = line_of(spec.line, spec.read_params(params), known)
    assert isinstance(line, Line), line
    assert "\n" not in line.text
    return line


def executed(line: Line, tables: dict[str, Table]) -> Table:
    given = list(tables.values())
    if line.language == "sql":
        params = SqlParams(sql=line.text, engine="duckdb")
        return apply_sql_transformation(*given, params=params).results_dataset
    frames = {f"dataframe{at}": table.frame() for at, table in enumerate(given, start=1)}
    with np.errstate(all="ignore"):
        made = eval(line.text, {"pd": pd, "np": np, "re": re, **frames})
    return Table.from_frame(made, like=given)


def plain(value: Any) -> Any:
    """A value that can be compared and sorted, whatever kept it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return float(f"{value:.10g}") if isinstance(value, float) and not value.is_integer() else int(value)
    return pd.Timestamp(value).tz_convert("UTC") if getattr(value, "tzinfo", None) else value


def seen(table: Table, *, in_order: bool) -> tuple[set[str], list[Any]]:
    names = sorted(table.names)
    rows = [repr([plain(row[name]) for name in names]) for row in rows_of(table)]
    return set(names), rows if in_order else sorted(rows)


@pytest.mark.parametrize(("slug", "params", "kind"), TRIED)
def test_the_line_gives_what_the_module_gives(slug: str, params: dict[str, Any], kind: str) -> None:
    spec = spec_of(slug)
    tables = inputs_of(spec, kind)
    line = said(spec, params, tables)
    result = spec.function(**tables, params=spec.read_params(params))[0]
    in_order = line.language == "pandas"
    assert seen(executed(line, tables), in_order=in_order) == seen(result, in_order=in_order), line.text


def test_each_module_that_prepares_rows_columns_and_shapes_says_a_line() -> None:
    without = {"deduplicate-by-similarity"}  # groups of what is alike to something alike: no line does that
    groups = ("Data Transformation: Rows", "Data Transformation: Columns", "Data Transformation: Shape")
    asked = {slug for slug, spec in catalog().items() if spec.category in groups}
    tried = {slug for slug, _ in CASES}
    assert asked - without <= tried
    assert {slug for slug, spec in catalog().items() if spec.line} == tried
