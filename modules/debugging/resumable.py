"""A script that can be continued from any of its statements, with other code: changes to its tree.

Each function gets a first line that nobody reaches (`TRAMPOLINE`), to which a debugger can jump from anywhere
in the function: it returns what the continued function returns. Loops keep their iterators, and `with` its
managers, in hidden variables, so that they go on where they are.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, cast

TRAMPOLINE = 10_000_000
"""No script has so many lines. The jump goes one line below; `ARRIVED` is just before the statement."""
ARRIVED = TRAMPOLINE + 2
AGAIN = "__studio_again__"
"""The name by which the script reaches `modules.debugging.rewinding.Again`."""
OUTER = "__studio_outer__"
Scope = ast.Module | ast.FunctionDef


def resumable(tree: ast.Module) -> ast.Module:
    """The tree, changed in place. Tracebacks show the lines of the text as before."""
    _Instrumented().change(tree)
    jump = _never(ast.Expr(_call("go_on")))
    tree.body.append(jump)
    return ast.fix_missing_locations(tree)


def loop_name(depth: int) -> str:
    return f"__studio_loop_{depth}__"


def with_name(depth: int, place: int) -> str:
    return f"__studio_with_{depth}_{place}__"


class _Instrumented:
    """Walks through scopes; `depth` counts the loops and `with` blocks around a statement in its scope."""

    def change(self, node: ast.AST, depth: int = 0, inside_class: bool = False) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                self.change(child)
                if isinstance(child, ast.FunctionDef):
                    _with_trampoline(child)
            elif isinstance(child, ast.ClassDef):
                self.change(child, inside_class=True)
            elif isinstance(child, ast.For) and not inside_class:
                child.iter = _keep(loop_name(depth), "iterate", child.iter)
                self.change(child, depth + 1)
            elif isinstance(child, ast.With) and not inside_class:
                for place, item in enumerate(child.items):
                    item.context_expr = _keep(with_name(depth, place), "enter", item.context_expr)
                self.change(child, depth + 1)
            elif not isinstance(child, ast.expr):
                self.change(child, depth, inside_class)


def _with_trampoline(function: ast.FunctionDef) -> None:
    value: ast.expr = _call("go_on")
    if _is_generator(function):
        value = ast.YieldFrom(value)
    first = function.body[0]
    has_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    function.body.insert(1 if has_doc else 0, _never(ast.Return(value)))


def _is_generator(function: ast.FunctionDef) -> bool:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return False


def _never(statement: ast.stmt) -> ast.stmt:
    made = ast.If(_attribute("never"), [statement], [])
    _at(made, TRAMPOLINE)
    _at(statement, TRAMPOLINE + 1)
    return made


def _at(node: ast.AST, line: int) -> None:
    for each in ast.walk(node):
        if "lineno" in each._attributes:
            cast(Any, each).lineno = cast(Any, each).end_lineno = line
            cast(Any, each).col_offset = cast(Any, each).end_col_offset = 0


def _attribute(name: str) -> ast.expr:
    return ast.Attribute(_name(AGAIN), name, ast.Load())


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(_attribute(name), list(arguments), [])


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _keep(name: str, by: str, value: ast.expr) -> ast.expr:
    made = ast.NamedExpr(ast.Name(name, ast.Store()), _call(by, value))
    for node in ast.walk(made):
        if isinstance(node, ast.expr) and not hasattr(node, "lineno"):
            ast.copy_location(node, value)
    return made


class Unreachable(ValueError):
    """A statement from which a script cannot be continued; the message is a sentence."""


class Place:
    """A statement of a script: its scope (a function, or the module), and what is around it there."""

    def __init__(self, tree: ast.Module, line: int) -> None:
        """The statement on that line, or the first one after it in the same scope. Unreachable if none is."""
        self.tree = tree
        self.scopes = _scopes(tree, line)
        self.scope: Scope = cast(Scope, self.scopes[-1])
        if not isinstance(self.scope, ast.Module | ast.FunctionDef):
            raise Unreachable("A class and an async function cannot be continued with other code.")
        self.path = _path(self.scope, line)
        if not self.path:
            raise Unreachable("No statement follows there in the same function.")
        self.statement = self.path[-1][0]

    @property
    def name(self) -> str:
        """As `co_qualname`."""
        parts: list[str] = []
        for scope in self.scopes[1:]:
            parts.append(cast(Any, scope).name)
            if not isinstance(scope, ast.ClassDef):
                parts.append("<locals>")
        return ".".join(parts[:-1]) if parts else "<module>"

    @property
    def kept(self) -> list[str]:
        """The loops and `with` blocks around it that are under way, outermost first."""
        return [type(one).__name__ for one, field in self.path[:-1] if field == "body" and _is_kept(one)]


def _is_kept(node: ast.stmt) -> bool:
    return isinstance(node, ast.For | ast.With)


def _scopes(tree: ast.Module, line: int) -> list[ast.AST]:
    found: list[ast.AST] = [tree]
    while True:
        inner = next(
            (one for one in _inner_scopes(found[-1]) if one.body[0].lineno <= line <= _end(one)), None
        )
        if inner is None:
            return found
        found.append(inner)


def _inner_scopes(scope: ast.AST) -> list[Any]:
    found, waiting = [], list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(node)
        elif not isinstance(node, ast.expr):
            waiting += ast.iter_child_nodes(node)
    return found


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _path(scope: Scope, line: int) -> list[tuple[ast.stmt, str]]:
    """From the scope's own statement down to the wanted one; each with the block that leads on."""
    best: list[tuple[ast.stmt, str]] = []

    def walk(block: Sequence[ast.stmt], above: list[tuple[ast.stmt, str]]) -> None:
        nonlocal best
        for one in block:
            here = [*above, (one, "")]
            if one.lineno >= line and (not best or one.lineno < best[-1][0].lineno):
                best = here
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            for field, inner in _blocks(one):
                walk(inner, [*above, (one, field)])

    walk(scope.body, [])
    return best


