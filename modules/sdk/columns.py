"""A column as a file: written, opened without reading it, and changed in private.

A stored column is one uncompressed Arrow IPC file with one field named "value", in one piece; many
small ones may lie in one file, each at its place. `open_column` lays it on a read-only map of the
file, so that it costs nothing until it is used and nobody can change it. The same file is mapped
once more, copy-on-write: with `private_values` NumPy gets an array that may be written in place,
pages that are written become this process's own, and the file stays as it was. `is_untouched` asks
the kernel whether that ever happened.

`map_file` and `read_column` are the two halves of `open_column`: a sandboxed child maps its inputs
while it can still reach them, and reads a byte of them only when it cannot reach anything else.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from modules.sdk.storable import one_piece, storable

FIELD = "value"
OPTIONS = pa.ipc.IpcWriteOptions()
MAPPED_FROM = 256 << 10
ALIGNED = 64
"""Each column of a pack begins at a multiple of so many bytes, as Arrow's buffers do."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_long,
]


class _Map(NamedTuple):
    """Where a file lies in memory. `keep` holds the map, so that its addresses stay its own."""

    start: int
    end: int
    path: str
    keep: object


_opened: list[_Map] = []
_private: list[_Map] = []
_spare: dict[int, int] = {}  # start of an opened map: start of its private twin, until that is handed out


def write_column(data: pa.ChunkedArray, path: Path) -> int:
    """Writes a column's file and returns its size in bytes.

    The data become what `storable` makes of them; whoever needs the stored type asks that.
    """
    with pa.OSFile(str(path), "wb") as sink:
        _write(storable(data), sink)
    return path.stat().st_size


def pack_columns(columns: Iterable[pa.ChunkedArray], path: Path) -> list[tuple[int, int]]:
    """Writes several columns' files one after the other into one. Returns where each begins, and its bytes.
    The columns are storable.

    >>> import tempfile; file = Path(tempfile.mkdtemp()) / "x"
    >>> places = pack_columns([pa.chunked_array([[1]]), pa.chunked_array([["a"]])], file)
    >>> [read_column(map_file(file).slice(*place)).to_pylist() for place in places]
    [[1], ['a']]
    """
    places, at = [], 0
    with path.open("wb") as pack:
        for data in columns:
            alone = pa.BufferOutputStream()  # an IPC file counts from the beginning of its sink
            _write(data, alone)
            size = pack.write(alone.getvalue())
            places.append((at, size))
            at += size + pack.write(bytes(-size % ALIGNED))
    return places


def _write(data: pa.ChunkedArray, sink: pa.NativeFile) -> None:
    batch = pa.record_batch([one_piece(data)], names=[FIELD])
    with pa.ipc.new_file(sink, batch.schema, options=OPTIONS) as writer:
        writer.write_batch(batch)


def open_column(path: Path) -> pa.ChunkedArray:
    """The column in a file. A large one is mapped, not read; the map lasts as long as the process.

    >>> import tempfile; file = Path(tempfile.mkdtemp()) / "x"
    >>> _ = write_column(pa.chunked_array([[1, 2]]), file)
    >>> open_column(file).to_pylist()
    [1, 2]
    """
    return read_column(map_file(path))


def map_file(path: Path) -> pa.Buffer:
    """The bytes of a column's file, none of them looked at. No descriptor stays open, however many."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < MAPPED_FROM:
            return pa.py_buffer(file.read())
        start = _map(file.fileno(), size, mmap.PROT_READ, mmap.MAP_SHARED)
        _spare[start] = _map(file.fileno(), size, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE)
    buffer = pa.foreign_buffer(start, size)
    _remember(_opened, _Map(start, start + size, str(path.resolve()), buffer))
    return buffer


def read_column(buffer: pa.Buffer) -> pa.ChunkedArray:
    """The column in a file's bytes."""
    return pa.ipc.open_file(buffer).read_all().column(FIELD)


def _map(fd: int, size: int, protection: int, flags: int) -> int:
    """Like mmap.mmap, which would keep a descriptor for each map; a child has about a thousand."""
    start: int = _libc.mmap(None, size, protection, flags, fd, 0)
    if start == ctypes.c_void_p(-1).value:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return start


def private_values(data: pa.ChunkedArray, dtype: np.dtype) -> np.ndarray | None:
    """A mapped column's values as an array that may be written in place, without copying them.

    None where there is no such thing: the column is not mapped, has missing values, or was asked for
    before. The caller copies then.
    """
    if data.num_chunks != 1 or data.null_count:
        return None
    array = data.chunk(0)
    buffer = array.buffers()[-1]
    source = _find(_opened, buffer.address)
    if source is None or (start := _spare.pop(source.start, None)) is None:
        return None
    memory = (ctypes.c_uint8 * (source.end - source.start)).from_address(start)
    whole = np.ctypeslib.as_array(memory)
    _remember(_private, _Map(start, start + len(whole), source.path, whole))
    offset = buffer.address - source.start + array.offset * dtype.itemsize
    return whole[offset : offset + len(array) * dtype.itemsize].view(dtype)


def is_untouched(values: np.ndarray, data: pa.ChunkedArray) -> bool:
    """Whether `values` are the very array `private_values` made of `data`, never written to.

    False also where that cannot be told; comparing the values decides then.
    """
    if data.num_chunks != 1 or not len(values) or len(values) != len(data) or not values.flags.c_contiguous:
        return False
    array = data.chunk(0)
    address = values.__array_interface__["data"][0]
    buffer = array.buffers()[-1]
    mine, theirs = _find(_private, address), _find(_opened, buffer.address)
    if mine is None or theirs is None or mine.path != theirs.path:
        return False
    here = address - mine.start
    there = buffer.address - theirs.start + array.offset * values.itemsize
    return here == there and not _written(address, address + values.nbytes)


def _written(start: int, end: int) -> bool:
    """Whether a page of a private file map was written: only then is it in memory without its file.

    See proc(5), /proc/pid/pagemap: bit 63 present, 62 swapped, 61 page of a file.
    """
    page = mmap.PAGESIZE
    first, last = start // page, (end - 1) // page
    try:
        with open("/proc/self/pagemap", "rb", buffering=0) as file:
            flags = os.pread(file.fileno(), (last - first + 1) * 8, first * 8)
    except OSError:
        return True
    if len(flags) != (last - first + 1) * 8:
        return True
    bits = np.frombuffer(flags, dtype=np.uint64) >> np.uint64(61)
    return bool(np.any((bits >= 2) & (bits & 1 == 0)))


def _remember(maps: list[_Map], new: _Map) -> None:
    maps.insert(bisect_right(maps, new.start, key=lambda known: known.start), new)


def _find(maps: list[_Map], address: int) -> _Map | None:
    at = bisect_right(maps, address, key=lambda known: known.start) - 1
    return maps[at] if at >= 0 and address < maps[at].end else None
