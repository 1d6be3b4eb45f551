"""Rows by their key: one whole number for each distinct combination of values in key columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.sdk.storable import storable


def codes(columns: Sequence[pa.ChunkedArray]) -> tuple[np.ndarray, np.ndarray]:
    """A number for each row, equal where all key values are; and whether one of them is missing.

    Missing is equal to missing here; a join that does not want that looks at the second array.

    >>> codes([pa.chunked_array([["a", "b", "a", None]])])
    (array([0, 1, 0, 2]), array([False, False, False,  True]))
    """
    together = np.zeros(len(columns[0]), dtype=np.int64)
    missing = np.zeros(len(columns[0]), dtype=bool)
    for data in columns:
        single = _single(data)
        missing |= single < 0
        together = together * (single.max(initial=0) + 2) + (single + 1)
        together = pd.factorize(together)[0].astype(np.int64)
    return together, missing


def first_rows(group: np.ndarray) -> np.ndarray:
    """The first row of each group; groups are numbered from 0, none is empty.

    >>> first_rows(np.array([1, 0, 1, 0])).tolist()
    [1, 0]
    """
    first = np.empty(group.max(initial=-1) + 1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group) - 1, -1, -1)  # of several values, the last one stays
    return first


def _single(data: pa.ChunkedArray) -> np.ndarray:
    data = storable(data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if pa.types.is_floating(data.type):  # -0.0 and 0.0 are one value
        values, _ = pd.factorize(data.to_numpy())
        return values.astype(np.int64)
    encoded = data.dictionary_encode()
    encoded = encoded.unify_dictionaries()
    indices = pa.chunked_array([chunk.indices for chunk in encoded.chunks], pa.int32())
    return indices.fill_null(-1).to_numpy().astype(np.int64)
