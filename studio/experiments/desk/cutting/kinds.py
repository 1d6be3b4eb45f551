"""What a variable surely holds, as far as the code tells: only that can go over a wire."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from studio.experiments.desk.cutting.names_used import COMPOUND, Names, names_of

Kind = Literal["table", "moved", "indexed", "series", "moved series", "model", "other"]
"""`moved`: rows have labels other than 0…n-1, which a wire does not carry. `indexed`: a table whose labels
say something (`groupby`, `set_index`)."""

READERS = frozenset({"read_csv", "read_table", "read_excel", "read_parquet", "read_json"})
MAKERS = READERS | {"DataFrame", "merge", "get_dummies", "melt", "concat", "merge_asof", "json_normalize"}
SAME = frozenset([
    "copy", "head", "rename", "fillna", "assign", "merge", "astype", "round", "replace", "melt",
    "reset_index", "drop", "ffill", "bfill", "isin", "clip", "add_prefix", "add_suffix", "interpolate",
    "applymap", "map", "select_dtypes", "infer_objects", "convert_objects",
])  # fmt: skip
ROWS = frozenset([
    "dropna", "query", "sort_values", "sort", "tail", "sample", "drop_duplicates", "nlargest",
    "nsmallest", "append", "explode", "filter",
])  # fmt: skip
LABELS = frozenset(["set_index", "pivot", "pivot_table", "describe", "corr", "cov"])
SERIES = frozenset([
    "map", "apply", "astype", "fillna", "replace", "copy", "abs", "round", "clip", "str", "dt", "shift",
    "diff", "cumsum", "isnull", "notnull", "rank",
])  # fmt: skip
SPLITS = frozenset({"train_test_split"})


@dataclass
class World:
    """`imported`: by name, where it comes from (`pandas`, `sklearn.svm.SVC`). `functions`: the script's own;
    `constants`: names that are given one plain value. `depth`: how many of them are being looked into."""

    imported: dict[str, str] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    depth: int = 0


MOST_DEPTH = 3


def kind_of(value: ast.expr, known: Mapping[str, Kind], world: World) -> Kind:
    match value:
        case ast.Name(id=name):
            return known.get(name, "other")
        case ast.Call(func=func):
            return _of_call(value, func, known, world)
        case ast.Subscript(value=inner, slice=index):
            return _of_part(inner, index, known, world)
        case ast.Attribute(value=inner) if kind_of(inner, known, world) in ("table", "moved"):
            return "other"  # a column, or a property
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            sides = {kind_of(left, known, world), kind_of(right, known, world)}
            return (
                "series" if "series" in sides and not sides & {"moved series", "moved", "table"} else "other"
            )
    return "other"


def _of_call(call: ast.Call, func: ast.expr, known: Mapping[str, Kind], world: World) -> Kind:
    keywords = {k.arg: k.value for k in call.keywords}
    origin = dotted(func, world.imported)
    if origin.startswith("pandas."):
        return _of_pandas(origin.rpartition(".")[2], call, keywords)
    if origin.startswith(("sklearn.", "xgboost.", "lightgbm.")):
        last = origin.rpartition(".")[2]
        return "model" if last[:1].isupper() or last in ("make_pipeline", "clone") else "other"
    if isinstance(func, ast.Name) and func.id in world.functions:
        kinds = {kind_of(value, inside, world) for value, inside in _returned(call, func.id, known, world)}
        return kinds.pop() if len(kinds) == 1 else "moved" if kinds == {"table", "moved"} else "other"
    if not isinstance(func, ast.Attribute):
        return "other"
    inner = kind_of(func.value, known, world)
    if inner == "model":
        return "model" if func.attr in ("fit", "set_params", "partial_fit") else "other"
    if "inplace" in keywords:
        return "other"
    if inner in ("series", "moved series"):
        return inner if func.attr in SERIES else "other"
    if inner == "indexed" and func.attr == "reset_index":
        return "table"
    if inner not in ("table", "moved"):
        return _of_groups(func, keywords, known, world)
    return _of_method(func.attr, inner, keywords)


def _returned(
    call: ast.Call, name: str, known: Mapping[str, Kind], world: World
) -> list[tuple[ast.expr, dict[str, Kind]]]:
    """What one of the script's own functions returns, each with what its variables hold there."""
    function = world.functions[name]
    if world.depth >= MOST_DEPTH or call.keywords:
        return []
    world.depth += 1
    inside: dict[str, Kind] = {}
    for argument, value in zip(function.args.args, call.args, strict=False):
        inside[argument.arg] = kind_of(value, known, world)
    found = []
    for statement in function.body:
        kinds_after(statement, inside, world, names_of(statement, {}))
        found += [
            (part.value, dict(inside))
            for part in ast.walk(statement)
            if isinstance(part, ast.Return) and part.value is not None
        ]
    world.depth -= 1
    return found


