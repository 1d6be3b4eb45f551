"""Which rows of two tables have equal keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._keys import codes
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.exact import floats
from modules.sdk.storable import storable

A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


class Matches(NamedTuple):
    """Pairs of rows: positions in the left table and in the right one."""

    left: np.ndarray
    right: np.ndarray


def match_rows(pairs: Sequence[tuple[Column, Column]], *, match_case: bool) -> Matches:
    """All pairs of rows whose keys are equal, ordered by left row, then by right row."""
    stacked = [_stacked(one, two, match_case) for one, two in pairs]
    count = len(pairs[0][0].data)
    together, missing = codes(stacked)
    left, right = together[:count], together[count:]
    right_rows = np.flatnonzero(~missing[count:])
    order = right_rows[np.argsort(right[right_rows], kind="stable")]
    sorted_right = right[order]
    first = np.searchsorted(sorted_right, left, "left")
    last = np.searchsorted(sorted_right, left, "right")
    partners = np.where(missing[:count], 0, last - first)
    left_rows = np.repeat(np.arange(count), partners)
    within = np.arange(len(left_rows)) - np.repeat(np.cumsum(partners) - partners, partners)
    return Matches(left_rows, order[np.repeat(first, partners) + within])


def _stacked(one: Column, two: Column, match_case: bool) -> pa.ChunkedArray:
    """The left key's values, then the right one's, in the one type in which they are compared."""
    left, right = (_plain(column.data, match_case) for column in (one, two))
    if left.type != right.type:
        left, right = _alike(one, left, two, right)
    return pa.chunked_array([*left.chunks, *right.chunks], left.type)


def _plain(data: pa.ChunkedArray, match_case: bool) -> pa.ChunkedArray:
    data = storable(data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if not match_case and pa.types.is_large_string(data.type):
        return pc.utf8_lower(data)
    return data


def _alike(
    one: Column, left: pa.ChunkedArray, two: Column, right: pa.ChunkedArray
) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    for side, other in ((left, right), (right, left)):  # a key without any value equals nothing
        if side.null_count == len(side):
            nothing = pa.chunked_array([pa.nulls(len(side), other.type)])
            return (nothing, right) if side is left else (left, nothing)
    types = {left.type, right.type}
    if all(pa.types.is_integer(arrow) or pa.types.is_floating(arrow) for arrow in types):
        return _numbers(left, right)
    for check in (pa.types.is_timestamp, pa.types.is_duration):
        if all(check(arrow) for arrow in types):
            return _times(left, right)
    raise ModuleError(
        f"The key {one.name} is {one.type} in the left table, but {two.name} is {two.type} in the right one; "
        "Edit Metadata can change the type of either.",
        param="join_key_columns_for_r",
    )


def _numbers(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Numbers that are equal just where their values are, also integers too long for a float."""
    sides = [data if pa.types.is_integer(data.type) else data.cast(pa.float64()) for data in (left, right)]
    exact = [data if pa.types.is_floating(data.type) else floats(data) for data in sides]
    if exact[0] is not None and exact[1] is not None:
        return exact[0], exact[1]
    # What is no 64-bit integer of the other side's has no partner there.
    to = pa.uint64() if any(data.type == pa.uint64() for data in sides) else pa.int64()
    first, second = (_only_integers(data, to) for data in sides)
    return first, second


def _only_integers(data: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray:
    """The values that the type holds; others are missing."""
    if data.type == to:
        return data
    info = np.iinfo(to.to_pandas_dtype())
    if pa.types.is_floating(data.type):
        fits = pc.and_(pc.equal(data, pc.floor(data)), pc.greater_equal(data, float(info.min)))
        fits = pc.and_(fits, pc.less(data, float(info.max) + 1.0))
    else:
        fits = pc.greater_equal(data, int(info.min))  # of fewer bits, or below 0 where nothing is
    return pc.if_else(fits, data, pa.scalar(None, data.type)).cast(to)


def _times(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """As counts of the finer unit; what that does not reach has no partner among its values."""
    finer = max(A_SECOND[left.type.unit], A_SECOND[right.type.unit])
    first, second = (_counted(data, finer // A_SECOND[data.type.unit]) for data in (left, right))
    return first, second


def _counted(data: pa.ChunkedArray, times: int) -> pa.ChunkedArray:
    counts = data.cast(pa.int64())
    most = (2**63 - 1) // times
    fits = pc.and_(pc.less_equal(counts, most), pc.greater_equal(counts, -most))
    return pc.multiply(pc.if_else(fits, counts, pa.scalar(None, pa.int64())), times)
