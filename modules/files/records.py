"""The records of delimited text one by one, with the line each starts on: slow, for finding faults."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TextIO

from modules.files.report import Reject
from modules.files.text_source import Text
from modules.sdk.errors import FileError

EARLY = 20
"""Up to this line, a longer one may be the header, below a title."""
SEEN = 50
"""Records that say how the others are."""

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def records(text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record and its first line in the file, from 1. Empty lines are no records.

    FileError where a quote is opened and never closed.
    """
    with text.reader() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=False)
        line = text.first
        for fields in reader:
            if fields:
                yield line, fields
            line = text.first + reader.line_num


def find_fault(text: Text, delimiter: str, width: int) -> FileError | None:
    """The first record that has not `width` fields, as an error."""
    for line, fields in records(text, delimiter):
        if len(fields) != width:
            advice = "each line needs as many; a value with the separator in it must be in quotes"
            if line < EARLY and len(fields) > width:
                advice += ", and lines above the header must be skipped"
            return FileError(
                f"line {line} has {_values(fields)}, but the first line has {width}: " + advice,
                line=line,
                column=min(len(fields), width) + 1,
            )
    return None


def ended_rows(text: Text, delimiter: str, width: int, most: int | None = SEEN) -> Text | None:
    """The text behind its header of `width` names where each row, of `most` rows, has a separator more at its
    end, as some programs write them."""
    start = None
    for line, fields in islice(records(text, delimiter), 1, most):
        if len(fields) != width + 1 or fields[-1]:
            return None
        start = start or line
    return text.after(start - text.first) if start else None


def _values(fields: Sequence[str]) -> str:
    return "1 value" if len(fields) == 1 else f"{len(fields)} values"


def rejects(
    text: Text,
    delimiter: str,
    width: int,
    skip: int,
    misfits: Mapping[int, int],
    why: Callable[[int, str], str],
) -> Iterator[Reject]:
    """The records that have not `width` fields, and those of `misfits`: by their row among the others, from 0
    behind the first `skip`, the place of the field at fault. `why` says the reason from place and value."""
    row = -skip - 1
    with text.reader() as stream:
        lines = _Remembered(stream)
        start = text.first
        for fields in csv.reader(lines, delimiter=delimiter, strict=False):
            line, start, raw = start, text.first + lines.number, lines.take()
            if not fields:
                continue
            if len(fields) != width:
                reason = f"it has {_values(fields)}, but the first line has {width}"
                yield Reject(line, reason, raw, min(len(fields), width) + 1)
                continue
            row += 1
            if row in misfits:
                at = misfits[row]
                yield Reject(line, why(at, fields[at]), raw, at + 1)


class _Remembered:
    """Lines that are handed on, and kept until they are taken."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.number, self.lines = stream, 0, list[str]()

    def __iter__(self) -> Iterator[str]:
        for line in self.stream:
            self.number += 1
            self.lines.append(line)
            yield line

    def take(self) -> str:
        """What was read since the last time, without the line end behind it."""
        raw = "".join(self.lines).rstrip("\r\n")
        self.lines.clear()
        return raw


def open_quote(line: int) -> FileError:
    return FileError(f'the quote (") opened in line {line} is never closed', line=line)


def check_quotes(text: Text, delimiter: str) -> None:
    """FileError where the text ends inside a quoted value."""
    with text.reader() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        start = text.first
        try:
            for _ in reader:
                start = text.first + reader.line_num
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise open_quote(start) from error


def lines_of(text: Text, delimiter: str, rows: Collection[int], width: int | None = None) -> dict[int, int]:
    """The line on which each of these records starts. Records are counted from 0; where a `width` is given,
    only those that have it."""
    fast = width is None and not text.quoted
    starts = (
        _full_lines(text)
        if fast
        else (line for line, found in records(text, delimiter) if width in (None, len(found)))
    )
    wanted, last = set(rows), max(rows, default=-1)
    return {at: line for at, line in zip(range(last + 1), starts, strict=False) if at in wanted}


def _full_lines(text: Text) -> Iterator[int]:
    with text.reader() as stream:
        for number, line in enumerate(stream, text.first):
            if line not in ("\n", "\r\n", "\r"):
                yield number
