"""Tells which tests needed a second try, and what failed first."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent


@dataclass(frozen=True)
class Try:
    """A test that failed, as tests/failures.py writes it down."""

    test: str
    when: str
    message: str
    trace: Sequence[str]
    page: str


def tries(file: Path) -> list[Try]:
    """What a session of pytest wrote; empty if it ended before it could write."""
    return [Try(**one) for one in json.loads(file.read_text())] if file.is_file() else []


def told(first: Sequence[Try], failed_again: Collection[str], *, strict: bool = False) -> str:
    """The last words of `make test` about what failed at first. `failed_again`: tests that failed twice."""
    if not first:
        return "No test needed a second try."
    lines = [f"{_counted(len({one.test for one in first}))} a second try:"]
    for one in first:
        end = "failed again" if one.test in failed_again else "passed then"
        lines.append(f"\n  {one.test} ({one.when}): {end}")
        parts = {"failed first with": one.message, "at": "\n".join(one.trace), "the page then": one.page}
        lines += [f"    {name}:\n{indent(text, '    | ')}" for name, text in parts.items() if text]
    if strict:
        lines.append("\nWith --strict no test may need one.")
    return "\n".join(lines)


def _counted(number: int) -> str:
    return "1 test needed" if number == 1 else f"{number} tests needed"
