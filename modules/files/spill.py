"""Columns that grow on disk: an Arrow array in one piece that never was in memory as a whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pyarrow as pa


class Scratch:
    """Makes unnamed files in a folder: they are gone with the last who has them open."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    def file(self) -> int:
        """A descriptor to write to and map."""
        fd, name = tempfile.mkstemp(dir=self.folder, prefix="scratch-")
        os.unlink(name)
        return fd

    def named(self, content: bytes) -> Path:
        """A file with that content, for those who want a path."""
        fd, name = tempfile.mkstemp(dir=self.folder, prefix="scratch-")
        with os.fdopen(fd, "wb") as file:
            file.write(content)
        return Path(name)


def mapped(fd: int) -> pa.Buffer:
    """What was written, laid into memory read-only; closes the descriptor, the buffer keeps the file."""
    try:
        size = os.fstat(fd).st_size
        if not size:
            return pa.py_buffer(b"")
        with pa.memory_map(f"/proc/self/fd/{fd}") as file:
            return file.read_buffer()
    finally:
        os.close(fd)


class Spill:
    """One column. `add` takes arrays of its type: numbers, times, or large_string."""

    def __init__(self, scratch: Scratch, type: pa.DataType) -> None:
        self.type, self.length, self.nulls, self.reach = type, 0, 0, 0
        self.valid: list[pa.Array] = []
        self.text = pa.types.is_large_string(type)
        self.values = scratch.file()
        self.offsets = scratch.file() if self.text else -1
        if self.text:
            _write(self.offsets, np.zeros(1, np.int64))

    def add(self, array: pa.Array) -> None:
        if not len(array):
            return
        _, *rest = array.buffers()
        if self.text:
            ends = np.frombuffer(rest[0], np.int64)[array.offset : array.offset + len(array) + 1]
            first, last = int(ends[0]), int(ends[-1])
            _write(self.offsets, ends[1:] + (self.reach - first))
            if last > first:
                _write(self.values, memoryview(rest[1])[first:last])
            self.reach += last - first
        else:
            width = self.type.bit_width // 8
            _write(
                self.values, memoryview(rest[0])[array.offset * width : (array.offset + len(array)) * width]
            )
        self.valid.append(array.is_valid())
        self.nulls += array.null_count
        self.length += len(array)

    def finish(self) -> pa.ChunkedArray:
        """The column; its values are pages of a file, not memory of this process."""
        bits = pa.chunked_array(self.valid, pa.bool_()).combine_chunks().buffers()[1] if self.nulls else None
        parts = [mapped(self.offsets), mapped(self.values)] if self.text else [mapped(self.values)]
        array = pa.Array.from_buffers(self.type, self.length, [bits, *parts], self.nulls)
        return pa.chunked_array([array])


ROWS = 1 << 20


def without(data: pa.ChunkedArray, rows: Collection[int], scratch: Scratch | None) -> pa.ChunkedArray:
    """The column without those rows; with a `scratch` it grows on disk again."""
    if not rows:
        return data
    keep = np.ones(len(data), bool)
    keep[list(rows)] = False
    if scratch is None or pa.types.is_boolean(data.type) or pa.types.is_dictionary(data.type):
        return data.filter(pa.array(keep))
    spill = Spill(scratch, data.type)
    for first in range(0, len(data), ROWS):
        for chunk in data[first : first + ROWS].filter(pa.array(keep[first : first + ROWS])).chunks:
            spill.add(chunk)
    return spill.finish()


def _write(fd: int, data: np.ndarray | memoryview) -> None:
    left = data.data.cast("B") if isinstance(data, np.ndarray) else data
    while left:
        left = left[os.write(fd, left) :]
