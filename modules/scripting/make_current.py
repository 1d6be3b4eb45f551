"""A script for libraries of 2014–2018 as one for those of today. It is rewritten, never executed."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from modules.classic.python2 import WITH_LINES, rewrite
from modules.scripting import gone_names
from modules.scripting.current_edits import edits_of
from modules.scripting.finding import Replacement
from modules.sdk.source import clean

MOST_PASSES = 8


@dataclass(frozen=True)
class Change:
    """`line`: in the script as it was."""

    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Current:
    """`script`: rewritten. `changes`: line by line. `left`: lines of the rewritten script that a person must
    look at, and why."""

    script: str
    changes: tuple[Change, ...]
    left: tuple[tuple[int, str], ...]


def make_current(text: str) -> Current:
    """SyntaxError, with a line of the source, if the script is neither Python 3 nor 2.

    >>> make_current("import pandas as pd\\nprint pd.rolling_mean(x, 3)\\n").script
    'import pandas as pd\\nprint(x.rolling(3).mean())\\n'
    """
    source = clean(text)
    found = rewrite(text, WITH_LINES)
    script, origin = found.text, list(found.origin) or list(range(1, len(found.text.splitlines()) + 1))
    for _ in range(MOST_PASSES):
        edits = edits_of(ast.parse(script), script)
        if not edits:
            break
        script, origin = _edited(script, edits, origin)
    return Current(script, _changes(source, script, origin), tuple(_left(script, found.python2)))


def _edited(script: str, edits: list[Replacement], origin: list[int]) -> tuple[str, list[int]]:
    """The script with the edits, the last first, so that places stay right; edits within others wait."""
    lines = script.splitlines(keepends=True)
    origin = list(origin)
    before: tuple[int, int] | None = None
    for edit in sorted(edits, key=lambda e: (e.end_line, e.end_column, e.line), reverse=True):
        if before is not None and (edit.end_line, edit.end_column) > before:
            continue
        before = (edit.line, edit.column)
        first, last = lines[edit.line - 1].encode(), lines[edit.end_line - 1].encode()
        new = first[: edit.column] + edit.text.encode() + last[edit.end_column :]
        put = new.decode().splitlines(keepends=True)
        lines[edit.line - 1 : edit.end_line] = put
        origin[edit.line - 1 : edit.end_line] = [origin[edit.line - 1]] * len(put)
    return "".join(lines), origin


def _changes(source: str, script: str, origin: list[int]) -> tuple[Change, ...]:
    old = source.splitlines()
    now: dict[int, list[str]] = {}
    for line, text in zip(origin, script.splitlines(), strict=False):
        now.setdefault(line, []).append(text)
    return tuple(
        Change(number, text.strip(), "; ".join(line.strip() for line in now.get(number, [])))
        for number, text in enumerate(old, 1)
        if now.get(number, []) != [text]
    )


def _left(script: str, python2: bool) -> list[tuple[int, str]]:
    tree = ast.parse(script)
    also = ", or set Library names to classic"
    found = [(each.line, each.message.replace(also, "")) for each in gone_names.check(tree)]
    if python2:
        found += [
            (node.lineno, "`/` rounded whole numbers down in Python 2: write `//` where both are whole.")
            for node in ast.walk(tree)
            if isinstance(node, ast.BinOp | ast.AugAssign)
            and isinstance(node.op, ast.Div)
            and not _true(node)
        ]
    return sorted(set(found))


def _true(node: ast.BinOp | ast.AugAssign) -> bool:
    """Whether a side is a fraction for sure, so that it always divided truly."""
    sides = [node.value] if isinstance(node, ast.AugAssign) else [node.left, node.right]
    for side in sides:
        match side:
            case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
                return True
    return False
