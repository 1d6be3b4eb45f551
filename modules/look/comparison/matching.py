"""Which row of one table is which row of another: by key, or by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from modules.look.cells import cells
from modules.look.comparison.alike import NUMBERS, alike, plain
from modules.look.filters import find_column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

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
        for name, keys in zip("on", _keys(old, new, key), strict=True):
            engine.register(name, keys)
        for lock in LOCKS:
            engine.execute(lock)
        for name, word, table in (("o", "old", old), ("n", "new", new)):
            _refuse_repeated(engine, name, word, table, key)
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


def _keys(old: Table, new: Table, key: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """Of each table the key's columns as k0, k1, …, which compare with the other's, and each row's place."""
    ours: dict[str, pa.ChunkedArray | pa.Array] = {"r": pa.array(np.arange(len(old)))}
    theirs: dict[str, pa.ChunkedArray | pa.Array] = {"r": pa.array(np.arange(len(new)))}
    for i, name in enumerate(key):
        one, two = find_column(old, name, "key"), find_column(new, name, "key")
        numbers = {one.type, two.type} <= set(NUMBERS)  # which the engine compares itself
        ours[f"k{i}"], theirs[f"k{i}"] = (plain(one), plain(two)) if numbers else alike(one, two)
    return pa.table(ours), pa.table(theirs)


def _refuse_repeated(
    engine: duckdb.DuckDBPyConnection, name: str, word: str, table: Table, key: Sequence[str]
) -> None:
    columns = ", ".join(f"k{i}" for i in range(len(key)))
    twice = f"SELECT min(r), count(*) AS c FROM {name} GROUP BY {columns} HAVING c > 1 LIMIT 1"  # noqa: S608 (names of our own)
    many = engine.execute(twice).fetchone()
    if many:
        row, count = many
        values = (cells(table.column(column).data.slice(row, 1))[0] for column in key)
        told = ", ".join(
            f"{column} {'missing' if value is None else f'= {value}'}"
            for column, value in zip(key, values, strict=True)
        )
        raise ModuleError(
            f"This is not a key: {count:,} rows of the {word} table have {told}. "
            "Choose columns that tell every row from the others.",
            param="key",
        )
