"""A script that Studio did not write, as an experiment: its files as datasets, the rest as one node."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
from pathlib import PurePath

from modules.classic.python2 import rewrite
from modules.sdk.source import clean
from studio.experiments.desk.reader import Found
from studio.experiments.desk.writer import MAIN, SCRIPT

READERS = frozenset({"read_csv", "read_table", "read_excel", "read_parquet", "read_json"})
TOP = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
MOST_TABLES = 2


def cut_script(text: str, name: str) -> Found:
    """The experiment. SyntaxError with its line if it is neither Python 3 nor 2."""
    found = Found({"format": "studio-experiment/1", "name": name, "nodes": [], "wires": []})
    old = rewrite(clean(text))
    source = old.text
    tree = ast.parse(source)
    params: dict[str, object] = {"api": "classic"} if old.python2 else {}
    if any(isinstance(part, ast.FunctionDef) and part.name == MAIN for part in tree.body):
        _add_script(found, {"script": clean(text), **params})
        return found
    reads = _reads(tree)
    for number, (_, _, path) in enumerate(reads[:MOST_TABLES], 1):
        dataset = PurePath(path.replace("\\", "/")).stem
        found.files[dataset] = path
        position = {"x": (number - 1) * 260, "y": 0}
        node = {"id": f"d{number}", "module": "dataset", "params": {"dataset": dataset}, "position": position}
        found.document["nodes"].append(node)
        found.document["wires"].append({"from": f"d{number}.dataset", "to": f"n1.dataset{number}"})
    for _, variable, path in reads[MOST_TABLES:]:
        found.left_out.append(
            ("n1", f"{variable} reads {path}: a script node takes two tables, so add it there.")
        )
    taken = {line: variable for line, variable, _ in reads[:MOST_TABLES]}
    _add_script(found, {"script": _as_main(source, tree, taken), **params})
    found.left_out.append(("n1", "The code could not be cut further, so that it is in one node."))
    return found


def _add_script(found: Found, params: dict[str, object]) -> None:
    found.document["nodes"].append(
        {"id": "n1", "module": SCRIPT, "params": params, "position": {"x": 0, "y": 160}}
    )


def _reads(tree: ast.Module) -> list[tuple[int, str, str]]:
    """The line, the variable and the path of each table that is read at the top level."""
    found = []
    for part in tree.body:
        match part:
            case ast.Assign(
                targets=[ast.Name(id=variable)],
                value=ast.Call(func=ast.Attribute(attr=reader), args=[ast.Constant(value=str(path)), *_]),
            ) if reader in READERS and "://" not in path:
                found.append((part.lineno, variable, path))
    return found


def _as_main(source: str, tree: ast.Module, taken: dict[int, str]) -> str:
    """Imports, functions and classes stay where they are; all else becomes the body of `azureml_main`."""
    lines = source.splitlines(keepends=True)
    top, body, place = [], [], 0
    last = ""
    for part in tree.body:
        start = min([part.lineno, *(d.lineno for d in getattr(part, "decorator_list", []))])
        text = "".join(lines[place : part.end_lineno])
        place = part.end_lineno or start
        if isinstance(part, TOP):
            top.append(text)
            continue
        if part.lineno in taken:
            argument = f"dataframe{list(taken).index(part.lineno) + 1}"
            text = f"{taken[part.lineno]} = {argument}\n"
        body.append(text)
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            last = part.targets[0].id
        elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Subscript):
            inner = part.targets[0].value
            last = inner.id if isinstance(inner, ast.Name) else last
    inside = _indented("".join(body) or "pass\n")
    back = (
        f"    import pandas\n    return {last} if isinstance({last}, pandas.DataFrame) else None\n"
        if last
        else ""
    )
    return f"{''.join(top)}\n\ndef {MAIN}(dataframe1=None, dataframe2=None):\n{inside}{back}"


def _indented(text: str) -> str:
    """Each line four spaces in, but for those within a text of several lines."""
    inner: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.STRING:
            inner |= set(range(token.start[0] + 1, token.end[0] + 1))
    lines = text.splitlines(keepends=True)
    return "".join(
        line if number in inner else textwrap.indent(line, "    ") for number, line in enumerate(lines, 1)
    )
