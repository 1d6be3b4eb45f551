"""The body of a function that passes over all statements before one, and goes on from there."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from modules.debugging.resumable import (
    AGAIN,
    ARRIVED,
    TRAMPOLINE,
    Place,
    Unreachable,
    loop_name,
    with_name,
)

PASSING = "__studio_passing__"
"""True until the place is reached."""
ERROR = "error"
"""Attribute of AGAIN: the exception that is being handled at the place."""


def pass_over(place: Place) -> list[ast.stmt]:
    """Unreachable where Python has no way into a block."""
    made = _block(list(place.scope.body), place.path, 0)
    start = _statement(f"{PASSING} = True", TRAMPOLINE)
    future = [one for one in made if _stays_first(one)]
    return [*future, start, *(one for one in made if not _stays_first(one))]


def _stays_first(one: ast.stmt) -> bool:
    is_future = isinstance(one, ast.ImportFrom) and one.module == "__future__"
    return is_future or isinstance(one, ast.Global | ast.Nonlocal)


def _block(block: Sequence[ast.stmt], path: Sequence[tuple[ast.stmt, str]], depth: int) -> list[ast.stmt]:
    (here, field), *rest = path
    at = next(place for place, one in enumerate(block) if one is here)
    before = _unless_passing(block[:at])
    if not rest:
        return [*before, *_statements(f"{PASSING} = False", ARRIVED), *block[at:]]
    return [*before, *_through(here, field, rest, depth), *block[at + 1 :]]


def _through(here: ast.stmt, field: str, rest: Sequence[tuple[ast.stmt, str]], depth: int) -> list[ast.stmt]:
    """A compound statement on the way: into its block `field` without what leads there."""
    match here:
        case ast.If() | ast.While() if field == "body":
            here.test = _expression(f"{PASSING} or own_", here.test)
        case ast.If() | ast.While():
            here.test = _expression(f"not {PASSING} and own_", here.test)
        case ast.For() if field == "body":
            return [_for(here, rest, depth)]
        case ast.For():
            here.iter = _expression(f"() if {PASSING} else own_", here.iter)
            depth += 1
        case ast.With():
            return [_with(here, rest, depth)]
        case ast.Try() if field == "orelse":
            here.body = _unless_passing(here.body) or here.body
        case ast.Try() if field.startswith("handlers."):
            handler = here.handlers[int(field.partition(".")[2])]
            raised = _statement(f"if {PASSING}: raise {AGAIN}.{ERROR}", TRAMPOLINE)
            here.body = [raised, *here.body]
            handler.body = _block(handler.body, rest, depth)
            return [here]
        case ast.Try() if field == "body":
            pass
        case ast.Try():
            raise Unreachable("A `finally` block cannot be continued with other code.")
        case ast.Match():
            raise Unreachable("A `case` block cannot be continued with other code.")
        case _:
            raise Unreachable(f"This block ({type(here).__name__}) cannot be continued with other code.")
    setattr(here, field, _block(getattr(here, field), rest, depth))
    return [here]


def _for(here: ast.For, rest: Sequence[tuple[ast.stmt, str]], depth: int) -> ast.For:
    item = f"__studio_item_{depth}__"
    assign = ast.Assign([here.target], ast.Name(item, ast.Load()))
    ast.copy_location(assign, here)
    first = _unless_passing([assign])
    here.iter = _expression(f"{AGAIN}.resumed({loop_name(depth)}) if {PASSING} else own_", here.iter)
    here.target = ast.copy_location(ast.Name(item, ast.Store()), here.iter)
    here.body = [*first, *_block(here.body, rest, depth + 1)]
    return here


def _with(here: ast.With, rest: Sequence[tuple[ast.stmt, str]], depth: int) -> ast.With:
    first: list[ast.stmt] = []
    for place, item in enumerate(here.items):
        old = with_name(depth, place)
        item.context_expr = _expression(f"{AGAIN}.entered({old}) if {PASSING} else own_", item.context_expr)
        if item.optional_vars is not None:
            name = f"__studio_as_{depth}_{place}__"
            assign = ast.Assign([item.optional_vars], ast.Name(name, ast.Load()))
            first.append(ast.copy_location(assign, here))
            item.optional_vars = ast.copy_location(ast.Name(name, ast.Store()), here)
    here.body = [*_unless_passing(first), *_block(here.body, rest, depth + 1)]
    return here


def _unless_passing(block: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Declarations stay where they are: they do nothing, and hold for the whole scope."""
    body = [one for one in block if not _stays_first(one)]
    declared = [one for one in block if _stays_first(one)]
    if not body:
        return declared
    made = _statement(f"if not {PASSING}: pass", TRAMPOLINE)
    assert isinstance(made, ast.If)
    made.body = body
    return [*declared, made]


def _expression(text: str, own: ast.expr) -> ast.expr:
    """The text as an expression at the place of `own`, which stands for `own_` in it."""
    made = ast.parse(text, mode="eval").body
    nodes = list(ast.walk(made))
    for node in nodes:
        ast.copy_location(node, own)
        for field, value in ast.iter_fields(node):
            if _is_own(value):
                setattr(node, field, own)
            elif isinstance(value, list):
                setattr(node, field, [own if _is_own(one) else one for one in value])
    return made


def _is_own(value: object) -> bool:
    return isinstance(value, ast.Name) and value.id == "own_"


def _statement(text: str, line: int) -> ast.stmt:
    (made,) = _statements(text, line)
    return made


def _statements(text: str, line: int) -> list[ast.stmt]:
    made = ast.parse(text).body
    for one in made:
        for node in ast.walk(one):
            if "lineno" in node._attributes:  # which the types of `ast` do not know of
                node.lineno = node.end_lineno = line  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
    return made