def _blocks(node: ast.stmt) -> list[tuple[str, list[ast.stmt]]]:
    found = [
        (field, getattr(node, field)) for field in ("body", "orelse", "finalbody") if hasattr(node, field)
    ]
    for place, handler in enumerate(getattr(node, "handlers", ())):
        found.append((f"handlers.{place}", handler.body))
    for place, case in enumerate(getattr(node, "cases", ())):
        found.append((f"cases.{place}", case.body))
    return [(field, block) for field, block in found if block]


def arguments_of(function: ast.FunctionDef, given: Sequence[str]) -> list[str]:
    """The names that have values; its own first parameter stays the first, since `super()` looks there."""
    own = function.args
    first = [one.arg for one in (*own.posonlyargs, *own.args)][:1]
    return sorted(given, key=lambda name: name not in first)


def definitions(tree: ast.Module, before: ast.Module) -> list[ast.stmt]:
    """Functions and classes at the top that are not as before."""
    old = {ast.dump(one) for one in before.body}
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [one for one in tree.body if isinstance(one, kinds) and ast.dump(one) not in old]


def continued(place: Place, given: Sequence[str], closed: Sequence[str]) -> ast.Module:
    """Code that passes over all that is before the place: the rest of the script, or a function OUTER that
    takes the values of `closed` (names of functions around it) and gives a function that takes those of
    `arguments_of`."""
    from modules.debugging.passing import pass_over

    scope = place.scope
    body = pass_over(place)
    if isinstance(scope, ast.Module):
        return resumable(ast.Module(body, []))
    arguments = [ast.arg(name) for name in arguments_of(scope, given)]
    made = ast.FunctionDef(
        scope.name,
        ast.arguments([], arguments, None, [], [], None, []),
        body,
        [],
        None,
        lineno=scope.lineno,
        end_lineno=scope.end_lineno,
        col_offset=0,
        end_col_offset=0,
    )
    outer = ast.FunctionDef(
        OUTER,
        ast.arguments([], [ast.arg(name) for name in closed], None, [], [], None, []),
        [made, ast.Return(_name(scope.name))],
        [],
        None,
    )
    _Instrumented().change(outer)
    for each in (*outer.args.args, outer.body[-1]):
        _at(each, TRAMPOLINE)
    outer.lineno = outer.end_lineno = TRAMPOLINE
    outer.col_offset = outer.end_col_offset = 0
    tree = ast.Module([outer], [])
    return ast.fix_missing_locations(tree)
