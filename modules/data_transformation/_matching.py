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
from modules.sdk.storable import storable


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
    if all(pa.types.is_integer(arrow) for arrow in types):
        return left.cast(pa.int64()), right.cast(pa.int64())
    if all(pa.types.is_integer(arrow) or pa.types.is_floating(arrow) for arrow in types):
        return left.cast(pa.float64(), safe=False), right.cast(pa.float64(), safe=False)
    for check, to in ((pa.types.is_timestamp, pa.timestamp("ns")), (pa.types.is_duration, pa.duration("ns"))):
        if all(check(arrow) for arrow in types):
            return left.cast(to), right.cast(to)
    raise ModuleError(
        f"The key {one.name} is {one.type} in the left table, but {two.name} is {two.type} in the right one; "
        "Edit Metadata can change the type of either.",
        param="join_key_columns_for_r",
    )