SUMMARIES = frozenset([
    "mean", "sum", "count", "agg", "aggregate", "max", "min", "median", "first", "last", "std", "var",
    "nunique",
])  # fmt: skip


def _of_groups(
    func: ast.Attribute, keywords: Mapping[str | None, ast.expr], known: Mapping[str, Kind], world: World
) -> Kind:
    """`table.groupby(…).mean()` and the like."""
    if not _grouped(func.value, known, world):
        return "other"
    if func.attr == "reset_index":
        return "table"
    match func.value:
        case ast.Call(func=ast.Attribute(attr="groupby"), keywords=given) if func.attr in SUMMARIES:
            flat = any(k.arg == "as_index" and ast.unparse(k.value) == "False" for k in given)
            return "table" if flat else "indexed"
        case ast.Subscript(value=ast.Call(func=ast.Attribute(attr="groupby"), keywords=given), slice=index):
            flat = any(k.arg == "as_index" and ast.unparse(k.value) == "False" for k in given)
            if func.attr in SUMMARIES and (flat or isinstance(index, ast.List)):
                return "table" if flat else "indexed"
    return "other"


def _of_method(attr: str, inner: Kind, keywords: Mapping[str | None, ast.expr]) -> Kind:
    if attr == "reset_index":
        return "table"
    if attr == "drop" and not {"columns", "axis"} & keywords.keys():
        return "moved" if "labels" not in keywords else inner
    if attr in SAME or (attr == "merge"):
        return "table" if attr in ("merge", "melt") else inner
    if attr in ROWS:
        return "moved"
    return "indexed" if attr in LABELS else "other"


def _of_pandas(name: str, call: ast.Call, keywords: Mapping[str | None, ast.expr]) -> Kind:
    if name not in MAKERS:
        return "indexed" if name in ("pivot_table", "crosstab") else "other"
    if {"chunksize", "iterator", "squeeze"} & keywords.keys():
        return "other"
    if "index_col" in keywords or "index" in keywords:
        return "indexed"
    header = keywords.get("header")
    if isinstance(header, ast.Constant) and header.value is None and "names" not in keywords:
        return "other"  # names that are numbers become text on a wire
    if name == "DataFrame" and "columns" not in keywords:
        return "table" if call.args and isinstance(call.args[0], ast.Dict) else "other"
    if name == "concat":
        whole = keywords.get("ignore_index")
        return "table" if isinstance(whole, ast.Constant) and whole.value is True else "moved"
    return "table"


def _of_part(inner: ast.expr, index: ast.expr, known: Mapping[str, Kind], world: World) -> Kind:
    if isinstance(index, ast.Name):
        index = world.constants.get(index.id, index)
    place = inner.value if isinstance(inner, ast.Attribute) and inner.attr in ("loc", "iloc", "ix") else None
    kind = kind_of(place or inner, known, world)
    if kind not in ("table", "moved"):
        return "other"
    column: Kind = "series" if kind == "table" else "moved series"
    if place is None:
        match index:
            case ast.Constant(value=str()):
                return column
            case ast.List() | ast.ListComp():
                return kind
            case ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.Slice():
                return "moved"
            case ast.Call(
                func=ast.Attribute(attr="isin" | "notnull" | "isnull" | "between" | "notna" | "isna")
            ):
                return "moved"
        return "other"
    return _of_place(index, kind, column)


