"""Numbers that keep their value in another type: whole numbers as floats, floats as whole numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

FIRST_GAP = 2**53
"""Up to here floats hold every whole number."""


def floats(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Integers as floats; None where one would be another number, like 9007199254740993.

    >>> floats(pa.chunked_array([[2**53, None, 2**60]])).to_pylist()[2] == 2**60
    True
    >>> floats(pa.chunked_array([[2**53 + 1]])) is None
    True
    """
    try:
        return data.cast(pa.float64())
    except pa.ArrowInvalid:
        return None if inexact(data).any() else data.cast(pa.float64(), safe=False)


def inexact(data: pa.ChunkedArray) -> np.ndarray:
    """A mask: the integers that no float is equal to; False where a value is missing."""
    values = pc.fill_null(data, 0).to_numpy().astype(data.type.to_pandas_dtype(), copy=False)
    # A float's digits end at the 53rd bit: an integer has one exactly where the bits below are 0.
    bits = values.astype(np.uint64)
    size = np.where(values < 0, ~bits + np.uint64(1), bits)
    lowest = size & (~size + np.uint64(1))
    with np.errstate(over="ignore"):
        return (size > FIRST_GAP) & (size // np.maximum(lowest, np.uint64(1)) >= FIRST_GAP)


def whole(data: pa.ChunkedArray, to: pa.DataType | None = None) -> pa.ChunkedArray | None:
    """Floats as 64-bit integers; None where one is no whole number, or too large."""
    to = to or pa.int64()
    values = pc.fill_null(data.cast(pa.float64()), 0.0).to_numpy()
    info = np.iinfo(to.to_pandas_dtype())
    fits = (values == np.floor(values)) & (values >= float(info.min)) & (values < float(info.max) + 1.0)
    if not fits.all():
        return None
    return pa.chunked_array([pa.array(values.astype(info.dtype), mask=data.is_null().to_numpy())])


def exact_sum(values: np.ndarray) -> int:
    """The sum of integers, however large."""
    if values.dtype.itemsize < 8:
        return int(values.sum(dtype=np.int64))
    high, low = values >> np.array(32, values.dtype), values & np.array(0xFFFFFFFF, values.dtype)
    step = 1 << 30
    parts = range(0, len(values), step)
    return sum((int(high[at : at + step].sum()) << 32) + int(low[at : at + step].sum()) for at in parts)
