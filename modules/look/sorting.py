"""The first rows of a table in the order of a column, without sorting what nobody sees."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.storable import one_piece, storable


def sorted_rows(data: pa.ChunkedArray, descending: bool, first: int) -> pa.Array:
    """The positions of at least the `first` rows in order; equal values keep theirs, missing are last."""
    keys = one_piece(_keys(storable(data)))
    direction = "descending" if descending else "ascending"
    present = len(keys) - keys.null_count
    if 4 * first < present:
        candidates = _candidates(keys, direction, first)
        order = pc.sort_indices(keys.take(candidates), sort_keys=[("", direction)])
        return candidates.take(order)
    return pc.sort_indices(keys, sort_keys=[("", direction, "at_end")])


def _candidates(keys: pa.Array, direction: str, first: int) -> pa.Array:
    """The positions of all values up to the `first`-th in order, equal ones included."""
    if first == 0:
        return pa.array([], pa.uint64())
    best = pc.select_k_unstable(keys, first, sort_keys=[("", direction)])
    edge = keys[best[first - 1].as_py()]
    inside = pc.less_equal(keys, edge) if direction == "ascending" else pc.greater_equal(keys, edge)
    return pc.indices_nonzero(pc.fill_null(inside, False))


def _keys(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """What to compare by: categories by their order, or by value where they have none."""
    if pa.types.is_boolean(data.type):
        return data.cast(pa.int8())
    if pa.types.is_timestamp(data.type) or pa.types.is_duration(data.type):
        return data.cast(pa.int64())
    if pa.types.is_dictionary(data.type):
        array = one_piece(data)
        if array.type.ordered:
            return pa.chunked_array([array.indices])
        ranks = pc.rank(_keys(pa.chunked_array([array.dictionary])), tiebreaker="dense")
        return pa.chunked_array([one_piece(pa.chunked_array([ranks])).take(array.indices)])
    return data
