"""The records of delimited text one by one, with the line each starts on: slow, for finding faults."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterator

from modules.files.text_source import Text
from modules.sdk.errors import FileError

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def records(text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record and its first line in the file, from 1. Empty lines are no records.

    FileError where a quote is opened and never closed.
    """
    with text.reader() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=False)
        line = 1
        for fields in reader:
            if fields:
                yield line, fields
            line = reader.line_num + 1


def find_fault(text: Text, delimiter: str, width: int) -> FileError | None:
    """The first record that has not `width` fields, as an error."""
    for line, fields in records(text, delimiter):
        if len(fields) != width:
            name = "1 value" if len(fields) == 1 else f"{len(fields)} values"
            return FileError(
                f"line {line} has {name}, but the first line has {width}: "
                "each line needs as many; a value with the separator in it must be in quotes",
                line=line,
                column=min(len(fields), width) + 1,
            )
    return None


def open_quote(line: int) -> FileError:
    return FileError(f'the quote (") opened in line {line} is never closed', line=line)


def check_quotes(text: Text, delimiter: str) -> None:
    """FileError where the text ends inside a quoted value."""
    with text.reader() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        start = 1
        try:
            for _ in reader:
                start = reader.line_num + 1
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise open_quote(start) from error


def lines_of(text: Text, delimiter: str, rows: Collection[int]) -> dict[int, int]:
    """The line on which each of these records starts; records are counted from 0."""
    starts = (line for line, _ in records(text, delimiter)) if text.quoted else _full_lines(text)
    wanted, last = set(rows), max(rows, default=-1)
    return {at: line for at, line in zip(range(last + 1), starts, strict=False) if at in wanted}


def _full_lines(text: Text) -> Iterator[int]:
    with text.reader() as stream:
        for number, line in enumerate(stream, 1):
            if line not in ("\n", "\r\n", "\r"):
                yield number
