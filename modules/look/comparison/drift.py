"""How far a column's values as a whole have moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.charts.axis import edges_of, is_measured, numbers
from modules.look.comparison.alike import plain
from modules.sdk.column import Column
from modules.sdk.storable import one_piece

BINS = 20
SMALLEST = 1e-4


def drift(old: Column, new: Column) -> dict[str, Any] | None:
    """`{psi, old_missing, new_missing}`, shares from 0 to 1, and of numbers `old_mean, new_mean, edges,
    old_counts, new_counts` over the range of both.

    `psi` is the population stability index (Siddiqi): over tenths of the old values, or over each
    value; under 0.1 is little, over 0.25 much. None where the types cannot be compared.
    """
    facts = {"old_missing": _missing(old), "new_missing": _missing(new)}
    if old.origin is not None and old.origin == new.origin:
        return facts | {"psi": 0.0}
    if is_measured(old) and is_measured(new) and (old.type == new.type or _are_numbers(old, new)):
        return facts | _of_numbers(numbers(old, "key"), numbers(new, "key"))
    if old.type != new.type and {old.type, new.type} != {"string", "categorical"}:
        return None
    return facts | {"psi": psi(*_counts(old, new))}


def _are_numbers(*columns: Column) -> bool:
    return all(column.type in ("integer", "float") for column in columns)


def _missing(column: Column) -> float:
    return column.data.null_count / max(1, len(column.data))


def _of_numbers(old: np.ndarray, new: np.ndarray) -> dict[str, Any]:
    """Sorted once, each answers how many of its values lie under any edge."""
    old, new = (np.sort(values[~np.isnan(values)]) for values in (old, new))
    if not len(old) or not len(new):
        return {"psi": None}
    tenths = np.unique(old[np.linspace(0, len(old) - 1, 11)[1:-1].astype(int)])
    edges = edges_of(np.array([min(old[0], new[0]), max(old[-1], new[-1])]), BINS)
    return {
        "psi": psi(_between(old, tenths), _between(new, tenths)),
        "old_mean": float(old.mean()),
        "new_mean": float(new.mean()),
        "edges": edges.tolist(),
        "old_counts": _between(old, edges[1:-1]).tolist(),
        "new_counts": _between(new, edges[1:-1]).tolist(),
    }


def _between(ascending: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """How many sorted values lie below, between and above inner edges; a value on an edge lies above it."""
    return np.diff(np.searchsorted(ascending, inner, "left"), prepend=0, append=len(ascending))


def _counts(old: Column, new: Column) -> tuple[np.ndarray, np.ndarray]:
    """How often each value of either is in the one, and in the other."""
    one, two = (one_piece(plain(column)).drop_null() for column in (old, new))
    codes = one_piece(pa.chunked_array([one, two])).dictionary_encode()
    size = len(codes.dictionary)
    places = pc.fill_null(codes.indices, 0).to_numpy()
    return (
        np.bincount(places[: len(one)], minlength=size),
        np.bincount(places[len(one) :], minlength=size),
    )


def psi(old: np.ndarray, new: np.ndarray) -> float | None:
    """The population stability index of two lists of counts; None where one is empty."""
    if not old.sum() or not new.sum():
        return None
    a, b = (np.maximum(counts / counts.sum(), SMALLEST) for counts in (old, new))
    return float(((b - a) * np.log(b / a)).sum())
