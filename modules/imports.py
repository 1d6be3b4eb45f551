"""Which files of ours, and which libraries, a Python file imports. Its source is read, not executed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
NAME = ROOT.name


@dataclass(frozen=True)
class Imports:
    """What one file needs: files of this room, and names of packages of others."""

    files: frozenset[Path]
    packages: frozenset[str]


def imported(starts: Iterable[Path], without: Collection[Path] = ()) -> Imports:
    """All that these files need, they included, and what those need in turn. Imports inside of functions
    count, those for a type checker do not. `without`: files and folders that are left out."""
    files: set[Path] = set()
    packages: set[str] = set()
    edge = list(starts)
    while edge:
        file = edge.pop()
        if file in files or any(file.is_relative_to(left_out) for left_out in without):
            continue
        files.add(file)
        if file.suffix == ".py":
            own = imports_of(file)
            packages |= own.packages
            edge += own.files
    return Imports(frozenset(files), frozenset(packages))


@cache
def imports_of(file: Path) -> Imports:
    """What the file itself names."""
    files: set[Path] = set()
    packages: set[str] = set()
    for node in _walk(ast.parse(file.read_bytes())):
        match node:
            case ast.Import(names=names):
                for name in names:
                    _note(name.name, (), files, packages)
            case ast.ImportFrom(module=module, level=0, names=names):
                _note(module or "", [name.name for name in names], files, packages)
            case ast.ImportFrom():
                raise ValueError(f"{file}: write the whole name of what is imported")
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if start.startswith(f"{NAME}."):
                files.update(_below(start))  # a name put together from parts: any of them may be meant
            case ast.Constant(value=str(text)) if text.startswith("_") and (file.parent / text).is_file():
                files.add(file.parent / text)  # a helper that is no Python file
    return Imports(frozenset(files), frozenset(packages))


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        for other in node.orelse:
            yield from _walk(other)
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _note(module: str, names: Iterable[str], files: set[Path], packages: set[str]) -> None:
    """`from module import names`. Of a package only those of its files count that are named, and its own file
    only if something in it is."""
    parts = module.split(".")
    if parts[0] != NAME:
        packages.add(parts[0])
        return
    place = ROOT.joinpath(*parts[1:])
    if place.with_suffix(".py").is_file():
        files.add(place.with_suffix(".py"))
        return
    inside = {name: _file(place / name) for name in names}
    files.update(found for found in inside.values() if found)
    if not all(inside.values()) or not inside:
        files.add(place / "__init__.py")


def _file(place: Path) -> Path | None:
    candidates = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def _below(start: str) -> Iterator[Path]:
    """
    >>> sorted(file.name for file in _below("modules.files.r_"))[:2]
    ['__init__.py', 'absent.py']
    """
    folder = ROOT.joinpath(*start.split(".")[1:-1])
    return (file for file in folder.rglob("*.py") if file.name != "conftest.py")
