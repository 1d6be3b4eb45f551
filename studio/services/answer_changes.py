"""What differs between two answers to the same call, in sentences. Pure."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import Any

MOST = 20
"""Differences of one call that are told; more are counted."""


def answer_changes(before: bytes, after: bytes) -> list[str]:
    """No sentence where both say the same; cells are compared as they are written."""
    if before == after:
        return []
    try:
        old, new = json.loads(before), json.loads(after)
    except (ValueError, RecursionError):  # a script wrote them
        return ["The answers differ; they are no JSON, so that the rows are not compared here."]
    if old == new:
        return []
    found = _results(old, new)
    if not found:
        return ["The answers differ."]
    more = len(found) - MOST
    return found[:MOST] + ([f"… and {more} more differences."] if more > 0 else [])


def _results(old: Any, new: Any) -> list[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return []
    if ("error" in old) != ("error" in new):
        return [f"An error before: {_message(old)}"] if "error" in old else [f"An error now: {_message(new)}"]
    if "error" in old:
        return [f"The error is another one: {_message(new)} It was: {_message(old)}"]
    before, after = old.get("Results", {}), new.get("Results", {})
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    found = [f"The output {name} is gone." for name in before if name not in after]
    found += [f"The output {name} is new." for name in after if name not in before]
    for name in before:
        if name in after:
            found += _rows(name, _records(before[name]), _records(after[name]))
    return found


def _rows(output: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    found = []
    if len(before) != len(after):
        found.append(f"{output} has {len(after)} rows; it had {len(before)}.")
    for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
        for column in dict.fromkeys([*old, *new]):
            was, now = old.get(column, _NONE), new.get(column, _NONE)
            if was != now:
                found.append(f"{output}, row {number}, {column}: {_cell(was)} → {_cell(now)}")
        if len(found) > 10 * MOST:
            break
    return found


_NONE = object()


def _cell(value: Any) -> str:
    if value is _NONE:
        return "no such column"
    return "missing" if value is None else str(value)[:80]


def _records(said: Any) -> list[dict[str, Any]]:
    """The rows of an output, in either of classic's forms."""
    if isinstance(said, list):
        return [row for row in said if isinstance(row, dict)]
    value = said.get("value", {}) if isinstance(said, dict) else {}
    rows, names = value.get("Values") or [], value.get("ColumnNames")
    return [
        {
            str(name if name is not None else f"column {at}"): cell
            for at, (name, cell) in _numbered(names, row)
        }
        for row in rows
    ]


def _numbered(names: list[Any] | None, row: list[Any]) -> Any:
    return enumerate(zip_longest(names or [], row), 1)


def _message(said: dict[str, Any]) -> str:
    error = said["error"]
    return str(error.get("message", "") if isinstance(error, dict) else error)[:300]
