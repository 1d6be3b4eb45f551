"""No Python function is longer than one can see at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.say import ROOT, say

MOST_LINES = 60


def too_long(rooms: Sequence[str]) -> int:
    """1, with a sentence for each, if functions have more than 60 lines. Django writes the migrations."""
    wrong = [sentence for room in rooms for file in _sources(room) for sentence in long_functions(file)]
    for sentence in wrong:
        say(sentence)
    return 1 if wrong else 0


def long_functions(file: Path) -> Iterator[str]:
    """A sentence for each function of the file with more lines than that, from `def` to its last line."""
    for node in ast.walk(ast.parse((ROOT / file).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES:
                yield f"{file}:{node.lineno}: {node.name} has {lines} lines, not {MOST_LINES} at most."


def _sources(room: str) -> list[Path]:
    place = ROOT / room
    found = [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [path.relative_to(ROOT) for path in found if "migrations" not in path.parts]
