"""A first look at a file: how it would be read, its first rows, and what breaks a rule. Nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modules.files.bundle import entries
from modules.files.conversions import MISSING
from modules.files.formats import FORMATS, Format
from modules.files.likely import likely
from modules.files.read import read, unknown_format
from modules.files.reading import ColumnReading, Reading
from modules.files.records import EARLY
from modules.files.report import Report
from modules.files.spill import Scratch
from modules.files.text_source import beginning
from modules.look.cells import cells
from modules.sdk.column import Column
from modules.sdk.values import Bundle, Table

HEAD = 8 << 20
"""Bytes of a text file that are looked at; types are guessed from them."""
WHOLE = 64 << 20
"""Up to so many bytes files are looked at that cannot be read in part."""
WITH_MARKERS = dict.fromkeys(("integer", "float", "datetime"), f"^(?:{'|'.join(filter(None, MISSING))})$")
ROWS, COLUMNS, FAULTS, LONGEST = 50, 200, 50, 200


def preview(kind: str, path: Path, name: str, scratch: Path, reading: Reading) -> dict[str, Any]:
    """`{"kind", "whole", "rows", "columns", "cells", "bad", "found"}`; of a bundle its `entries`.

    `whole`: all of the file was looked at. `columns`: `{"original", "name", "type", "note", "could_be"}`,
    the first ones of `width`. `bad`: `{"count", "first": [{"line", "reason", "text"}]}`: rows that break a
    rule. `above`: how many lines above a header seem to be in the way. `found`: what was found out:
    delimiter, encoding, sheets. Of a file that is too large for a look only `kind` and `whole`. FileError
    where it cannot be read like that.
    """
    report, format = Report(), FORMATS.get(kind)
    if format is None:
        raise unknown_format(kind)
    head = beginning(path, HEAD, Scratch(scratch)) if format.in_part == "head" else None
    more: dict[str, Any] = {"cut_off": True} if head and format.shapes else {}
    if format.in_part == "rows":
        more["most"] = ROWS
    elif head is None and format.kind == "table" and path.stat().st_size > WHOLE:
        return {"kind": "table", "whole": False}
    sifting = reading.model_copy(update={"bad_rows": "apart"}) if format.kind == "table" else reading
    value = read(kind, head or path, name, scratch, sifting, report, **more)
    if isinstance(value, Bundle):
        listed = [entry._asdict() for entry in entries(value)]
        return {"kind": "bundle", "whole": True, "count": len(listed), "entries": listed[:COLUMNS]}
    columns = _columns(value, reading, format)
    if format.shapes and (doubtful := _doubtful(columns, reading)):
        texts = {name: reading.columns.get(name, ColumnReading()) for name in doubtful}
        texts = {name: said.model_copy(update={"type": "string"}) for name, said in texts.items()}
        as_text = sifting.model_copy(update={"columns": {**reading.columns, **texts}})
        again = read(kind, head or path, name, scratch, as_text, Report(), **more)
        assert isinstance(again, Table)
        for column, text in zip(columns, again, strict=False):
            if column["original"] in doubtful:
                column["could_be"] = likely(text, {"comma-number": r"\."})
    return {
        "kind": "table",
        "whole": head is None and not more,
        "rows": value.rows,
        "width": len(value.columns),
        "columns": columns,
        "cells": _rows(value),
        "bad": {
            "count": len(report.rejects),
            "first": [
                {"line": row.line, "reason": row.reason, "text": row.text[:LONGEST]}
                for row in sorted(report.rejects)[:FAULTS]
            ],
        },
        "above": _lines_above(value, report) if format.shapes else 0,
        "found": report.found,
    }


def _lines_above(table: Table, report: Report) -> int:
    """How many lines, such as a title, seem to stand above the header: from some early line on, every row
    has more values than the first line. 0 where it does not look so."""
    first = min(report.rejects, default=None)
    if first is None or len(report.rejects) < 2 or first.line > EARLY or table.rows >= first.line:
        return 0
    longer = all(row.column == len(table.columns) + 1 for row in report.rejects)
    return first.line - 1 if longer else 0


def _columns(table: Table, reading: Reading, format: Format) -> list[dict[str, Any]]:
    originals = {one.name: original for original, one in reading.columns.items() if one.name}
    said = {one.name or original for original, one in reading.columns.items() if one.type}
    return [
        {
            "original": originals.get(column.name, column.name),
            "name": column.name,
            "type": column.type,
            "note": column.note,
            "could_be": [] if column.name in said else _could_be(column, format),
        }
        for column in table.columns[:COLUMNS]
    ]


def _could_be(column: Column, format: Format) -> list[str]:
    """What is likely; also numbers among which some NA stands as text, where that makes a column text."""
    return likely(column) or (likely(column, WITH_MARKERS)[:1] if format.takes_absent else [])


def _doubtful(columns: list[dict[str, Any]], reading: Reading) -> list[str]:
    """Columns of floats whose 1.000 may be a thousand, since decimals are behind a comma elsewhere."""
    said = {original: one.type for original, one in reading.columns.items() if one.type}
    commas = "comma-number" in said.values() or any(c["could_be"] == ["comma-number"] for c in columns)
    return [c["original"] for c in columns if commas and c["type"] == "float" and c["original"] not in said]


def _rows(table: Table) -> list[list[Any]]:
    shown = [cells(column.data[:ROWS], LONGEST) for column in table.columns[:COLUMNS]]
    return [list(row) for row in zip(*shown, strict=True)]
