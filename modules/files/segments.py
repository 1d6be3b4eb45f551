"""Large delimited text, cut between records into pieces that can be read on their own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from modules.files.text_source import Text

SEGMENT = 32 << 20
WINDOW = 64 << 10
QUOTE = ord('"')


class OutOfStep(Exception):
    """The quotes do not pair up, so it cannot be told where a record ends without reading all before it."""


def segments(data: pa.Buffer, *, quoted: bool, size: int = SEGMENT) -> Iterator[pa.Buffer]:
    """Pieces of about `size` bytes, each of whole records. OutOfStep as soon as that is in doubt."""
    letters = np.frombuffer(data, np.uint8)
    start = 0
    while start < len(letters):
        end = min(start + size, len(letters))
        while end < len(letters):
            cut = _cut(letters, start, end, quoted)
            if cut:
                end = cut
                break
            if quoted and end - start >= 4 * size:
                raise OutOfStep
            end = min(end + size, len(letters))
        if end == len(letters) and quoted and _quotes(letters[start:end]) % 2:
            raise OutOfStep
        yield data.slice(start, end - start)
        start = end


def whole_records(text: Text) -> Text:
    """The beginning of a text without its last record, which may be cut off; all of it where that is the only
    one."""
    letters = np.frombuffer(text.data, np.uint8)
    end = _cut(letters, 0, len(letters), text.quoted)
    return text._replace(data=text.data.slice(0, end)) if end else text


def _cut(letters: np.ndarray, start: int, end: int, quoted: bool) -> int:
    """The place behind the last line end before `end` that is not within quotes; 0 where there is none."""
    first = max(start, end - WINDOW)
    window = letters[first:end].tobytes()
    before = _quotes(letters[start:first]) if quoted else 0
    line_end = b"\n" if b"\n" in window else b"\r"
    at = window.rfind(line_end)
    while at >= 0:
        if not quoted or (before + window.count(b'"', 0, at)) % 2 == 0:
            return first + at + 1
        at = window.rfind(line_end, 0, at)
    return 0


def _quotes(letters: np.ndarray) -> int:
    step = 1 << 20
    return sum(int(np.count_nonzero(letters[at : at + step] == QUOTE)) for at in range(0, len(letters), step))