def _of_place(index: ast.expr, kind: Kind, column: Kind) -> Kind:
    """`.loc[…]`, `.iloc[…]` and `.ix[…]`."""
    match index:
        case ast.Slice() | ast.Compare() | ast.BinOp():
            return "moved"
        case ast.Tuple(elts=[rows, columns]):
            every = isinstance(rows, ast.Slice) and rows.lower is None and rows.upper is None
            if not every and not isinstance(rows, ast.Slice | ast.Compare | ast.BinOp):
                return "other"
            if isinstance(columns, ast.Slice | ast.List):
                return kind if every else "moved"
            if isinstance(columns, ast.Constant | ast.UnaryOp):
                return column if every else "moved series"
    return "other"


def _grouped(value: ast.expr, known: Mapping[str, Kind], world: World) -> bool:
    """Whether it is `table.groupby(…)` with something behind it."""
    while isinstance(value, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(value, ast.Attribute) and value.attr in ("groupby", "value_counts", "pivot_table"):
            return kind_of(value.value, known, world) in ("table", "moved", "indexed")
        value = value.func if isinstance(value, ast.Call) else value.value
    return False


def dotted(value: ast.expr, imported: Mapping[str, str]) -> str:
    """`pd.tools.plotting` as `pandas.tools.plotting`; empty if it begins with no import."""
    parts: list[str] = []
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name) or value.id not in imported:
        return ""
    return ".".join([imported[value.id], *reversed(parts)])


def kinds_after(node: ast.stmt, known: dict[str, Kind], world: World, names: Names) -> None:
    """Puts in what the statement makes of the names that it defines or changes."""
    found: dict[str, Kind] = {}
    for part in ast.walk(node):
        match part:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    for name, kind in _assigned(target, value, known, world):
                        found[name] = _both(found.get(name, kind), kind)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr), keywords=keywords):
                if any(k.arg == "inplace" for k in keywords) and known.get(name) in ("table", "moved"):
                    found[name] = _of_method(attr, known[name], {k.arg: k.value for k in keywords})
    for name in names.defines:
        if name in found:
            sometimes = isinstance(node, COMPOUND) and name in known
            known[name] = _both(known[name], found[name]) if sometimes else found[name]
        elif name not in names.changes or name not in known:
            known[name] = "other"


def _both(one: Kind, other: Kind) -> Kind:
    if one == other:
        return one
    return "moved" if {one, other} == {"table", "moved"} else "other"


def _assigned(
    target: ast.expr, value: ast.expr, known: Mapping[str, Kind], world: World
) -> list[tuple[str, Kind]]:
    match target:
        case ast.Name(id=name):
            return [(name, kind_of(value, known, world))]
        case ast.Tuple() | ast.List():
            return _unpacked(value, target, known, world)
        case ast.Attribute(value=ast.Name(id=name), attr="index"):
            return [(name, "indexed")]
    return []


def _unpacked(
    value: ast.expr, target: ast.Tuple | ast.List, known: Mapping[str, Kind], world: World
) -> list[tuple[str, Kind]]:
    names = [part.id for part in target.elts if isinstance(part, ast.Name)]
    others: list[tuple[str, Kind]] = [(name, "other") for name in names]
    match value:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if len(parts) == len(names):
            return [(name, kind_of(part, known, world)) for name, part in zip(names, parts, strict=True)]
        case ast.Call(func=ast.Name(id=name)) if name in world.functions:
            returned = _returned(value, name, known, world)
            if len(returned) == 1 and isinstance(returned[0][0], ast.Tuple):
                return _unpacked(returned[0][0], target, returned[0][1], world)
        case ast.Call(func=func, args=args) if dotted(func, world.imported).rpartition(".")[2] in SPLITS:
            if len(names) != 2 * len(args):
                return others
            moved: dict[Kind, Kind] = {
                "table": "moved",
                "moved": "moved",
                "series": "moved series",
                "moved series": "moved series",
            }
            each = [moved.get(kind_of(part, known, world), "other") for part in args for _ in range(2)]
            return list(zip(names, each, strict=True))
    return others
