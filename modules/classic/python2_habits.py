"""What Python 2 had without an import, and how it divided, encoded and drew lots."""

from __future__ import annotations

import ast
import builtins
import functools
import random
from typing import Any

import numpy as np

from modules.classic import notes
from modules.classic.patches import Patches
from modules.classic.python2_files import open_any, open_as_python2
from modules.classic.python2_order import compare, greatest, in_order, least, sort_list, with_old_methods

DIVIDE, ENCODE, DECODE = "_classic_divide", "_classic_encode", "_classic_decode"
TRANSLATE, SORT, CLASS = "_classic_translate", "_classic_sort", "_classic_class"
OLD_METHODS = frozenset(["__cmp__", "__div__", "__idiv__", "__rdiv__", "__unicode__", "__nonzero__"])
CODECS = frozenset(
    [
        "ascii",
        "utf8",
        "utf-8",
        "latin1",
        "latin-1",
        "iso-8859-1",
        "cp1252",
        "utf-16",
        "utf_8",
        "us-ascii",
        "windows-1252",
    ]
)


class Python2Habits(ast.NodeTransformer):
    """Division and `str.encode` as Python 2 had them. A node keeps its line."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        return self._call(node, DIVIDE, [node.left, node.right])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or not isinstance(node.target, ast.Name):
            return node
        now = ast.Name(node.target.id, ast.Load())
        divided = self._call(node, DIVIDE, [ast.copy_location(now, node.target), node.value])
        return ast.copy_location(ast.Assign([node.target], divided), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("encode", "decode"):
            name = ENCODE if node.func.attr == "encode" else DECODE
            found = self._call(node, name, [node.func.value, *node.args])
            found.keywords = node.keywords
            return found
        if isinstance(node.func, ast.Attribute) and node.func.attr == "translate" and len(node.args) == 2:
            return self._call(node, TRANSLATE, [node.func.value, *node.args])
        if isinstance(node.func, ast.Attribute) and node.func.attr == "sort":
            found = self._call(node, SORT, [node.func.value, *node.args])
            found.keywords = node.keywords
            return found
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        if any(isinstance(part, ast.FunctionDef) and part.name in OLD_METHODS for part in node.body):
            name = ast.copy_location(ast.Name(CLASS, ast.Load()), node)
            node.decorator_list.append(name)
        return node

    def _call(self, node: ast.AST, name: str, arguments: list[ast.expr]) -> ast.Call:
        call = ast.Call(ast.Name(name, ast.Load()), arguments, [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


def names() -> dict[str, Any]:
    """What a script of Python 2 finds without an import."""
    return {
        "unicode": str,
        "basestring": str,
        "long": int,
        "unichr": chr,
        "xrange": range,
        "file": open_as_python2,
        "open": open_as_python2,
        "raw_input": input,
        "reduce": functools.reduce,
        "cmp": compare,
        "sorted": in_order,
        "max": greatest,
        "min": least,
        "execfile": _execfile,
        "reload": lambda module: module,
        "intern": str,
        "coerce": lambda a, b: (a, b),
        "round": _round,
        DIVIDE: divide,
        ENCODE: encode,
        DECODE: decode,
        TRANSLATE: translate,
        SORT: sort_list,
        CLASS: with_old_methods,
    }


def names_of_python3() -> dict[str, Any]:
    """What an old script of Python 3 finds."""
    return {"open": open_any}


def divide(left: Any, right: Any) -> Any:
    """`left / right`: whole numbers give a whole number, rounded down. pandas has always divided truly."""
    if not (_whole(left) and _whole(right)):
        return left / right
    floor = left // right
    changed = floor * right != left
    if bool(changed.any()) if isinstance(changed, np.ndarray) else changed:
        notes.replaced(
            "the division of whole numbers that rounds down", "it was done so here: // says that today"
        )
    return floor


def _whole(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iub"
    return isinstance(value, int | np.integer)


def encode(text: Any, encoding: Any = "utf-8", errors: Any = "strict") -> Any:
    """Text to text: what Python 2 had as bytes behaves as text everywhere else in such a script."""
    if not isinstance(text, str) or str(encoding).lower() not in CODECS:
        return text.encode(encoding, errors)
    return text.encode(encoding, errors).decode(encoding)


def decode(text: Any, encoding: Any = "utf-8", errors: Any = "strict") -> Any:
    return text if isinstance(text, str) else text.decode(encoding, errors)


def translate(text: Any, table: Any, delete: Any) -> Any:
    """`text.translate(table, delete)`, which a text of Python 3 does not take."""
    if not isinstance(text, str):
        return text.translate(table, delete)
    kept = text.translate(dict.fromkeys(map(ord, delete)))
    return kept if table is None else kept.translate(table)


def _round(number: Any, digits: int = 0) -> Any:
    """Python 2 rounded halves away from zero, and gave a float."""
    if not isinstance(number, float | int | np.floating | np.integer) or digits:
        return builtins.round(number, digits)
    return float(np.copysign(np.floor(np.abs(number) + 0.5), number))


def _execfile(path: str, globals: Any = None, locals: Any = None) -> None:
    from modules.classic.compiling import compile_classic

    with open(path, encoding="utf-8") as file:
        text = file.read()
    exec(compile_classic(text), globals or {}, locals)  # noqa: S102  the script asked for it


def draw_as_before(patches: Patches) -> None:
    """`random.randint`, `choice`, `shuffle` and `sample` give, with a seed, what Python 2 gave."""
    patches.put(random.Random, "_randbelow", lambda self, n: int(self.random() * n))
    patches.put(random.Random, "shuffle", _shuffle)
    patches.put(random, "shuffle", random._inst.shuffle)


def _shuffle(self: random.Random, x: Any, random: Any = None) -> None:
    draw = random or self.random
    for i in reversed(range(1, len(x))):
        j = int(draw() * (i + 1))
        x[i], x[j] = x[j], x[i]
