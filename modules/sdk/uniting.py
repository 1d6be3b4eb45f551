"""Pieces of a column as one column: of one type, where one holds what each of them holds."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from modules.sdk.column import type_name


class Untogether(Exception):
    """`one`, `other`: the column types that no type holds. `place`: which piece has the other."""

    def __init__(self, one: str, other: str, place: int) -> None:
        super().__init__(f"{one} and {other}")
        self.one, self.other, self.place = one, other, place


def unite(pieces: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """All pieces, one after the other. Nothing is copied where their types are the same. A piece in which
    everything is missing takes any type; whole numbers go with floats where each is one.

    >>> unite([pa.chunked_array([[1, 2]]), pa.chunked_array([[0.5, None]])]).to_pylist()
    [1.0, 2.0, 0.5, None]
    """
    telling = [place for place, piece in enumerate(pieces) if piece.null_count < len(piece)] or [0]
    common = pieces[telling[0]].type
    for place in telling[1:]:
        found = _common(common, pieces[place].type)
        if found is None:
            raise Untogether(type_name(common), type_name(pieces[place].type), place)
        common = found
    chunks: list[pa.Array] = []
    for place, piece in enumerate(pieces):
        try:
            chunks += _cast(piece, common).chunks
        except pa.ArrowInvalid:
            raise Untogether(type_name(pieces[telling[0]].type), type_name(piece.type), place) from None
    return pa.chunked_array(chunks, common)


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType | None:
    if one == other:
        return one
    kinds = {type_name(one), type_name(other)}
    if kinds == {"integer"}:
        return pa.int64()
    if kinds <= {"integer", "float"}:
        return pa.float64()
    if kinds == {"categorical"} and one.value_type == other.value_type and one.ordered == other.ordered:
        return pa.dictionary(pa.int32(), one.value_type, one.ordered)
    if kinds <= {"categorical", "string"}:
        texts = [t.value_type if pa.types.is_dictionary(t) else t for t in (one, other)]
        return pa.large_string() if all(map(pa.types.is_large_string, texts)) else None
    if kinds == {"datetime"} and one.tz == other.tz:
        return pa.timestamp(_finer(one.unit, other.unit), one.tz)
    return pa.duration(_finer(one.unit, other.unit)) if kinds == {"timedelta"} else None


def _finer(one: str, other: str) -> str:
    return max(one, other, key=["s", "ms", "us", "ns"].index)


def _cast(piece: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray:
    if piece.type == to:
        return piece
    if piece.null_count == len(piece):
        return pa.chunked_array([pa.nulls(len(piece), to)], to)
    return piece.cast(to)
