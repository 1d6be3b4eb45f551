"""The order of rows by keys: a stable sort of positions, whatever the types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.storable import one_piece, storable

Order = Literal["ascending", "descending"]
Missing = Literal["last", "first"]
NUMBER = re.compile(r"(\d+)")


class Key(NamedTuple):
    """`natural`: texts without regard to case, and the numbers in them by their value: a2 before a10."""

    column: Column
    order: Order
    natural: bool = False


def sorted_rows(keys: Sequence[Key], rows: int, missing: Missing = "last") -> np.ndarray:
    """The positions of the rows in order; rows that are alike stay in theirs.

    >>> column = Column("x", pa.chunked_array([["b", None, "a"]]))
    >>> sorted_rows([Key(column, "ascending")], 3).tolist()
    [2, 0, 1]
    """
    if not keys:
        return np.arange(rows)
    arrays = [_comparable(key) for key in keys]
    names = [str(at) for at in range(len(keys))]
    orders = [(name, key.order, f"at_{MISSING[missing]}") for name, key in zip(names, keys, strict=True)]
    table = pa.table(dict(zip(names, arrays, strict=True)))
    return pc.sort_indices(table, sort_keys=orders).to_numpy()


MISSING = {"last": "end", "first": "start"}


def _comparable(key: Key) -> pa.Array:
    array = one_piece(storable(key.column.data))
    if pa.types.is_dictionary(array.type):
        if array.type.ordered:
            return array.indices
        return _by_level(array, key.natural)
    if pa.types.is_boolean(array.type):
        return array.cast(pa.int8())
    if pa.types.is_duration(array.type):
        return array.cast(pa.int64())
    if key.natural and pa.types.is_large_string(array.type):
        return _by_level(array.dictionary_encode(), natural=True)
    return array


def _by_level(array: pa.DictionaryArray, natural: bool) -> pa.Array:
    """The rank of each row's level."""
    if natural and pa.types.is_large_string(array.dictionary.type):
        levels = array.dictionary.to_pylist()
        order = sorted(range(len(levels)), key=lambda at: natural_key(levels[at]))
    else:
        order = pc.sort_indices(array.dictionary).to_pylist()
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order))
    return pa.array(ranks).take(array.indices)


def natural_key(text: str) -> list[tuple[int, int | str]]:
    """
    >>> sorted(["a10", "A2", "b"], key=natural_key)
    ['A2', 'a10', 'b']
    """
    parts = NUMBER.split(text.casefold())
    return [(0, int(part)) if at % 2 else (1, part) for at, part in enumerate(parts)]
