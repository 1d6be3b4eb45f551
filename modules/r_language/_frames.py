"""Tables to R and back, through files that base R reads and writes exactly.

A table is a folder: `kinds` holds the number of rows and a line for each column ("double",
"factor 3 plain" …); `names.*` the names; `1.*`, `2.*` … the columns. Numbers are binary as they
lie in memory, so that not a bit changes. Text is its UTF-8 bytes in `.texts` and the length of
each in `.sizes`, where −1 is missing. A datetime is its seconds since 1970 UTC and names its zone, if it
has one, a timedelta its seconds, a factor its codes from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.frames import unique_names
from modules.sdk.storable import one_piece, storable, without_nan
from modules.sdk.values import Table

NA_INTEGER = -(2**31)
NA_INTEGER64 = -(2**63)
NA_REAL = np.array([0x7FF00000000007A2], dtype=np.uint64).view(np.float64)[0]
LARGEST = 2**31 - 1
EXACT = 2**53
MICRO = 1_000_000


def write_table(table: Table, folder: Path) -> None:
    """Writes the table for R into a new folder."""
    folder.mkdir(parents=True)
    kinds = [_write(column, folder / str(at)) for at, column in enumerate(table, start=1)]
    _write_texts(pa.array(table.names, pa.large_string()), folder / "names")
    (folder / "kinds").write_text("\n".join([str(len(table)), *kinds]) + "\n")


def read_table(folder: Path, like: Iterable[Table] = ()) -> Table:
    """The table R wrote. A column equal to the one of that name in `like` is that very column."""
    lines = (folder / "kinds").read_text().splitlines()
    rows, kinds = int(lines[0]), lines[1:]
    names = unique_names(_read_texts(folder / "names").to_pylist())
    known = {column.name: column for table in like for column in table}
    columns = []
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1):
        data = storable(pa.chunked_array([_read(kind.split(), folder, str(at))]))
        columns.append(_as_before(Column(name, data), known.get(name)))
    return Table.from_columns(columns, rows)


def _write(column: Column, stem: Path) -> str:
    data = one_piece(storable(column.data))
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        _save(pc.add(data.indices.cast(pa.int32()), pa.scalar(1, pa.int32())), stem)
        _write_texts(data.dictionary.cast(pa.large_string()), _beside(stem, ".levels"))
        return f"factor {len(data.dictionary)} {'ordered' if arrow.ordered else 'plain'}"
    if pa.types.is_boolean(arrow) or (pa.types.is_integer(arrow) and _within(data, LARGEST)):
        _save(data.cast(pa.int32()), stem)
        return "logical" if pa.types.is_boolean(arrow) else "integer"
    if pa.types.is_integer(arrow) or pa.types.is_floating(arrow):
        if pa.types.is_integer(arrow) and not _within(data, EXACT):
            print(f"warning: column {column.name}: R rounds whole numbers beyond 2^53")
        _save(data.cast(pa.float64(), safe=False), stem)
        return "double"
    if pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow):
        micro = pa.timestamp("us") if pa.types.is_timestamp(arrow) else pa.duration("us")
        count = data.cast(micro, safe=False).cast(pa.int64()).cast(pa.float64(), safe=False)
        _save(pc.divide(count, float(MICRO)), stem)
        return f"datetime {_r_zone(arrow)}".rstrip() if pa.types.is_timestamp(arrow) else "timedelta"
    if pa.types.is_large_binary(arrow):
        print(f"warning: column {column.name}: R has no column of bytes; they are given as hexadecimal text")
        data = pa.array([v if v is None else v.hex() for v in data.to_pylist()], pa.large_string())
    _write_texts(data, stem)
    return "character"


def _within(data: pa.Array, most: int) -> bool:
    low, high = pc.min_max(data).as_py().values()
    return low is None or (-most <= low and high <= most)


def _save(data: pa.Array, stem: Path) -> None:
    missing = NA_REAL if pa.types.is_floating(data.type) else NA_INTEGER
    dtype = data.type.to_pandas_dtype()
    values = np.ascontiguousarray(data.fill_null(0).to_numpy(zero_copy_only=False), dtype=dtype)
    if data.null_count:
        values = np.where(data.is_null().to_numpy(zero_copy_only=False), dtype(missing), values)
    values.tofile(_beside(stem, ".values"))


def _write_texts(texts: pa.Array, stem: Path) -> None:
    texts = pc.replace_substring(texts, "\0", "") if len(texts) else texts  # R has no text with NUL in it
    pc.fill_null(pc.binary_length(texts).cast(pa.int32()), -1).to_numpy(zero_copy_only=False).tofile(
        _beside(stem, ".sizes")
    )
    joined = "".join(text for text in texts.to_pylist() if text is not None)
    _beside(stem, ".texts").write_bytes(joined.encode())


def _read(kind: list[str], folder: Path, number: str) -> pa.Array:
    stem = folder / number
    match kind[0]:
        case "character":
            return _read_texts(stem)
        case "double":
            return _load(stem, np.float64)
        case "datetime" | "timedelta":
            seconds = _load(stem, np.float64)
            seconds = pc.if_else(pc.is_finite(seconds), seconds, pa.scalar(None, pa.float64()))
            micro = pc.round(pc.multiply(seconds, float(MICRO))).cast(pa.int64(), safe=False)
            return micro.cast(pa.timestamp("us", _zone(kind)) if kind[0] == "datetime" else pa.duration("us"))
        case "integer64":
            whole = np.fromfile(_beside(stem, ".values"), dtype=np.int64)
            return pa.array(whole, mask=whole == NA_INTEGER64)
        case "factor":
            codes = pc.subtract(_load(stem, np.int32), pa.scalar(1, pa.int32()))
            levels = _read_texts(_beside(stem, ".levels"))
            return pa.DictionaryArray.from_arrays(codes, levels, ordered=kind[2] == "ordered")
        case "logical":
            return _load(stem, np.int32).cast(pa.bool_())
        case _:
            return _load(stem, np.int32).cast(pa.int64())


def _r_zone(arrow: pa.DataType) -> str:
    """The time zone as R knows it, empty where there is none. R has no name for `+02:30`: that is UTC."""
    offset = re.fullmatch(r"([+-])(\d\d):?(\d\d)", arrow.tz or "")
    if offset is None:
        return str(arrow.tz or "")
    sign, hours, minutes = offset.groups()
    return f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}" if minutes == "00" and int(hours) else "UTC"


def _zone(kind: list[str]) -> str | None:
    """The time zone, which is None where R has only that of the session."""
    if len(kind) < 2:
        return None
    try:
        return ZoneInfo(kind[1]).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        print(f"warning: nobody here knows the time zone {kind[1]}; its datetimes are given in UTC")
        return "UTC"


def _load(stem: Path, dtype: Any) -> pa.Array:
    values = np.fromfile(_beside(stem, ".values"), dtype=dtype)
    gone = ~np.isfinite(values) & ~np.isinf(values) if dtype is np.float64 else values == NA_INTEGER
    return pa.array(values, mask=gone)


def _read_texts(stem: Path) -> pa.Array:
    sizes = np.fromfile(_beside(stem, ".sizes"), dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum(np.maximum(sizes, 0), dtype=np.int64)])
    data = _beside(stem, ".texts").read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError:
        texts = [data[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        return pa.array(texts, pa.large_string(), mask=sizes < 0)
    whole = pa.LargeStringArray.from_buffers(len(sizes), pa.py_buffer(ends), pa.py_buffer(data))
    return pc.if_else(pa.array(sizes >= 0), whole, pa.scalar(None, pa.large_string()))


def _as_before(made: Column, before: Column | None) -> Column:
    """The column in the type it had before R, which knows fewer; unchanged, it is that very column."""
    if before is None:
        return made
    old = storable(before.data)
    numbers = pa.types.is_integer(old.type) or pa.types.is_floating(old.type)
    times = pa.types.is_timestamp(old.type) or pa.types.is_duration(old.type)
    if (numbers and made.type in ("integer", "float")) or (times and made.type == before.type):
        to = old.type
        if pa.types.is_timestamp(to) and (zone := made.data.type.tz) not in (None, _r_zone(to)):
            to = pa.timestamp(to.unit, zone)
        try:
            made = Column(made.name, made.data.cast(to))
        except pa.ArrowInvalid:
            return made
    same = made.data.type == old.type and made.data.equals(without_nan(old) if made.type == "float" else old)
    return before if same else made


def _beside(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)
