"""Which names a statement uses, defines and changes in place."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

IN_PLACE = frozenset([
    "append", "extend", "insert", "pop", "remove", "update", "clear", "setdefault", "add", "discard",
    "sort", "reverse", "write", "fit", "partial_fit", "fit_transform", "fit_predict",
])  # fmt: skip
"""Methods that change what they are called on."""
COMPOUND = (ast.If, ast.Try, ast.For, ast.While, ast.With, ast.Match)
FRESH = (ast.For, ast.While, ast.With)
"""Where a name that is first assigned inside is of use inside only."""


@dataclass(frozen=True)
class Names:
    """`uses`: what must be there before; `defines`: what is new or changed after; `changes`: those of
    `defines` that are changed in place. `keeps_globals`: a function in it assigns to a global name."""

    uses: frozenset[str]
    defines: frozenset[str]
    changes: frozenset[str] = frozenset()
    keeps_globals: bool = False


def names_of(node: ast.stmt, functions: Mapping[str, frozenset[int]]) -> Names:
    """`functions`: of the script's own functions, the positions of the arguments that it changes."""
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    uses, globals_kept = set(_free(table)), False
    for inner in _below(table):
        globals_kept |= any(s.is_declared_global() and s.is_assigned() for s in inner.get_symbols())
    uses |= {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    defines = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    uses |= {
        n.target.id for n in ast.walk(node) if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)
    }
    if isinstance(node, COMPOUND):
        uses |= {name for name in defines if not (isinstance(node, FRESH) and _stored_first(node, name))}
        uses -= _targets(node)
    changes = (
        set() if isinstance(node, ast.FunctionDef | ast.ClassDef) else set(changed_in_place(node, functions))
    )
    return Names(frozenset(uses | changes), frozenset(defines | changes), frozenset(changes), globals_kept)


def changed_in_place(node: ast.AST, functions: Mapping[str, frozenset[int]]) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                yield from root(part)
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in IN_PLACE or _in_place(part):
                yield from root(value)
            case ast.Call(func=ast.Name(id=name), args=args) if name in functions:
                for position in functions[name]:
                    yield from root(args[position]) if position < len(args) else ()
        match part:
            case ast.Call(func=ast.Attribute(attr="shuffle") | ast.Name(id="shuffle"), args=[first, *_]):
                yield from root(first)


def root(value: ast.expr) -> Iterator[str]:
    """The name that an expression begins with: `df` of `df.loc[0, "x"]`."""
    while isinstance(value, ast.Attribute | ast.Subscript):
        value = value.value
    if isinstance(value, ast.Name):
        yield value.id


def changed_arguments(function: ast.FunctionDef) -> frozenset[int]:
    """The positions of the arguments that a function changes in place."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    changed = {name for part in function.body for name in changed_in_place(part, {})}
    return frozenset(position for position, name in enumerate(names) if name in changed)


def _in_place(call: ast.Call) -> bool:
    return any(
        k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and k.value.value is False)
        for k in call.keywords
    )


def _below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _below(child)


def _free(table: symtable.SymbolTable) -> Iterator[str]:
    for inner in _below(table):
        yield from (s.get_name() for s in inner.get_symbols() if s.is_global() and s.is_referenced())


def _targets(node: ast.stmt) -> set[str]:
    """The loop's and the with statement's own names, if nothing inside reads them before."""
    found: set[str] = set()
    for part in ast.walk(node):
        targets: list[ast.expr] = []
        if isinstance(part, ast.For | ast.comprehension):
            targets = [part.target]
        elif isinstance(part, ast.withitem) and part.optional_vars:
            targets = [part.optional_vars]
        found |= {n.id for one in targets for n in ast.walk(one) if isinstance(n, ast.Name)}
    return {name for name in found if _stored_first(node, name)}


def _stored_first(node: ast.stmt, name: str) -> bool:
    places = [n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id == name]
    if not places:
        return False
    stored = [n for n in places if isinstance(n.ctx, ast.Store)]
    read = [n for n in places if isinstance(n.ctx, ast.Load)]
    if not stored:
        return False
    first = min((n.lineno, n.col_offset) for n in stored)
    # In `x = x + 1` the target stands first, and is read before it is stored.
    return all(n.lineno > first[0] for n in read) or (
        isinstance(node, ast.For | ast.With) and not _self_read(node, name)
    )


def _self_read(node: ast.stmt, name: str) -> bool:
    """Whether it is read where it is assigned: `x += 1`, `x = x + 1`."""
    for part in ast.walk(node):
        match part:
            case ast.AugAssign(target=ast.Name(id=target)) if target == name:
                return True
            case ast.Assign(targets=targets, value=value) if any(
                isinstance(target, ast.Name) and target.id == name for target in targets
            ):
                return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(value))
    return False
