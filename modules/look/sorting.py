"""The first rows of a table in the order of a column, without sorting what nobody sees."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.storable import one_piece, storable

SAMPLE = 10_000
PLACE_BITS = np.uint64(32)


def sorted_rows(data: pa.ChunkedArray, descending: bool, first: int) -> pa.Array:
    """The positions of at least the `first` rows in order; equal values keep theirs, missing are last."""
    keys = one_piece(_keys(storable(data)))
    direction = "descending" if descending else "ascending"
    present = len(keys) - keys.null_count
    if 4 * first < present:
        candidates = _candidates(keys, direction, first)
        order = pc.sort_indices(keys.take(candidates), sort_keys=[("", direction)])
        return candidates.take(order)
    if pa.types.is_large_string(keys.type) and repeats(keys):
        keys = _ranks(keys.dictionary_encode())
    if pa.types.is_integer(keys.type) or pa.types.is_floating(keys.type):
        return _sorted_numbers(keys, descending)
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
        return pa.chunked_array([array.indices if array.type.ordered else _ranks(array)])
    return data


def _ranks(array: pa.DictionaryArray) -> pa.Array:
    """The place of each value among the distinct ones."""
    ranks = pc.rank(_keys(pa.chunked_array([array.dictionary])), tiebreaker="dense")
    return one_piece(pa.chunked_array([ranks])).take(array.indices)


def repeats(texts: pa.Array) -> bool:
    """Whether the same texts come again and again, so that sorting the distinct ones is quicker."""
    if len(texts) <= SAMPLE:
        return False
    sample = texts.take(pa.array(np.arange(0, len(texts), len(texts) // SAMPLE)))
    return bool(2 * pc.count_distinct(sample).as_py() < len(sample))


def _sorted_numbers(keys: pa.Array, descending: bool) -> pa.Array:
    """NumPy's quicksort uses all of the processor's width, but moves equal values about: they are put back
    in their order by sorting each value's number and place as one integer."""
    valid = np.asarray(keys.is_valid()) if keys.null_count else np.ones(len(keys), bool)
    places = np.flatnonzero(valid)
    values = keys.drop_null().to_numpy(zero_copy_only=False)
    if descending:
        values = -values if values.dtype.kind == "f" else ~values
    order = np.argsort(values)
    ordered = values[order]
    differs = ordered[1:] != ordered[:-1]
    if not differs.all() and len(order) < 1 << 32:
        number = np.concatenate([[0], np.cumsum(differs)]).astype(np.uint64)
        both = np.sort(number << PLACE_BITS | order.astype(np.uint64))
        order = (both & np.uint64(0xFFFFFFFF)).astype(np.int64)
    elif not differs.all():
        order = np.argsort(values, kind="stable")
    return pa.array(np.concatenate([places[order], np.flatnonzero(~valid)]).astype(np.uint64))
