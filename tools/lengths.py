"""No Python function is longer than one can see at once, and no source file than one can keep in mind."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools.say import ROOT, say

MOST_LINES = 60
MOST_LINES_OF_A_FILE = 371
FRONT_END = Path("frontend", "src")
NOT_WRITTEN_HERE = (".gen.ts",)
"""How the names of generated files end."""


def too_long(rooms: Sequence[str]) -> int:
    """1, with a sentence for each, if functions have more than 60 lines or files more than 371, otherwise 0.

    Tests may be longer files: each stands for itself. Django writes the migrations.
    """
    python = [file for room in rooms for file in _sources(room)]
    wrong = [sentence for file in python for sentence in long_functions(file)]
    wrong += long_files(file for file in [*python, *_front_end()] if not _is_test(file))
    for sentence in wrong:
        say(sentence)
    return 1 if wrong else 0


def long_files(files: Iterable[Path]) -> Iterator[str]:
    """A sentence for each file with more than 371 lines."""
    for file in files:
        lines = len((ROOT / file).read_text().splitlines())
        if lines > MOST_LINES_OF_A_FILE:
            yield f"{file} has {lines} lines, not {MOST_LINES_OF_A_FILE} at most."


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


def _front_end() -> list[Path]:
    found = (path for end in ("*.ts", "*.tsx") for path in sorted((ROOT / FRONT_END).rglob(end)))
    return [path.relative_to(ROOT) for path in found if not path.name.endswith(NOT_WRITTEN_HERE)]


def _is_test(file: Path) -> bool:
    return file.parts[0] == "tests" or ".test." in file.name
