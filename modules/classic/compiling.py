"""The code of an old script, with the lines of its own source."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from modules.classic import notes
from modules.classic.patches import Patches
from modules.classic.paths import PathHabits
from modules.classic.python2 import Rewritten, is_python2, rewrite
from modules.classic.python2_habits import Python2Habits, names, names_of_python3
from modules.sdk.source import SCRIPT, parse_script


def compile_classic(text: str, filename: str = SCRIPT, python2: bool = False) -> CodeType:
    """Compiles a script of Python 2 or 3; SyntaxError says which line of it is wrong. Executes nothing.
    `python2`: numbers divide as in Python 2, though the text may be either."""
    found = rewrite(text)
    if filename == SCRIPT:
        for line, old, new in found.changes:
            notes.rewritten(line, f"rewritten from Python 2: {old}  →  {new}")
    tree = parse_script(found.text)
    _count_as_in_source(tree, found)
    tree = PathHabits().visit(tree)
    if found.python2 or python2:
        _divide_as_before(tree)
    return compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)


def old_names(text: str) -> dict[str, Any]:
    """What the script finds without an import."""
    return names() if is_python2(text) else names_of_python3()


def _count_as_in_source(tree: ast.AST, found: Rewritten) -> None:
    if not found.origin or found.origin[-1] == len(found.origin):
        return
    for node in ast.walk(tree):
        for name in ("lineno", "end_lineno"):
            line = getattr(node, name, None)
            if line is not None:
                setattr(node, name, found.origin[min(line, len(found.origin)) - 1])


def _divide_as_before(tree: ast.Module) -> None:
    truly = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(name.name == "division" for name in node.names)
        for node in tree.body
    )
    habits = Python2Habits()
    if truly:
        # This one visitor leaves divisions alone; the class changes them.
        habits.visit_BinOp = habits.visit_AugAssign = habits.generic_visit  # type: ignore[method-assign]
    habits.visit(tree)


class BundleLoader(importlib.machinery.SourceFileLoader):
    """Modules of the script's own, in its bundle or beside it, which may be Python 2 too. `python2`: the
    script is, so that they are."""

    python2 = False

    # Python's own stubs give the loader and its base two signatures that do not agree.
    def source_to_code(  # type: ignore[override]
        self, data: Any, path: Any, *, _optimize: int = -1
    ) -> CodeType:
        try:
            text = importlib.util.decode_source(data)
        except SyntaxError:  # no UTF-8, and nothing that says what else
            text = bytes(data).decode("latin-1")
        return compile_classic(text, str(path), self.python2)

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(names() if self.python2 or self._python2() else names_of_python3())
        super().exec_module(module)

    def _python2(self) -> bool:
        try:
            return rewrite(Path(self.path).read_text(encoding="utf-8", errors="replace")).python2
        except (SyntaxError, OSError):
            return False


class BundleFinder(importlib.abc.MetaPathFinder):
    """Finds what lies below the working directory, before anybody else does."""

    def __init__(self, folder: Path, python2: bool) -> None:
        self.folder, self.python2 = folder, python2

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        below = [
            place for place in path or sys.path if Path(place or ".").absolute().is_relative_to(self.folder)
        ]
        if not below:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, below)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return spec
        spec.loader = BundleLoader(spec.loader.name, spec.loader.path)
        spec.loader.python2 = self.python2
        return spec


def import_as_before(patches: Patches, folder: Path, python2: bool) -> None:
    finder = BundleFinder(folder.absolute(), python2)
    sys.meta_path.insert(0, finder)
    patches.afterwards(lambda: sys.meta_path.remove(finder))
