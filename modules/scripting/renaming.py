"""A name of a script's own, renamed wherever it is used. The places come from the helper, and are checked
here."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from modules.scripting.finding import Replacement
from modules.sdk.source import parse_script

FIXED = {
    "azureml_main": "Studio calls the function by this name",
    "model": "a connected model arrives under this name",
    "studio": "Studio puts it there",
}


class CannotRename(ValueError):
    """Why a name stays as it is, in a sentence."""


class Renamed(NamedTuple):
    """`old`: the name as it was. `edits`: of the script. `files`: the new text of each file of the bundle."""

    old: str
    edits: list[Replacement]
    files: dict[str, str]


def renamed(
    script: str, places: Sequence[Mapping[str, Any]], name: str, files: Mapping[str, str] | None = None
) -> Renamed:
    """Renames in the script and in the files of its bundle. `places`: `file` (None is the script, a text a
    file of its bundle, "" a library), `line` from 1, `column` and `end` from 0. `files`: the texts of those
    files. Raises CannotRename for what is not the script's own, or would mean something else afterwards."""
    files = files or {}
    by_file: dict[str | None, list[Replacement]] = {}
    for one in places:
        edit = Replacement(one["line"], one["column"], one["line"], one["end"], name)
        by_file.setdefault(one["file"], []).append(edit)
    if "" in by_file:
        raise CannotRename("This name belongs to a library. Only the script's own names can be renamed.")
    texts = {file: script if file is None else files.get(file, "") for file in by_file}
    words = {_word(texts[file], edit) for file, edits in by_file.items() for edit in edits}
    if words == {""} and all(by_file):
        raise CannotRename("This is a file of the zip. Rename it there, and upload the zip as a new version.")
    if len(words) != 1 or not (old := words.pop()).isidentifier():
        raise CannotRename("No name of the script's own stands here. Put the cursor on one.")
    if old in FIXED:
        raise CannotRename(f"`{old}` keeps its name: {FIXED[old]}.")
    for file, text in texts.items():
        _check_new(text, old, name, "The script" if file is None else f"{file} of the zip")
    edits = sorted(by_file.pop(None, []), key=lambda edit: (edit.line, edit.column))
    return Renamed(old, edits, {str(file): _edited(texts[file], edits) for file, edits in by_file.items()})


def _word(text: str, edit: Replacement) -> str:
    lines = text.split("\n")
    return lines[edit.line - 1][edit.column : edit.end_column] if edit.line <= len(lines) else ""


def _edited(text: str, edits: Sequence[Replacement]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column] + edit.text + line[edit.end_column :]
    return "\n".join(lines)


def _check_new(script: str, old: str, name: str, where: str) -> None:
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
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise CannotRename(f"{where} cannot be read as it is{line}. Mend that first.") from None
    shared = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Global | ast.Nonlocal) and old in node.names
    ]
    if shared:
        raise CannotRename(
            f"{where} shares `{old}` by a `global` or `nonlocal` at line {shared[0]}. Rename it by hand."
        )
    if name in set(_names(tree)):
        raise CannotRename(f"{where} has a `{name}` already. Choose another name.")


def _names(tree: ast.AST) -> Iterator[str]:
    """Every name that the script has or uses."""
    for node in ast.walk(tree):
        for field in ("id", "arg", "attr", "name", "asname", "rest"):
            if isinstance(word := getattr(node, field, None), str):
                yield from word.split(".")
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names
