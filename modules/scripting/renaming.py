"""A name of a script's own, renamed wherever it is used. The places come from the helper, and are checked
here."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modules.scripting.finding import Replacement
from modules.sdk.source import parse_script

FIXED = {
    "azureml_main": "Studio calls the function by this name",
    "model": "a connected model arrives under this name",
    "studio": "Studio puts it there",
}


class CannotRename(ValueError):
    """Why a name stays as it is, in a sentence."""


def renamed(script: str, places: Sequence[Mapping[str, Any]], name: str) -> tuple[str, list[Replacement]]:
    """The name as it was, and the replacements in the script. `places`: `file` (None is the script, a text a
    file of its bundle, "" a library), `line` from 1, `column` and `end` from 0. Raises CannotRename for what
    is not the script's own, or would mean something else afterwards."""
    elsewhere = {str(place["file"]) for place in places if place["file"] is not None}
    if elsewhere:
        raise CannotRename(_not_own(elsewhere))
    lines = script.split("\n")
    words = {
        lines[one["line"] - 1][one["column"] : one["end"]] for one in places if one["line"] <= len(lines)
    }
    if len(words) != 1 or not (old := words.pop()).isidentifier():
        raise CannotRename("No name of the script's own stands here. Put the cursor on one.")
    if old in FIXED:
        raise CannotRename(f"`{old}` keeps its name: {FIXED[old]}.")
    _check_new(script, old, name)
    edits = [Replacement(one["line"], one["column"], one["line"], one["end"], name) for one in places]
    return old, sorted(edits, key=lambda edit: (edit.line, edit.column))


def _not_own(files: set[str]) -> str:
    if "" in files:
        return "This name belongs to a library. Only the script's own names can be renamed."
    named = " and ".join(sorted(files)[:3])
    return (
        f"This name is defined in {named} of the script bundle. Rename it there, and upload the zip as a new "
        "version of its dataset."
    )


def _check_new(script: str, old: str, name: str) -> None:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CannotRename(
            f"`{name:.60}` cannot be a name: one has letters, digits and `_`, begins with no digit, "
            "and is no keyword of Python."
        )
    if name == old:
        raise CannotRename(f"It is called `{old}` already.")
    try:
        tree = parse_script(script)
    except (SyntaxError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise CannotRename(f"The script cannot be read as it is{where}. Mend that first.") from None
    shared = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Global | ast.Nonlocal) and old in node.names
    ]
    if shared:
        raise CannotRename(
            f"`{old}` is shared by a `global` or `nonlocal` at line {shared[0]}. Rename it by hand."
        )
    if name in set(_names(tree)):
        raise CannotRename(f"The script has a `{name}` already. Choose another name.")


def _names(tree: ast.AST) -> Iterator[str]:
    """Every name that the script has or uses."""
    for node in ast.walk(tree):
        for field in ("id", "arg", "attr", "name", "asname", "rest"):
            if isinstance(word := getattr(node, field, None), str):
                yield from word.split(".")
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names
