"""Columns that a script takes of a connected table, and that the table does not have.

Told only where it is certain: a variable counts as long as all that is ever assigned to it is a connected
frame or has the same columns, and a frame that is passed to a function, or whose columns are set, may have
any.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from modules.scripting.finding import Columns, Finding, Fix, Replacement, meant, nearest

KEEPING = frozenset(
    {
        "copy", "head", "tail", "sample", "dropna", "fillna", "ffill", "bfill", "sort_values", "sort_index",
        "drop_duplicates", "query", "astype", "replace", "round", "infer_objects", "convert_dtypes",
        "nlargest", "nsmallest", "where", "mask", "clip",
    }
)  # fmt: skip
"""Methods that give a frame with the same columns, unless `axis` or `columns` is said."""
READING = frozenset(
    {
        "groupby", "sort_values", "set_index", "drop_duplicates", "nlargest", "nsmallest", "pivot_table",
        "value_counts", "explode",
    }
)  # fmt: skip
"""Methods whose first argument, or `by`, names columns; of `dropna` and `drop_duplicates` it is `subset`."""
NAMING = frozenset({"by", "subset", "columns_of", "id_vars", "value_vars", "on", "left_on"})
HARMLESS = READING | KEEPING | frozenset(
    {
        "loc", "iloc", "at", "iat", "shape", "columns", "index", "dtypes", "describe", "info", "mean", "sum",
        "count", "min", "max", "std", "var", "median", "corr", "isnull", "isna", "notnull", "notna", "apply",
        "items", "iterrows", "itertuples", "values", "to_numpy", "to_dict", "to_csv", "merge", "join", "drop",
        "rename", "assign", "reset_index", "plot", "hist", "T", "empty", "size", "ndim", "nunique", "unique",
        "memory_usage", "select_dtypes", "melt", "pivot", "stack", "filter", "agg", "aggregate", "transform",
        "boxplot", "quantile", "cumsum", "diff", "shift", "rank", "idxmax", "idxmin", "any", "all", "add",
        "sub", "mul", "div", "equals", "isin", "get", "keys", "append", "ix", "resample", "rolling", "pipe",
    }
)  # fmt: skip
"""Attributes by which the frame itself does not change, unless `inplace` is said."""
PURE = frozenset(
    {"len", "print", "list", "set", "sorted", "type", "isinstance", "str", "repr", "display", "id"}
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Frame:
    """A connected table, the variables that hold it, and the columns that the script adds."""

    port: str
    columns: Columns
    names: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    is_open: bool = False


def check(main: Function, tables: Sequence[tuple[str, Columns | None]]) -> Iterator[Finding]:
    """What is missing of the connected tables; each has the label of its port, and None where its columns are
    not known."""
    parameters = [*main.args.posonlyargs, *main.args.args]
    parents = {child: node for node in ast.walk(main) for child in ast.iter_child_nodes(node)}
    for parameter, (label, columns) in zip(parameters, tables, strict=False):
        if not columns:
            continue
        frame = Frame(label, columns, {parameter.arg})
        _follow(main, frame)
        _collect_added(main, frame, parents)
        if not frame.is_open:
            yield from _missing(main, frame, parents)


def _follow(main: Function, frame: Frame) -> None:
    """Finds the variables that hold this frame, or one with its columns, and nothing else."""
    bound: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(main):
        for name, value in _bindings(node):
            bound.setdefault(name, []).append(value)
    first = set(frame.names)
    while True:
        more = {
            name
            for name, values in bound.items()
            if name not in frame.names and all(value is not None and _keeps(value, frame) for value in values)
        }
        if not more:
            break
        frame.names |= more
    while True:
        lost = {
            name
            for name in frame.names
            if not all(value is not None and _keeps(value, frame) for value in bound.get(name, []))
        }
        if not lost:
            break
        frame.names -= lost
    frame.is_open = not (first & frame.names) and not frame.names


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
                elif isinstance(target, ast.Tuple | ast.List):
                    yield from ((part.id, None) for part in ast.walk(target) if isinstance(part, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, None
        case ast.For(target=target) | ast.AsyncFor(target=target) | ast.comprehension(target=target):
            yield from ((part.id, None) for part in ast.walk(target) if isinstance(part, ast.Name))
        case ast.withitem(optional_vars=ast.Name(id=name)) | ast.arg(arg=name) if isinstance(
            node, ast.withitem
        ):
            yield name, None


def _keeps(value: ast.expr, frame: Frame) -> bool:
    """Whether the value is the frame, or one that has the same columns."""
    match value:
        case ast.Name(id=name):
            return name in frame.names
        case ast.Call(func=ast.Attribute(value=inner, attr=method), keywords=keywords):
            said = {word.arg for word in keywords}
            return method in KEEPING and not said & {"axis", "columns", None} and _keeps(inner, frame)
        case ast.Subscript(value=ast.Attribute(value=inner, attr="loc" | "iloc"), slice=ast.Slice()):
            return _keeps(inner, frame)
        case ast.Subscript(value=inner, slice=ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.Slice()):
            return _keeps(inner, frame)
    return False


def _collect_added(main: Function, frame: Frame, parents: Mapping[ast.AST, ast.AST]) -> None:
    """Notes each column that the script adds; the frame is open where it may add others."""
    for node in ast.walk(main):
        if not isinstance(node, ast.Name) or node.id not in frame.names or not isinstance(node.ctx, ast.Load):
            continue
        parent = parents.get(node)
        match parent:
            case ast.Subscript(slice=slice, ctx=ast.Store() | ast.Del()) if parent.value is node:
                _add(slice, frame)
            case ast.Attribute(attr="loc" | "at"):
                above = parents.get(parent)
                if isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Store):
                    _add(above.slice.elts[-1] if isinstance(above.slice, ast.Tuple) else None, frame)
            case ast.Attribute(attr=attr, ctx=ast.Store()):
                frame.is_open |= attr in ("columns", "index")
                frame.added.add(attr)
            case ast.Attribute(attr="insert"):
                call = parents.get(parent)
                _add(call.args[1] if isinstance(call, ast.Call) and len(call.args) > 1 else None, frame)
            case ast.Attribute(attr=attr):
                frame.is_open |= _changes(attr, parents.get(parent), frame)
            case ast.Call(func=ast.Name(id=name)):
                frame.is_open |= name not in PURE
            case ast.Call(func=ast.Attribute(value=ast.Name(id=library))):
                frame.is_open |= library not in ("pd", "np", "pandas", "numpy")
            case ast.Call() | ast.keyword() | ast.Starred() | ast.Global() | ast.Nonlocal():
                frame.is_open = True


def _changes(attr: str, call: ast.AST | None, frame: Frame) -> bool:
    """Whether a method may change the frame's columns in place."""
    if isinstance(call, ast.Call) and any(word.arg in ("inplace", None) for word in call.keywords):
        return attr not in KEEPING
    return attr not in HARMLESS and attr not in frame.columns and attr not in frame.added


