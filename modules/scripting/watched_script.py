"""A script's tree with a call after each statement of `azureml_main`. Line numbers stay as they are. Pure."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import NamedTuple

MAIN = "azureml_main"
NOTE, ROUNDS, RETURNED = "__studio_note__", "__studio_rounds__", "__studio_returned__"
FIRST_ROUNDS = 10
"""Rounds of a loop that are watched; later ones are only counted, and cost no more than that."""
MOST_NAMES = 4
SPARED = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal,
    ast.Pass, ast.Break, ast.Continue, ast.Raise,
)  # fmt: skip
Block = list[ast.stmt]


class Point(NamedTuple):
    """A place in the function. `names`: the variables that are set there; `sources`: those that are read.
    `loop`: the number of the loop that begins there."""

    line: int
    kind: str
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    loop: int | None = None


def watched(tree: ast.Module) -> tuple[ast.Module, list[Point], int]:
    """The tree, changed in place; its points; the number of its loops.

    >>> tree, points, loops = watched(ast.parse("def azureml_main(df):\\n  for x in [1]:\\n    y = x\\n"))
    >>> [(point.line, point.kind, point.names) for point in points], loops
    ([(1, 'given', ('df',)), (2, 'loop', ()), (3, 'set', ('y',))], 1)
    """
    mains = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == MAIN]
    watch = _Watched()
    if mains and not any(isinstance(each, ast.Yield | ast.YieldFrom) for each in ast.walk(mains[-1])):
        watch.function(mains[-1])
    return ast.fix_missing_locations(tree), watch.points, watch.loops


class _Watched:
    def __init__(self) -> None:
        self.points: list[Point] = []
        self.loops = 0

    def function(self, main: ast.FunctionDef) -> None:
        taken = main.args
        parameters = [each.arg for each in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
        point = Point(main.lineno, "given", tuple(parameters[:MOST_NAMES]))
        first = int(ast.get_docstring(main, clean=False) is not None)
        head, rest = main.body[:first], main.body[first:]
        main.body = [*head, self._note(point, main), *self.block(rest)]

    def block(self, statements: Block) -> Block:
        return [made for each in statements for made in self._statement(each)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        match statement:
            case ast.For() | ast.While():
                self._loop(statement)
            case ast.If():
                statement.body, statement.orelse = self.block(statement.body), self.block(statement.orelse)
            case ast.With():
                statement.body = self.block(statement.body)
            case ast.Try():
                for part in ("body", "orelse", "finalbody"):
                    setattr(statement, part, self.block(getattr(statement, part)))
                for handler in statement.handlers:
                    handler.body = self.block(handler.body)
            case ast.Match():
                for one in statement.cases:
                    one.body = self.block(one.body)
            case ast.Return(value=ast.expr() as value):
                yield from self._return(statement, value)
                return
            case _ if not isinstance(statement, (*SPARED, ast.Return)):
                yield statement
                names, sources = _set_by(statement), _read_by(statement)
                yield self._note(Point(statement.lineno, "set", names, sources), statement)
                return
        yield statement

    def _loop(self, loop: ast.For | ast.While) -> None:
        """All rounds are counted; the first ones are watched."""
        if any(isinstance(each, ast.Global | ast.Nonlocal) for each in ast.walk(loop)):
            return
        number = self._count_of(loop)
        plain = copy.deepcopy(loop.body)
        body = self.block(loop.body)
        counting = ast.parse(f"{ROUNDS}[{number}] += 1\nif {ROUNDS}[{number}] <= {FIRST_ROUNDS}: pass").body
        choice = counting[1]
        assert isinstance(choice, ast.If)
        choice.body, choice.orelse = body, self._counted(plain)
        for each in counting:
            ast.copy_location(each, loop.body[0] if loop.body else loop)
        loop.body = counting

    def _count_of(self, loop: ast.stmt) -> int:
        """The number of a loop; of its copies, which stand at the same place, the same."""
        for point in self.points:
            if point.kind == "loop" and point.line == loop.lineno and point.names == ():
                assert point.loop is not None
                return point.loop
        self.points.append(Point(loop.lineno, "loop", loop=self.loops))
        self.loops += 1
        return self.loops - 1

    def _counted(self, statements: Block) -> Block:
        """Loops inside of rounds that are not watched are counted all the same."""
        for statement in statements:
            for each in ast.walk(statement):
                if isinstance(each, ast.For | ast.While):
                    adding = ast.parse(f"{ROUNDS}[{self._count_of(each)}] += 1").body[0]
                    each.body.insert(0, ast.copy_location(adding, each))
        return statements

    def _return(self, statement: ast.Return, value: ast.expr) -> Iterator[ast.stmt]:
        kept = ast.Assign([ast.Name(RETURNED, ast.Store())], value)
        yield ast.copy_location(kept, statement)
        point = Point(statement.lineno, "return", ("returned",), _read_by(statement))
        yield self._note(point, statement, (RETURNED,))
        yield ast.copy_location(ast.Return(ast.Name(RETURNED, ast.Load())), statement)

    def _note(self, point: Point, where: ast.stmt, read: tuple[str, ...] | None = None) -> ast.stmt:
        names = point.names if read is None else read
        arguments = [ast.Constant(len(self.points)), *(ast.Name(name, ast.Load()) for name in names)]
        self.points.append(point)
        call: ast.stmt = ast.Expr(ast.Call(ast.Name(NOTE, ast.Load()), arguments, []))
        return ast.copy_location(call, where)


def _set_by(statement: ast.stmt) -> tuple[str, ...]:
    """The variables that a statement sets or, as far as can be seen, changes in place."""
    match statement:
        case ast.Assign(targets=targets):
            found = [name for target in targets for name in _roots(target)]
        case ast.AnnAssign(target=target, value=value):
            found = list(_roots(target)) if value is not None else []
        case ast.AugAssign(target=target):
            found = list(_roots(target))
        case ast.Expr(value=ast.Call(func=ast.Attribute() as called)):
            found = list(_roots(called))
        case _:
            found = []
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def _roots(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _roots(part)
        case ast.Starred(value=inner) | ast.Attribute(value=inner) | ast.Subscript(value=inner):
            yield from _roots(inner)


def _read_by(statement: ast.stmt) -> tuple[str, ...]:
    """The variables that it reads; first those that it changes in place."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    changed = [
        name
        for target in targets
        if isinstance(target, ast.Subscript | ast.Attribute) or isinstance(statement, ast.AugAssign)
        for name in _roots(target)
    ]
    value = getattr(statement, "value", None)
    read = [each.id for each in ast.walk(value) if isinstance(each, ast.Name)] if value is not None else []
    return tuple(dict.fromkeys([*changed, *read]))[:MOST_NAMES]
