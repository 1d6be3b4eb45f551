"""Which row of one table is which row of another: by key, or by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from modules.look.filters import find_column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Column, Table

LOCKS = (
    "SET python_enable_replacements=false",
    "SET autoinstall_known_extensions=false",
    "SET autoload_known_extensions=false",
    "SET enable_external_access=false",
    "SET lock_configuration=true",
)


@dataclass(frozen=True)
class Matches:
    """Positions: rows of the old alone, rows of the new alone, and the pairs of those in both."""

    removed: np.ndarray
    added: np.ndarray
    old: np.ndarray
    new: np.ndarray


def match(old: Table, new: Table, key: Sequence[str]) -> Matches:
    """Rows with the same values in the key's columns, missing ones being alike; without a key, the rows
    at the same place. ModuleError where the key is no key: two rows of a table have the same."""
    if not key:
        both = min(len(old), len(new))
        return Matches(np.arange(both, len(old)), np.arange(both, len(new)), np.arange(both), np.arange(both))
    with duckdb.connect(":memory:") as engine:
        for name, table in (("o", old), ("n", new)):
            engine.register(name, _keys(table, key))
        for lock in LOCKS:
            engine.execute(lock)
        for name, word in (("o", "old"), ("n", "new")):
            _refuse_repeated(engine, name, word, key)
        same = " AND ".join(f"o.k{i} IS NOT DISTINCT FROM n.k{i}" for i in range(len(key)))
        joined = f"SELECT o.r AS old, n.r AS new FROM o FULL JOIN n ON {same}"  # noqa: S608 (names of our own)
        found = engine.sql(joined).to_arrow_table()
    left, right = (found[name].to_numpy() for name in ("old", "new"))
    gone, came = np.isnan(right.astype(np.float64)), np.isnan(left.astype(np.float64))
    order = np.argsort(right[~gone & ~came], kind="stable")
    return Matches(
        removed=np.sort(left[gone].astype(np.int64)),
        added=np.sort(right[came].astype(np.int64)),
        old=left[~gone & ~came].astype(np.int64)[order],
        new=right[~gone & ~came].astype(np.int64)[order],
    )


def plain(column: Column) -> pa.ChunkedArray:
    """The column as two tables can compare it: categories by their values, numbers of a kind alike."""
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if pa.types.is_signed_integer(data.type):
        return data.cast(pa.int64())
    if pa.types.is_floating(data.type):
        return data.cast(pa.float64())
    if pa.types.is_timestamp(data.type) or pa.types.is_duration(data.type):
        return data.cast(pa.int64()) if data.type.unit == "ns" else _nanoseconds(data)
    return data


def _nanoseconds(data: pa.ChunkedArray) -> pa.ChunkedArray:
    make = pa.duration if pa.types.is_duration(data.type) else pa.timestamp
    try:
        return data.cast(make("ns")).cast(pa.int64())
    except pa.ArrowInvalid:  # years that nanoseconds cannot count
        return data.cast(pa.large_string())


def _keys(table: Table, key: Sequence[str]) -> pa.Table:
    columns = {f"k{i}": plain(find_column(table, name, "key")) for i, name in enumerate(key)}
    return pa.table(columns | {"r": pa.array(np.arange(len(table)))})


def _refuse_repeated(engine: duckdb.DuckDBPyConnection, name: str, word: str, key: Sequence[str]) -> None:
    columns = ", ".join(f"k{i}" for i in range(len(key)))
    twice = f"SELECT {columns}, count(*) AS c FROM {name} GROUP BY {columns} HAVING c > 1 LIMIT 1"  # noqa: S608 (names of our own)
    many = engine.execute(twice).fetchone()
    if many:
        told = ", ".join(f"{column} = {value}" for column, value in zip(key, many, strict=False))
        raise ModuleError(
            f"This is no key: {many[-1]:,} rows of the {word} table have {told}. "
            "Choose columns that tell every row from the others.",
            param="key",
        )
