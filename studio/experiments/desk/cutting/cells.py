"""The cells of a script, and the statements in each."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

MARK = re.compile(r"^# (?:%%|In\s?\[[\d ]*\]:?)[ \t]*(.*)$")
HEADING = re.compile(r"^#\s?(?:[-=#]{3,}\s*)?([A-Za-z][^\n]{2,58}?)[\s.:=#-]*$")


@dataclass(frozen=True)
class Statement:
    """`text`: its lines, with the comments above it. `cell`: the number of its cell, from 0."""

    node: ast.stmt
    text: str
    cell: int


@dataclass(frozen=True)
class Cells:
    """`titles`: of each cell, empty if it has none. `marked`: the author cut the script into cells; otherwise
    a cell is what stands between two blank lines."""

    statements: tuple[Statement, ...]
    titles: tuple[str, ...]
    marked: bool


def split_cells(source: str, tree: ast.Module) -> Cells:
    lines = source.splitlines(keepends=True)
    marked = any(MARK.match(line) for line in lines)
    titles: list[str] = []
    found: list[Statement] = []
    place = 0
    for node in _flat(tree.body):
        start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        end = node.end_lineno or start
        above, place = lines[place : start - 1], max(place, end)
        if found and start <= (found[-1].node.end_lineno or 0):  # two statements on one line
            previous = found.pop()
            found.append(Statement(node, f"{previous.text.rstrip()}\n", previous.cell))
            continue
        marks = [mark for line in above if (mark := MARK.match(line.rstrip("\n")))]
        if marks or not titles or (not marked and _is_gap(above)):
            titles.append((marks[-1][1].strip() if marks else "") or _heading(above))
        comments = "".join(line for line in above if line.startswith("#") and not MARK.match(line))
        found.append(Statement(node, comments + _text(lines, start, end), len(titles) - 1))
    return Cells(tuple(found), tuple(titles), marked)


def _flat(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements; those of `if __name__ == "__main__":` in its place."""
    found: list[ast.stmt] = []
    for part in body:
        match part:
            case ast.If(
                test=ast.Compare(left=ast.Name(id="__name__"), comparators=[ast.Constant(value="__main__")]),
                orelse=[],
            ):
                found += part.body
            case _:
                found.append(part)
    return found


def _text(lines: list[str], start: int, end: int) -> str:
    text = "".join(lines[start - 1 : end])
    indent = len(text) - len(text.lstrip(" "))
    text = "".join(line[indent:] if not line[:indent].strip() else line for line in text.splitlines(True))
    return text if text.endswith("\n") else f"{text}\n"


def _is_gap(above: list[str]) -> bool:
    return any(not line.strip() for line in above)


def _heading(above: list[str]) -> str:
    for line in above:
        if found := HEADING.match(line.rstrip("\n")):
            return found[1].strip()
    return ""
