"""What a column is like: counts, and the figures, histogram or top values that its type has."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look import long_integers
from modules.look.cells import cells, number, times
from modules.look.charts.axis import numbers
from modules.look.days import only_days
from modules.look.filters import find_column
from modules.look.look_memory import LookMemory
from modules.look.searching import places_wanted
from modules.sdk.column import Column
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

BINS = 10
TOP = 10
CATEGORIES = 10_000
SHARES = (0.01, 0.05, 0.25, 0.75, 0.95, 0.99)


def summary(
    table: Table,
    columns: Iterable[str] | None = None,
    filters: Iterable[Mapping[str, Any]] | None = None,
    search: str | None = None,
    kept: LookMemory | None = None,
) -> dict[str, Any]:
    """`{"columns": […]}`, one entry a column, of all or of those named, in that order; over the rows that
    pass every filter and hold what is searched for, as a page shows them (`kept` of the pages before).

    Each has `name, type, count, missing, unique` (of the values present). Numbers also
    `mean, median, min, max, std` (of a sample), `quantiles` and `histogram`, where there is a finite
    value; datetimes and timedeltas `min, max`, datetimes a `histogram` over milliseconds since 1970, and
    `days` where none has a time;
    text, categories and booleans `top`, the most frequent first; categories that have an order also
    `order`, where they are no more than 10,000.
    """
    chosen = list(table) if columns is None else [find_column(table, name, "columns") for name in columns]
    filters = list(filters or ())
    places = (kept or LookMemory()).found([filters, search], lambda: places_wanted(table, filters, search))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        longest_first = sorted(range(len(chosen)), key=lambda place: -_effort(chosen[place]))
        made = {place: threads.submit(_describe, chosen[place], places) for place in longest_first}
        return {"columns": [made[place].result() for place in range(len(chosen))]}


def _effort(column: Column) -> int:
    """How long it takes, roughly; texts are hashed one by one."""
    return column.data.nbytes * (4 if column.type in ("string", "binary") else 1)


def _describe(column: Column, places: pa.Array | None = None) -> dict[str, Any]:
    """Of the rows at these places; of all where there are none given."""
    if places is not None:
        column = Column(column.name, column.data.take(places))
    data = storable(column.data)
    facts: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "count": len(data) - data.null_count,
        "missing": data.null_count,
    }
    if column.type in ("string", "categorical", "boolean"):
        return facts | _top(data)
    if column.type in ("integer", "float"):
        return facts | _figures(data)
    facts["unique"] = pc.count_distinct(data, mode="only_valid").as_py()
    if column.type in ("datetime", "timedelta"):
        facts |= _range(data)
    if column.type == "datetime":
        facts |= {"days": True} if only_days(data) else {}
        present = numbers(column, "columns")
        facts["histogram"] = histogram(np.sort(present[~np.isnan(present)]))
    return facts


def _range(data: pa.ChunkedArray) -> dict[str, Any]:
    ends = pc.min_max(data.cast(pa.int64())).values()
    return dict(
        zip(
            ("min", "max"), times(pa.chunked_array([pa.array(ends, pa.int64()).cast(data.type)])), strict=True
        )
    )


def _figures(data: pa.ChunkedArray) -> dict[str, Any]:
    """Sorted once, the values give up nearly everything at a glance."""
    values = np.sort(data.drop_null().to_numpy())
    if not len(values):
        return {"unique": 0} | dict.fromkeys(
            ("mean", "median", "min", "max", "std", "quantiles", "histogram")
        )
    floats = values.astype(np.float64, copy=False)
    long = long_integers.are_long(values)
    with np.errstate(all="ignore"):
        figures = {
            "mean": long_integers.mean(values) if long else floats.mean().item(),
            "median": _middle(values),
            "min": _exact(values[0]),
            "max": _exact(values[-1]),
            "std": long_integers.deviation(values) if long else _deviation(floats),
        }
    shown = {name: number(value) for name, value in figures.items()}
    unique = 1 + int(np.count_nonzero(values[1:] != values[:-1]))
    spread = long_integers.histogram(values, BINS) if long else histogram(floats)
    return {"unique": unique} | shown | {"quantiles": quantiles(values), "histogram": spread}


def _deviation(values: np.ndarray) -> float:
    return values.std(ddof=1).item() if len(values) > 1 else float("nan")


def _exact(value: np.generic) -> int | float:
    """As a cell shows it: every digit of an integer, and 0.1 of a float32, not 0.10000000149011612."""
    return float(str(value)) if value.dtype == np.float32 else value.item()


def _middle(ascending: np.ndarray) -> int | float:
    """The median. Of integers it is exact where it is whole: no float lies beside an id of 19 digits."""
    low, high = ascending[(len(ascending) - 1) // 2], ascending[len(ascending) // 2]
    if low == high:
        return _exact(low)
    if ascending.dtype.kind in "iu":
        total = int(low) + int(high)
        return total / 2 if total % 2 else total // 2
    return float(low) / 2 + float(high) / 2


def quantiles(ascending: np.ndarray) -> list[dict[str, Any]]:
    """`{share, value}` for each of SHARES: of sorted values, between two of them linearly, as NumPy does."""
    with np.errstate(all="ignore"):
        return [{"share": share, "value": number(_quantile(ascending, share))} for share in SHARES]


def _quantile(ascending: np.ndarray, share: float) -> int | float:
    place = share * (len(ascending) - 1)
    low, high = ascending[int(place)], ascending[min(int(place) + 1, len(ascending) - 1)]
    part = place - int(place)
    if low == high or not part:
        return _exact(low)
    return (np.float64(low) * (1 - part) + np.float64(high) * part).item()


def histogram(ascending: np.ndarray) -> dict[str, list[float]] | None:
    """Ten bins of equal width over the finite ones of sorted values; None where there is none.

    Each bin holds its lower edge, the last one both. A constant column has them half a unit around its
    value. Where floats leave no room for ten different edges there is one bin.
    """
    finite = ascending[
        np.searchsorted(ascending, -np.inf, "right") : np.searchsorted(ascending, np.inf, "left")
    ]
    if not len(finite):
        return None
    low, high = finite[0], finite[-1]
    if low == high:
        low, high = low - 0.5, high + 0.5
    edges = low * np.linspace(1, 0, BINS + 1) + high * np.linspace(
        0, 1, BINS + 1
    )  # high - low may be infinite
    if not (edges[1:] > edges[:-1]).all():
        return {"edges": [low.item(), high.item()], "counts": [len(finite)]}
    places = np.searchsorted(finite, edges[1:-1], "left")
    return {"edges": edges.tolist(), "counts": np.diff(places, prepend=0, append=len(finite)).tolist()}


def _top(data: pa.ChunkedArray) -> dict[str, Any]:
    """The most frequent values; equally frequent ones in their own order."""
    array = one_piece(data)
    if pa.types.is_dictionary(array.type):
        used = pc.value_counts(array.indices.drop_null())
        values, counts = array.dictionary.take(used.field("values")), used.field("counts")
        order = used.field("values") if array.type.ordered else values
    else:
        found = pc.value_counts(array.drop_null())
        values, counts = found.field("values"), found.field("counts")
        order = values
    if pa.types.is_boolean(order.type):
        order = order.cast(pa.int8())
    ranked = _best(order, counts)
    shown = cells(pa.chunked_array([values.take(ranked)]))
    known = {}
    if pa.types.is_dictionary(array.type) and array.type.ordered and len(array.dictionary) <= CATEGORIES:
        known["order"] = cells(pa.chunked_array([array.dictionary]))
    return known | {
        "unique": len(values),
        "top": [
            {"value": value, "count": count}
            for value, count in zip(shown, counts.take(ranked).to_pylist(), strict=True)
        ],
    }


def _best(order: pa.Array, counts: pa.Array) -> pa.Array:
    if len(counts) > TOP:  # drop all that cannot be among the best before the values are sorted
        edge = pc.min(pc.take(counts, pc.select_k_unstable(counts, TOP, sort_keys=[("", "descending")])))
        places = pc.indices_nonzero(pc.greater_equal(counts, edge))
    else:
        places = pa.array(range(len(counts)), pa.uint64())
    chosen = pa.table({"count": counts.take(places), "value": order.take(places)})
    best = pc.sort_indices(chosen, sort_keys=[("count", "descending"), ("value", "ascending")])
    return places.take(best.slice(0, TOP))
