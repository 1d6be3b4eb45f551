"""Table ↔ pandas: the conversion rules of a script's inputs and results, in one place.

`to_pandas` has the table of what arrives as what; here are names, rows, and which columns of a
result are columns of an input that nobody changed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.columns import is_untouched
from modules.sdk.from_pandas import from_pandas
from modules.sdk.objects import safe_text
from modules.sdk.to_pandas import EXACT, to_pandas

CONSOLIDATED_BELOW = 1 << 20  # bytes; small frames are quicker as one block a dtype


def to_frame(columns: Sequence[Column], rows: int) -> pd.DataFrame:
    """The frame of a table's columns, with a fresh RangeIndex; it may be changed in place.

    Numbers without missing values in a mapped file are not copied: the frame lies on a private
    map of the file (see `modules.sdk.columns`), and the table stays as it was.
    """
    index = pd.RangeIndex(rows)
    if not columns:
        return pd.DataFrame(index=index, columns=pd.Index([], dtype="str"))
    arrays, mapped = {}, False
    for at, column in enumerate(columns):
        arrays[at], lies_on_file = to_pandas(column)
        mapped |= lies_on_file
    small = not mapped and rows * len(columns) * 8 < CONSOLIDATED_BELOW
    frame = pd.DataFrame(arrays, index=index, copy=small)
    frame.columns = pd.Index([column.name for column in columns], dtype="str")
    return frame


def from_frame(frame: pd.DataFrame, like: Iterable[Iterable[Column]] = ()) -> tuple[Column, ...]:
    """The columns of a frame. Its index is dropped; column names become text, each one only once.

    A column equal to the column of that name in one of `like` (the inputs) is that very column, so
    that it need not be stored again. A float column that was an integer column with missing
    values in an input is one again where every value is still whole. Where values had to become
    text, the column has a `note`. The table may share the frame's memory: leave the frame alone
    afterwards.
    """
    inputs: dict[str, list[Column]] = {}
    known: dict[str, Column] = {}
    for column in chain.from_iterable(like):
        known[column.name] = column
        if len(column.data) == len(frame):
            inputs.setdefault(column.name, []).append(column)
    named = zip(unique_names(frame.columns), pd.DataFrame.items(frame), strict=True)
    return tuple(_column(name, series, inputs.get(name, []), known.get(name)) for name, (_, series) in named)


def unique_names(labels: Iterable[Hashable]) -> list[str]:
    """Labels as text, each one once: a second `x` is `x (2)`, a third `x (3)`, skipping what exists.

    >>> unique_names(["x", 1, "x", ("a", "mean")])
    ['x', '1', 'x (2)', "('a', 'mean')"]
    """
    wanted = [_name(label) for label in labels]
    taken, seen, names = set(wanted), set[str](), []
    next_number: dict[str, int] = {}
    for name in wanted:
        free = name
        if name in seen:
            number = next_number.get(name, 2)
            while f"{name} ({number})" in taken:
                number += 1
            free, next_number[name] = f"{name} ({number})", number + 1
            taken.add(free)
        seen.add(free)
        names.append(free)
    return names


def _name(label: Hashable) -> str:
    if isinstance(label, tuple):  # numbers of NumPy's would show their class
        label = tuple(part.item() if isinstance(part, np.number) else part for part in label)
    return safe_text(label)


def _column(name: str, series: pd.Series, same_rows: Sequence[Column], before: Column | None) -> Column:
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iufmM":
        values = series.to_numpy(copy=False)
        for column in same_rows:
            if is_untouched(values, column.data) and _dtype_of(column) == values.dtype:
                return column
    made = from_pandas(name, series)
    if before is not None:
        made = _as_before(made, before)
    return next((column for column in same_rows if _same(made, column)), made)


def _dtype_of(column: Column) -> np.dtype | None:
    """The dtype in which a column without missing values arrives in a frame."""
    arrow = column.data.type
    if column.pandas is not None:
        return None
    if pa.types.is_timestamp(arrow):
        return np.dtype(f"M8[{arrow.unit}]") if arrow.tz is None else None
    if pa.types.is_duration(arrow):
        return np.dtype(f"m8[{arrow.unit}]")
    return np.dtype(arrow.to_pandas_dtype())


def _as_before(made: Column, before: Column) -> Column:
    """The column in the type it had before pandas' ways with missing values changed it."""
    old, data = before.data.type, made.data
    if pa.types.is_integer(old) and _may_lack(before) and pa.types.is_float64(data.type):
        return Column(made.name, whole) if (whole := _whole(data, old)) is not None else made
    if data.null_count == len(data) and pa.types.is_large_string(data.type) and before.pandas is None:
        return Column(made.name, pa.chunked_array([pa.nulls(len(data), old)], old))
    return made


def _may_lack(column: Column) -> bool:
    return bool(column.data.null_count) or column.gaps


def _whole(data: pa.ChunkedArray, old: pa.DataType) -> pa.ChunkedArray | None:
    """Floats as integers of the old type, else 64-bit; None where a value is not whole and exact."""
    low, high = pc.min_max(data).as_py().values()
    if low is not None and not (low >= -EXACT and high <= EXACT):
        return None
    for arrow in (old, pa.int64()):
        try:
            return data.cast(arrow)
        except pa.ArrowInvalid:
            continue
    return None


def _same(made: Column, column: Column) -> bool:
    """Whether two columns hold the same values in the same type: bit by bit, missing is missing."""
    new, old = made.data, column.data
    if new.type != old.type or made.pandas != column.pandas or len(new) != len(old):
        return False
    if new.null_count != old.null_count:
        return False
    if new.num_chunks == old.num_chunks == 1 and _same_memory(new.chunk(0), old.chunk(0)):
        return True
    if pa.types.is_floating(new.type):  # Arrow holds 0.0 and -0.0 to be equal
        bits = pa.int64() if new.type.bit_width == 64 else pa.int32()
        new, old = (pa.chunked_array([c.view(bits) for c in d.chunks], bits) for d in (new, old))
    return new.equals(old)


def _same_memory(new: pa.Array, old: pa.Array) -> bool:
    return (
        new.offset == old.offset
        and not pa.types.is_dictionary(new.type)
        and _addresses(new) == _addresses(old)
    )


def _addresses(array: pa.Array) -> list[int | None]:
    return [None if buffer is None else buffer.address for buffer in array.buffers()]
