"""Paths as classic's scripts wrote them: with backslashes, and below `./Script Bundle` or `src`."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

BUNDLE = "Script Bundle"
OF_BUNDLE = re.compile(r"^(\.?[\\/]+)?(Script Bundle|src)([\\/]|$)", re.IGNORECASE)


class PathHabits(ast.NodeTransformer):
    r"""`".\Script Bundle\x.csv"` means a file of the bundle; here a path has slashes."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str) and "\\" in node.value and OF_BUNDLE.match(node.value):
            return ast.copy_location(ast.Constant(node.value.replace("\\", "/")), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node


def offer_src(folder: Path) -> None:
    """The bundle is found under `src` too, as classic's own page said, unless it has such a folder."""
    bundle, other = folder / BUNDLE, folder / "src"
    if bundle.is_dir() and not other.exists():
        os.symlink(BUNDLE, other)
