"""What is probably wrong with a Python script. It is parsed, and never executed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

from modules.python_language._signature import MAIN, find_main, read_signature
from modules.scripting import frame_columns, gone_names, reach, ruff_check
from modules.scripting.finding import Columns, Finding, nearest
from modules.sdk.source import clean, parse_script

LONGEST = 200_000
"""Characters of a script that is looked at."""
MOST = 100
"""Findings of one script that are told."""

Tables = Sequence[tuple[str, Columns | None]]
"""The connected tables in their order: the label of the port, and the columns where they are known."""


def find_problems(script: str, tables: Tables, *, is_classic: bool = False) -> list[Finding]:
    """All that is probably wrong, by line. Nothing of a script that cannot be parsed, which is an error
    of its own, and of one that is very long. `is_classic`: names of old libraries are there."""
    if len(script) > LONGEST:
        return []
    try:
        tree = parse_script(script)
    except SyntaxError:
        return []
    try:
        found = [*_of_text(script), *_of_tables(tree, tables)]
    except RecursionError:
        return []
    kept = [one for one in found if not (is_classic and one.code == "gone-name")]
    return sorted(kept, key=lambda one: (one.line, one.column))[:MOST]


@lru_cache(maxsize=64)
def _of_text(script: str) -> tuple[Finding, ...]:
    """What does not depend on the tables."""
    tree = parse_script(script)
    found = [*ruff_check.check(clean(script)), *_main(tree, script), *reach.check(tree)]
    said = {(one.line, one.column) for one in found if one.code == "gone-name"}
    found += [one for one in gone_names.check(tree) if (one.line, one.column) not in said]
    return tuple(found)


def _of_tables(tree: ast.Module, tables: Tables) -> Iterator[Finding]:
    main = find_main(tree)
    if isinstance(main, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from frame_columns.check(main, tables)


def _main(tree: ast.Module, script: str) -> Iterator[Finding]:
    if find_main(tree) is None and not _may_come_from_elsewhere(tree):
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        close = nearest(MAIN, [function.name for function in functions])
        at = next((one for one in functions if one.name == close), None)
        advice = (
            f"did you mean {close!r}?" if close else f"write `def {MAIN}(dataframe1=None, dataframe2=None):`."
        )
        message = f"The script does not define the function {MAIN}, which this module calls; {advice}"
        yield Finding(at.lineno if at else 1, at.col_offset if at else 0, "no-main", message)
    signature = read_signature(script)
    for name, line, why in signature.left_out if signature else ():
        yield Finding(line, 0, "no-field", f"The parameter {name!r} {why}, so that it keeps its default.")


def _may_come_from_elsewhere(tree: ast.Module) -> bool:
    """Whether `azureml_main` may be imported, or made in another way than by a definition."""
    for node in ast.walk(tree):
        match node:
            case ast.alias(name=name, asname=asname):
                if MAIN in (name, asname) or name == "*":
                    return True
            case ast.Name(id=name, ctx=ast.Store()) if name == MAIN:
                return True
            case ast.Call(func=ast.Name(id="exec" | "globals")):
                return True
    return False
