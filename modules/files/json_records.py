"""JSON in one piece: a list of objects, an object of lists, or columns beside data, as pandas splits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from modules.files.absent import Absent
from modules.files.jsonl import fraction, records_table, whole
from modules.files.spill import Scratch
from modules.files.text_source import load_text
from modules.sdk.errors import FileError
from modules.sdk.values import Table

ADVICE = 'write it as [{"a": 1, "b": 2}, …], or choose JSON Lines for an object a line'


def read_json(
    path: Path,
    scratch: Scratch | None = None,
    encoding: str | None = None,
    absent: Absent | None = None,
) -> Table:
    """The table of a JSON file; FileError with line and column where it is no JSON, or no table."""
    with load_text(path, scratch, encoding).reader() as stream:
        try:
            found = json.loads(stream.read(), parse_constant=_constant, parse_int=whole, parse_float=fraction)
        except json.JSONDecodeError as error:
            raise FileError(
                f"line {error.lineno} is not JSON: {error.msg} at column {error.colno}; {ADVICE}",
                line=error.lineno,
                column=error.colno,
            ) from error
        except RecursionError as error:
            raise FileError("it is nested too deeply") from error
    rows = _rows(found)
    if not rows:
        raise FileError("the list in it is empty: it has no rows")
    return records_table(rows, absent or Absent())


def _constant(name: str) -> float | None:
    return None if name == "NaN" else float(name)


def _rows(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list):
        return [_object(row, f"item {at}") for at, row in enumerate(found, 1)]
    if not isinstance(found, dict):
        raise FileError(f"it holds a single value, no rows; {ADVICE}")
    if isinstance(found.get("columns"), list) and isinstance(found.get("data"), list):
        return [_paired(found["columns"], row, at) for at, row in enumerate(found["data"], 1)]
    values = list(found.values())
    if values and all(isinstance(value, list) for value in values):
        if len({len(value) for value in values}) > 1:
            raise FileError("its columns are lists of different lengths; each needs as many values")
        return [dict(zip(found, row, strict=True)) for row in zip(*values, strict=True)]
    lists = [value for value in values if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) == 1:  # {"data": [{…}, …], "next": …}, as web services answer
        return _rows(lists[0])
    return [found]


def _object(row: Any, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise FileError(f"{where} is not a JSON object: each must be one, in braces; {ADVICE}")
    return row


def _paired(names: list[Any], row: Any, at: int) -> dict[str, Any]:
    if not isinstance(row, list) or len(row) != len(names):
        raise FileError(f"row {at} of data is not a list of {len(names)} values, one for each of its columns")
    return dict(zip(map(str, names), row, strict=True))
