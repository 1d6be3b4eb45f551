"""Dates as ARFF declares them, by a pattern of Java's SimpleDateFormat: `dd/MM/yyyy HH:mm`."""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa

LETTERS = {
    "yyyy": "%Y", "y": "%Y", "yy": "%y", "uuuu": "%Y",
    "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m",
    "dd": "%d", "d": "%d", "DDD": "%j", "D": "%j",
    "HH": "%H", "H": "%H", "hh": "%I", "h": "%I", "a": "%p",
    "mm": "%M", "m": "%M", "ss": "%S", "s": "%S", "SSS": "%f",
    "EEEE": "%A", "EEE": "%a", "EE": "%a", "E": "%a", "Z": "%z", "X": "%z", "XX": "%z", "XXX": "%z",
}  # fmt: skip
"""Java's letters, and what `strptime` calls them."""
PART = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")


class NotRead(ValueError):
    """Why dates stay text; `row` of the first that does not fit the pattern, or None."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.row = row


def strptime_format(pattern: str) -> str:
    """The pattern in Python's words; NotRead where it has letters that are not known here.

    >>> strptime_format("dd/MM/yyyy'T'HH:mm")
    '%d/%m/%YT%H:%M'
    """
    parts = []
    for part in PART.finditer(pattern):
        text = part[0]
        if part[2]:
            if text not in LETTERS:
                raise NotRead(f"'{text}' in its date pattern '{pattern}' is not known here")
            parts.append(LETTERS[text])
        else:
            literal = (part[1].replace("''", "'") or "'") if text.startswith("'") else text
            parts.append(literal.replace("%", "%%"))
    said = "".join(parts)
    if not re.search("%[Yy]", said):
        raise NotRead(f"its date pattern '{pattern}' has no year")
    return said


def read_java_dates(texts: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    """Texts as datetimes; NotRead where one does not fit."""
    said = strptime_format(pattern)
    array = texts.combine_chunks().dictionary_encode()
    found = []
    for code, text in enumerate(array.dictionary.to_pylist()):
        try:
            found.append(dt.datetime.strptime(text.strip(), said))
        except ValueError:
            row = array.indices.index(code).as_py()
            raise NotRead(f"'{text}' does not fit its date pattern '{pattern}'", row) from None
    zoned = {date.tzinfo is not None for date in found}
    to = pa.timestamp("us", "UTC" if zoned == {True} else None)
    return pa.chunked_array([pa.array(found, to).take(array.indices)])
