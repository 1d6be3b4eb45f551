"""Which columns a Python script names of a frame that it is given. Pure; parses, executes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

FUNCTION = "azureml_main"
BY_NAME = {
    "loc", "at", "assign", "rename", "drop", "copy", "query", "eval", "head", "tail", "reset_index", "index",
    "sort_values", "sort_index", "shape", "groupby", "merge", "join", "insert", "pop", "get", "set_index",
    "empty",
}  # fmt: skip
"""Attributes of a frame by which a column counts only where it is named."""
WHOLE = {"len", "concat", "merge"}
"""Functions that take a frame and read no column that nobody names."""


def columns_of_script(source: str, names: set[str], place: int) -> set[str] | None:
    """The columns, of `names`, that the script reads of the frame at this place (from 0). None where it may
    read all of them, since it computes with the whole frame or cannot be read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    function = _function(tree)
    if function is None:
        return None
    arguments = [*function.args.posonlyargs, *function.args.args]
    if place >= len(arguments):
        return None if function.args.vararg else set()
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    frames = _frames(function, arguments[place].arg)
    uses = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id in frames]
    found = set(_named(tree, parents)) | {
        parent.attr for use in uses if isinstance(parent := parents.get(use), ast.Attribute)
    }
    found &= names
    return found if all(_is_harmless(use, parents, names) for use in uses) else None


def columns_dropped(source: str, names: set[str]) -> set[str]:
    """The columns, of `names`, that the script drops by name."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    calls = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "drop"
    )
    found = {each.value for call in calls for each in ast.walk(call) if isinstance(each, ast.Constant)}
    return names.intersection(value for value in found if isinstance(value, str))


def _function(tree: ast.Module) -> ast.FunctionDef | None:
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == FUNCTION]
    return found[-1] if found else None


def _frames(function: ast.FunctionDef, first: str) -> set[str]:
    """The variables that may hold the frame, or most of it."""
    frames = {first}
    while True:
        found = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and _holds(node.value, frames)
        }
        if found <= frames:
            return frames
        frames |= found


def _holds(value: ast.expr, frames: set[str]) -> bool:
    """Whether the value of an expression may have columns of a frame that the expression does not name."""
    if isinstance(value, ast.Name):
        return value.id in frames
    if isinstance(value, ast.Subscript) and _is_named(value.slice):
        return False
    return any(_holds(child, frames) for child in ast.iter_child_nodes(value) if isinstance(child, ast.expr))


def _is_named(slice: ast.expr) -> bool:
    if isinstance(slice, (ast.List, ast.Tuple)):
        return all(_is_named(item) for item in slice.elts)
    return isinstance(slice, ast.Constant) and isinstance(slice.value, str)


def _is_harmless(use: ast.Name, parents: dict[ast.AST, ast.AST], names: set[str]) -> bool:
    """Whether this use of a frame reads no column that it does not name."""
    if isinstance(use.ctx, ast.Store):
        return True
    parent = parents.get(use)
    if isinstance(parent, ast.Attribute):
        return parent.attr in BY_NAME or parent.attr in names
    if isinstance(parent, ast.Subscript):
        return parent.value is use
    if isinstance(parent, (ast.Return, ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        return True
    if isinstance(parent, (ast.Tuple, ast.List)):
        above = parents.get(parent)
        return isinstance(above, (ast.Return, ast.Assign)) or _takes_whole(above)
    if isinstance(parent, ast.Compare):
        return all(isinstance(op, (ast.Is, ast.IsNot)) for op in parent.ops)
    return _takes_whole(parent)


def _takes_whole(node: ast.AST | None) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in WHOLE


def _named(tree: ast.Module, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    """Every text of the script that may name a column that is read: not one that is written or dropped."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_let_go(node, parents):
            yield node.value
            yield from _words(node, parents)


def _words(node: ast.Constant, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    """The words of an expression that is a text: `df.query("price > 3")`."""
    call = parents.get(node)
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("query", "eval")
    ):
        yield from (word.strip("`") for word in str(node.value).replace("`", " ").split())
        try:
            tree = ast.parse(str(node.value), mode="eval")
        except (SyntaxError, ValueError, RecursionError):
            return
        yield from (each.id for each in ast.walk(tree) if isinstance(each, ast.Name))


def _is_let_go(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it stands where a column is assigned or dropped."""
    at: ast.AST | None = node
    while at is not None and not isinstance(at, ast.stmt):
        above = parents.get(at)
        if isinstance(above, ast.Subscript) and above.slice is at:
            adds = isinstance(parents.get(above), ast.AugAssign)
            return isinstance(above.ctx, (ast.Store, ast.Del)) and not adds
        if isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute) and at is not above.func:
            return above.func.attr == "drop"
        at = above
    return False
