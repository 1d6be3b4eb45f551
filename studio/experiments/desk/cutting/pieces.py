"""The statements of a script: those that may stand in several nodes, and those that are done once."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.experiments.desk.cutting.cells import Cells, Statement
from studio.experiments.desk.cutting.kinds import Kind, World, dotted, kinds_after
from studio.experiments.desk.cutting.names_used import Names, changed_arguments, names_of
from studio.experiments.desk.cutting.readers import Read, read_of, written_paths

DRAWS = frozenset([
    "sample", "train_test_split", "shuffle", "cross_val_score", "cross_val_predict", "fit",
    "fit_transform", "fit_predict",
])  # fmt: skip
RANDOM, FIGURE = "<random numbers>", "<the open figure>"
SETTINGS = frozenset([
    "filterwarnings", "simplefilter", "set_option", "use", "set", "set_style", "set_theme",
    "set_context", "set_palette", "set_printoptions", "rcdefaults", "basicConfig", "reset_option",
])  # fmt: skip
ENDS_FIGURE = frozenset({"show", "close", "savefig"})
BEGINS_FIGURE = frozenset({"figure", "subplots"})
BY_LABEL = frozenset([
    "loc", "ix", "at", "index", "join", "iterrows", "reindex", "align", "iat",
])  # fmt: skip
UNCUT = frozenset({"exec", "eval", "globals", "locals", "vars", "input"})


@dataclass
class Piece:
    """`kinds`: what the names that it defines hold after it."""

    statement: Statement
    names: Names
    read: Read | None = None
    kinds: dict[str, Kind] = field(default_factory=dict)
    by_label: bool = False


@dataclass
class Pieces:
    """`top`: imports, functions, classes and constants by the names that they define; `everywhere`: imports
    of all names, and settings of libraries; `done`: what is done once, in its order."""

    top: dict[str, Piece] = field(default_factory=dict)
    everywhere: list[Piece] = field(default_factory=list)
    done: list[Piece] = field(default_factory=list)
    world: World = field(default_factory=World)
    why_whole: str = ""

    def needed(self, names: frozenset[str]) -> dict[str, Piece]:
        """What of `top` these names need, and what that needs."""
        found: dict[str, Piece] = {}
        left = list(names)
        while left:
            name = left.pop()
            if name in self.top and name not in found:
                found[name] = self.top[name]
                left += self.top[name].names.uses
        return found


def sort_pieces(cells: Cells) -> Pieces:
    found = Pieces()
    statements = cells.statements
    functions = {
        s.node.name: changed_arguments(s.node) for s in statements if isinstance(s.node, ast.FunctionDef)
    }
    all_names = [names_of(s.node, functions) for s in statements]
    found.why_whole = _why_whole(statements, all_names)
    times = Counter(name for names in all_names for name in names.defines)
    seeded = any(_seeds(s.node) for s in statements)
    written = {path for s in statements for path in written_paths(s.node)}
    known: dict[str, Kind] = {}
    imported = found.world.imported
    found.world.functions = {s.node.name: s.node for s in statements if isinstance(s.node, ast.FunctionDef)}
    figure_open = False
    for statement, names in zip(statements, all_names, strict=True):
        node = statement.node
        imported.update(_imports(node))
        piece = Piece(statement, names)
        if _everywhere(node, imported):
            found.everywhere.append(piece)
        elif _copied(node, names, times):
            piece.read = read_of(node, imported, written)
            if isinstance(node, ast.Assign):
                found.world.constants.update(dict.fromkeys(names.defines, node.value))
            found.top.update(dict.fromkeys(names.defines, piece))
        else:
            piece.read = None if names.changes else read_of(node, imported, written)
            kinds_after(node, known, found.world, names)
            piece.kinds = {name: known[name] for name in names.defines}
            more = {f"<file {path}>" for path in written if path in ast.unparse(node)}
            if seeded and _draws(node, imported):
                more.add(RANDOM)
            if not cells.marked and (drawn := _drawing(node, imported)):
                if not (drawn[0] in BEGINS_FIGURE and not figure_open):
                    more.add(FIGURE)
                figure_open = drawn[-1] not in ENDS_FIGURE
                more |= {FIGURE} if figure_open else set()
            piece.names = Names(names.uses | more, names.defines | more, names.changes, names.keeps_globals)
            piece.by_label = by_label(node)
            found.done.append(piece)
    return found


def _why_whole(statements: tuple[Statement, ...], names: list[Names]) -> str:
    if any(each.keeps_globals for each in names):
        return "a function assigns to a global name"
    for statement in statements:
        for part in ast.walk(statement.node):
            match part:
                case ast.Call(func=ast.Name(id=name)) if name in UNCUT:
                    return f"it calls {name}()"
                case ast.Await() | ast.Return() if part in statement.node.__dict__.values():
                    return "it waits at its top level"
    return ""


def _imports(node: ast.stmt) -> Iterator[tuple[str, str]]:
    for part in ast.walk(node):
        match part:
            case ast.Import(names=names):
                for name in names:
                    first = name.name.split(".")[0]
                    yield name.asname or first, name.name if name.asname else first
            case ast.ImportFrom(module=str(module), names=names):
                for name in names:
                    yield name.asname or name.name, f"{module}.{name.name}"


def _everywhere(node: ast.stmt, imported: dict[str, str]) -> bool:
    match node:
        case ast.ImportFrom(module="__future__") | ast.ImportFrom(names=[ast.alias(name="*")]):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attr) as func)):
            return attr in SETTINGS and bool(dotted(func, imported))
        case ast.Assign(targets=[ast.Subscript(value=value) | ast.Attribute(value=value)]):
            return bool(dotted(value, imported))
    return False


def _copied(node: ast.stmt, names: Names, times: Counter[str]) -> bool:
    """Whether it may stand in several nodes: it does nothing but give a name, for good."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef):
        return True
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            plain = (
                ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set | ast.UnaryOp | ast.BinOp | ast.Load
            )
            kinds = (ast.operator, ast.unaryop)
            return times[name] == 1 and all(
                isinstance(part, plain | kinds[0] | kinds[1]) for part in ast.walk(value)
            )
    return False


def _seeds(node: ast.stmt) -> bool:
    return any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "seed"
        for part in ast.walk(node)
    )


def _draws(node: ast.stmt, imported: dict[str, str]) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            origin = dotted(part.func, imported)
            if origin.startswith(("numpy.random.", "random.")):
                return True
            last = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if last in DRAWS and not any(k.arg == "random_state" for k in part.keywords):
                return True
    return False


def _drawing(node: ast.stmt, imported: dict[str, str]) -> list[str]:
    """What it calls of pyplot, in order; `.plot()` of a frame counts."""
    found = []
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            origin = dotted(part.func, imported)
            if origin.startswith(("matplotlib.pyplot.", "seaborn.")) or part.func.attr in (
                "plot",
                "hist",
                "boxplot",
            ):
                found.append((part.lineno, part.col_offset, part.func.attr))
    return [name for _, _, name in sorted(found)]


def by_label(node: ast.stmt) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr in BY_LABEL:
            return True
        if isinstance(part, ast.keyword) and part.arg == "axis" and isinstance(part.value, ast.Constant):
            beside = part.value.value in (1, "columns")
            if beside and "concat" in ast.unparse(node):
                return True
    return False
