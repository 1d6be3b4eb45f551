"""Columns that could stand at the cursor of a script that is being typed, so that it need not parse.

The page does the same by itself, without asking (`frontend/src/ui/code/frames.ts`). Both look at the line up
to the cursor, and at simple assignments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from modules.data_transformation._engines import aliases
from modules.data_transformation._tokens import names
from modules.scripting.finding import Columns

METHODS = (
    "groupby|sort_values|query|eval|drop|set_index|merge|join|pivot_table|pivot|dropna|drop_duplicates|rename|"
    "astype|fillna|nlargest|nsmallest|get|pop|melt|value_counts|explode|filter|agg|boxplot|hist|plot|insert"
)
_IN_BRACKETS = re.compile(r"(\w+)\s*\[\s*(?:\[[^\[\]]*)?$")
_IN_LOC = re.compile(r"(\w+)\.(?:loc|at)\[.*,\s*(?:\[[^\[\]]*)?$")
_IN_CALL = re.compile(rf"(\w+)(?:\.\w+\([^()]*\)|\[[^\[\]]*\])*\.(?:{METHODS})\([^()]*$")
_DOTTED = re.compile(r"(?<![\w.])(\w+)\.(\w*)$")
_MAIN = re.compile(r"def[ \t]+azureml_main[ \t]*\(([^)]{0,2000})")
_ASSIGNED = re.compile(r"^[ \t]*(\w+)\s*=\s*(\w+)\s*((?:[.\[].*)?)$", re.MULTILINE)
_ADDED = re.compile(r"""\b(\w+)\[(["'])(.{1,200}?)\2\]\s*=(?!=)""")
_ONE_COLUMN = re.compile(r"""\[\s*["'][^"']*["']\s*\]""")
_R_INPUT = re.compile(r"(?<![\w.])([\w.]+)\s*(?:<-|=)\s*maml\.mapInputPort\(\s*([12])")
_R_MAIN = re.compile(r"azureml_main\s*(?:<-|=)\s*function\s*\(([^)]{0,2000})")
_R_ASSIGNED = re.compile(r"^[ \t]*([\w.]+)\s*(?:<-|=)\s*([\w.]+)\s*(\[.*)?$", re.MULTILINE)
_R_DOLLAR = re.compile(r"([\w.]+)\$([\w.]*)$")
_R_QUOTED = re.compile(r"""([\w.]+)\s*\[.*["']([^"']*)$""")

LONGEST, LONGEST_LINE = 200_000, 500
"""Characters of a script, and of a line before the cursor, that are looked at."""

Tables = Mapping[str, Columns]


class Column(NamedTuple):
    label: str
    type: str


def python_columns(
    script: str, line: int, column: int, tables: Sequence[Columns | None]
) -> list[Column] | None:
    """Columns at this place (line from 1, column from 0), for the connected tables in their order. None where
    something else may stand there too; an empty list in a text that names no column."""
    before = before_cursor(script, line, column)
    frames = python_frames(script, tables)
    opened = open_text(before)
    if opened is not None:
        head, prefix = before[:opened], before[opened + 1 :]
        for pattern in (_IN_LOC, _IN_BRACKETS, _IN_CALL):
            if (found := pattern.search(head)) and found[1] in frames:
                if pattern is _IN_CALL and re.search(r"\.(?:query|eval)\($", head):
                    prefix = re.split(r"[^\w.]", prefix)[-1]
                return _matching(frames[found[1]], prefix)
        return []
    if found := _DOTTED.search(before):
        columns = frames.get(found[1])
        if columns is not None:
            plain = {name: kind for name, kind in columns.items() if name.isidentifier()}
            return _matching(plain, found[2])
    return None


def python_frames(script: str, tables: Sequence[Columns | None]) -> dict[str, Columns]:
    """The variables that hold a connected table, or something made of it, with its columns and those that the
    script adds."""
    frames: dict[str, Columns] = {}
    if len(script) > LONGEST:
        return frames
    mains = _MAIN.findall(script)
    for name, columns in zip(_parameters(mains[-1]) if mains else (), tables, strict=False):
        if columns is not None:
            frames[name] = dict(columns)
    for new, old, rest in _ASSIGNED.findall(script):
        if old in frames and new not in frames and not _ONE_COLUMN.match(rest):
            frames[new] = dict(frames[old])
    for name, _, added in _ADDED.findall(script):
        if name in frames:
            frames[name] = {**frames[name], added: frames[name].get(added, "")}
    return frames


def sql_columns(sql: str, line: int, column: int, tables: Tables) -> list[Column] | None:
    """Columns of the table before the dot, or of all tables; None in a text or a comment."""
    before = before_cursor(sql, line, column)
    if before.count("'") % 2 or "--" in before or len(sql) > LONGEST:
        return None
    places = aliases(list(names(sql)), tables)
    if found := re.search(r"(\w+)\.[\"`\[]?(\w*)$", before):
        table = places.get(found[1].lower())
        return _matching(tables.get(table or "", {}), found[2])
    typed = re.search(r"\w*$", before)
    merged = {name: kind for columns in tables.values() for name, kind in columns.items()}
    return _matching(merged, typed[0] if typed else "")


def r_columns(script: str, line: int, column: int, tables: Mapping[int, Columns]) -> list[Column] | None:
    """Columns behind `frame$` and in `frame[["…`; `tables` by the number of the input, from 1."""
    frames: dict[str, Columns] = {}
    if len(script) > LONGEST:
        return None
    for name, number in _R_INPUT.findall(script):
        if int(number) in tables:
            frames[name] = tables[int(number)]
    mains = _R_MAIN.findall(script)
    for number, name in enumerate(_parameters(mains[-1]) if mains else (), 1):
        if number in tables:
            frames[name] = tables[number]
    for number, columns in tables.items():
        frames.setdefault(f"dataset{number}", columns)
    for new, old, _ in _R_ASSIGNED.findall(script):
        if old in frames:
            frames.setdefault(new, frames[old])
    before = before_cursor(script, line, column)
    for pattern in (_R_DOLLAR, _R_QUOTED):
        if (found := pattern.search(before)) and found[1] in frames:
            return _matching(frames[found[1]], found[2])
    return None


def before_cursor(script: str, line: int, column: int) -> str:
    """What stands before the cursor on its line; of a very long line, the end of that: a search from each of
    a million letters would never end."""
    lines = script.split("\n")
    return lines[line - 1][:column][-LONGEST_LINE:] if 0 < line <= len(lines) else ""


def open_text(before: str) -> int | None:
    """Where the text begins that is still open at the end of a line's part."""
    opened, at = None, 0
    while at < len(before):
        mark = before[at]
        if opened is None and mark == "#":
            return None
        if opened is not None and mark == "\\":
            at += 1
        elif mark in "\"'" and (opened is None or before[opened] == mark):
            opened = at if opened is None else None
        at += 1
    return opened


def _parameters(text: str) -> Iterator[str]:
    """The names of positional parameters, without annotations and defaults."""
    depth, part = 0, ""
    for mark in text + ",":
        depth += (mark in "[({") - (mark in "])}")
        if mark == "," and depth == 0:
            name = re.split(r"[:=]", part, maxsplit=1)[0].strip()
            if name.startswith("*"):
                return
            if name and name != "/":
                yield name
            part = ""
        else:
            part += mark


def _matching(columns: Columns, prefix: str) -> list[Column]:
    folded = prefix.casefold()
    first = [Column(name, kind) for name, kind in columns.items() if name.casefold().startswith(folded)]
    rest = [
        Column(n, k)
        for n, k in columns.items()
        if folded in n.casefold() and not n.casefold().startswith(folded)
    ]
    return first + rest