def _add(name: ast.expr | None, frame: Frame) -> None:
    names = name.elts if isinstance(name, ast.List | ast.Tuple) else [name]
    for one in names:
        if isinstance(one, ast.Constant):
            frame.added.add(str(one.value))
        elif not isinstance(one, ast.Slice):
            frame.is_open = True


def _missing(main: Function, frame: Frame, parents: Mapping[ast.AST, ast.AST]) -> Iterator[Finding]:
    for node in ast.walk(main):
        if not isinstance(node, ast.Name) or node.id not in frame.names or not isinstance(node.ctx, ast.Load):
            continue
        for name in _taken(node, parents):
            if name.value not in frame.columns and name.value not in frame.added:
                yield _finding(name, frame)


def _taken(node: ast.Name, parents: Mapping[ast.AST, ast.AST]) -> Iterator[ast.Constant]:
    """The literals that name columns where the frame stands."""
    parent = parents.get(node)
    match parent:
        case ast.Subscript(slice=slice, ctx=ast.Load()) if parent.value is node:
            yield from _texts(slice)
        case ast.Attribute(attr="loc" | "at"):
            above = parents.get(parent)
            match above:
                case ast.Subscript(slice=ast.Tuple(elts=[_, column]), ctx=ast.Load()):
                    yield from _texts(column)
        case ast.Attribute(attr=method):
            call = parents.get(parent)
            if isinstance(call, ast.Call) and call.func is parent and method in READING | KEEPING:
                if (
                    method in READING
                    and method not in ("drop_duplicates", "nlargest", "nsmallest")
                    and call.args
                ):
                    yield from _texts(call.args[0])
                for word in call.keywords:
                    if word.arg in NAMING:
                        yield from _texts(word.value)


def _texts(value: ast.expr) -> Iterator[ast.Constant]:
    for one in value.elts if isinstance(value, ast.List) else [value]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one


def _finding(name: ast.Constant, frame: Frame) -> Finding:
    known, asked = [*frame.columns, *sorted(frame.added)], str(name.value)
    fix = None
    close = nearest(asked, known)
    if close and name.end_lineno and name.end_col_offset is not None:
        edit = Replacement(name.lineno, name.col_offset, name.end_lineno, name.end_col_offset, _quoted(close))
        fix = Fix(f"Write {close!r}.", (edit,))
    message = f"{frame.port} has no column {asked!r}; {meant(asked, known)}"
    return Finding(name.lineno, name.col_offset, "unknown-column", message, fix)


def _quoted(name: str) -> str:
    return f'"{name}"' if name.isprintable() and not set('"\\') & set(name) else repr(name)
