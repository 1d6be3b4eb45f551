"""JSON in one piece: a list of objects, an object of lists, or columns as pandas writes or splits them."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    if (rows := _by_label(found)) is not None:
        return rows
    lists = [value for value in values if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) == 1:  # {"data": [{…}, …], "next": …}, as web services answer
        return _rows(lists[0])
    return [found]


def _by_label(found: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of `{"a": {"0": 1, "1": 2}, …}`, as pandas writes a frame: columns of values by row label, or
    rows by label (`orient="index"`), which numbers outside tell. Labels other than 0, 1, 2 … are a column
    `index`. None where it is neither: an object alone, whatever is in it, is one row."""
    values = list(found.values())
    if not values or not all(isinstance(value, dict) and value for value in values):
        return None
    labels = list(values[0])
    if any(value.keys() != values[0].keys() for value in values):
        return None
    if _are_places(found) and not _are_places(labels):
        return values
    if len(values) == 1 and not _are_places(labels):
        return None
    rows = [{name: value[label] for name, value in found.items()} for label in labels]
    if _are_places(labels):
        return rows
    name = "index" if "index" not in found else "level_0"
    return [{name: label, **row} for label, row in zip(labels, rows, strict=True)]


def _are_places(labels: Iterable[str]) -> bool:
    return all(label == str(at) for at, label in enumerate(labels))


def _object(row: Any, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise FileError(f"{where} is not a JSON object: each must be one, in braces; {ADVICE}")
    return row


def _paired(names: list[Any], row: Any, at: int) -> dict[str, Any]:
    if not isinstance(row, list) or len(row) != len(names):
        raise FileError(f"row {at} of data is not a list of {len(names)} values, one for each of its columns")
    return dict(zip(map(str, names), row, strict=True))
