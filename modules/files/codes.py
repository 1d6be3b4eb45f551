"""Codes that look like numbers: 557e92 and 1E34 among 123456, which are read as floats."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

OF_NUMBERS = (b".", b"e-", b"E-", b"e+", b"E+")
CODE = r"^[0-9]+[eE][0-9]+$"


class Code(NamedTuple):
    """The first of them, and its row."""

    row: int
    value: str

    def note(self, line: int | None) -> str:
        where = f" in line {line}" if line is not None else ""
        number = f"{float(self.value):g}"
        return f"'{self.value}'{where} was read as the number {number}; if these are codes, choose text"


class Codes:
    """What is found in a column that comes in pieces. A point or signed exponent says: numbers."""

    def __init__(self) -> None:
        self.first: Code | None = None
        self.pointed, self.rows = False, 0

    @property
    def doubtful(self) -> bool:
        return self.first is not None and not self.pointed

    def add(self, data: pa.ChunkedArray, floats: bool) -> None:
        """The next values, as text; `floats`: they were read as such."""
        first, self.rows = self.rows, self.rows + len(data)
        if not floats or self.pointed:
            return
        letters = [bytes(buffer) for chunk in data.chunks if (buffer := chunk.buffers()[2]) is not None]
        self.pointed = any(sign in text for text in letters for sign in OF_NUMBERS)
        if self.pointed or self.first or not any(b"e" in text or b"E" in text for text in letters):
            return
        found = pc.fill_null(pc.match_substring_regex(pc.ascii_trim_whitespace(data), CODE), False)
        row = pc.index(found, True).as_py()
        if row >= 0:
            self.first = Code(first + row, data[row].as_py().strip())
