"""Names and calls of old libraries, each with what is written today."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from modules.scripting import gone_names
from modules.scripting.finding import Replacement

WINDOWS = {
    f"pandas.rolling_{name}": name for name in ("mean", "sum", "std", "var", "min", "max", "median", "count")
}
BUILTINS = {
    f"numpy.{name}": name for name in ("float", "int", "bool", "object", "str", "complex", "long", "unicode")
}
BUILTINS |= {"numpy.long": "int", "numpy.unicode": "str"}
WITH_ANOTHER_NAME = {
    ("sklearn.preprocessing", "Imputer"): ("sklearn.impute", "SimpleImputer"),
    ("sklearn.decomposition", "RandomizedPCA"): ("sklearn.decomposition", "PCA"),
    ("sklearn.mixture", "GMM"): ("sklearn.mixture", "GaussianMixture"),
    ("sklearn.lda", "LDA"): ("sklearn.discriminant_analysis", "LinearDiscriminantAnalysis"),
    ("sklearn.qda", "QDA"): ("sklearn.discriminant_analysis", "QuadraticDiscriminantAnalysis"),
    ("pandas", "scatter_matrix"): ("pandas.plotting", "scatter_matrix"),
    ("pandas", "TimeGrouper"): ("pandas", "Grouper"),
    ("scipy", "interp"): ("numpy", "interp"),
    ("scipy.integrate", "simps"): ("scipy.integrate", "simpson"),
}
"""Imports of one name: where it is, and how it is called today."""
KEYWORDS = {"axisbg": "facecolor"}


def edits_of(tree: ast.Module, script: str) -> list[Replacement]:
    """One pass: an edit within another one is made in the next."""
    aliases = dict(gone_names.aliases_of(tree))
    pandas = next((alias for alias, name in aliases.items() if name == "pandas"), "")
    found = [edit for finding in gone_names.check(tree) if finding.fix for edit in finding.fix.edits]
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom():
                found += _import(node)
            case ast.Import(names=[ast.alias(name=name, asname=str(alias))]) if new := gone_names.MOVED.get(
                name, ""
            ):
                found.append(_whole(node, f"import {new} as {alias}"))
            case ast.Call():
                found += _call(node, aliases, script)
            case ast.Attribute():
                found += _name(node, aliases)
            case ast.Subscript(value=ast.Attribute(attr="ix") as place, slice=index) if way := _way(index):
                end = place.end_col_offset or 0
                found.append(Replacement(place.end_lineno or 0, end - 2, place.end_lineno or 0, end, way))
            case ast.Assign(targets=[target], value=ast.Call() as call) if pandas:
                found += _append(target, call, pandas, script)
            case ast.Expr(value=ast.Call(func=ast.Attribute() as func)):
                if gone_names.dotted_name(func, aliases) == "matplotlib.pyplot.hold":
                    found.append(_whole(node, "pass"))
    return found


def _whole(node: ast.stmt | ast.expr, text: str) -> Replacement:
    end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
    return Replacement(node.lineno, node.col_offset, *end, text)


def _import(node: ast.ImportFrom) -> Iterator[Replacement]:
    """`from x import Old` as `from y import New as Old`, if it is the only name of the line."""
    if len(node.names) != 1 or node.level:
        return
    [name] = node.names
    module = str(node.module)
    alias = name.asname or name.name
    if (module, name.name) in WITH_ANOTHER_NAME:
        home, new = WITH_ANOTHER_NAME[module, name.name]
    elif new_home := gone_names.MOVED.get(f"{module}.{name.name}", ""):
        home, _, new = new_home.rpartition(".")
        if not home or not new.isidentifier():
            return
    else:
        return
    if module not in gone_names.MOVED:  # which is rewritten first
        yield _whole(node, f"from {home} import {new}" + (f" as {alias}" if alias != new else ""))


def _name(node: ast.Attribute, aliases: dict[str, str]) -> Iterator[Replacement]:
    """`np.float` as `float`, `pd.scatter_matrix` as `pd.plotting.scatter_matrix`."""
    dotted = gone_names.dotted_name(node, aliases)
    if dotted in BUILTINS:
        yield _whole(node, BUILTINS[dotted])
        return
    new = gone_names.MOVED.get(dotted, "")
    if not new or "(" in new or dotted in WINDOWS:
        return
    package = new.split(".")[0]
    alias = next((alias for alias, name in aliases.items() if name == package), "")
    if alias:
        yield _whole(node, alias + new[len(package) :])


def _call(node: ast.Call, aliases: dict[str, str], script: str) -> Iterator[Replacement]:
    def text(part: ast.AST) -> str:
        return ast.get_source_segment(script, part) or ""

    dotted = gone_names.dotted_name(node.func, aliases) if isinstance(node.func, ast.Attribute) else ""
    if dotted in WINDOWS and len(node.args) == 2:
        rest = "".join(f", {text(keyword)}" for keyword in node.keywords)
        yield _whole(
            node, f"{_closed(node.args[0], text)}.rolling({text(node.args[1])}{rest}).{WINDOWS[dotted]}()"
        )
    elif dotted == "pandas.ewma" and node.args:
        rest = ", ".join(text(each) for each in (*node.args[1:], *node.keywords))
        yield _whole(node, f"{_closed(node.args[0], text)}.ewm({rest}).mean()")
    elif isinstance(node.func, ast.Attribute) and node.func.attr in ("sort", "sort_index"):
        yield from _sort(node, node.func)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "resample":
        how = next((k for k in node.keywords if k.arg == "how"), None)
        if how and isinstance(how.value, ast.Constant) and isinstance(how.value.value, str):
            rest = ", ".join(text(each) for each in (*node.args, *(k for k in node.keywords if k is not how)))
            yield _whole(node, f"{text(node.func)}({rest}).{how.value.value}()")
    for keyword in node.keywords:
        if keyword.arg in KEYWORDS:
            start = keyword.col_offset
            yield Replacement(
                keyword.lineno, start, keyword.lineno, start + len(keyword.arg), KEYWORDS[keyword.arg]
            )


def _closed(part: ast.expr, text: Callable[[ast.AST], str]) -> str:
    """In brackets where something cannot be called on it as it stands."""
    whole = isinstance(part, ast.Name | ast.Attribute | ast.Call | ast.Subscript)
    return text(part) if whole else f"({text(part)})"


def _sort(node: ast.Call, func: ast.Attribute) -> Iterator[Replacement]:
    """`frame.sort("x")`, `frame.sort(columns="x")`, `frame.sort_index(by="x")`; no list takes these."""
    by = next((k for k in node.keywords if k.arg in ("by", "columns")), None)
    if by is None and not (func.attr == "sort" and node.args):
        return
    line, end = func.end_lineno or 0, func.end_col_offset or 0
    yield Replacement(line, end - len(func.attr), line, end, "sort_values")
    if by is not None and by.arg == "columns":
        yield Replacement(by.lineno, by.col_offset, by.lineno, by.col_offset + len("columns"), "by")


def _append(target: ast.expr, call: ast.Call, pandas: str, script: str) -> Iterator[Replacement]:
    """`a = a.append(b)`: a list's `append` gives nothing back, so that it is a frame's."""
    match call:
        case ast.Call(func=ast.Attribute(value=first, attr="append"), args=[second], keywords=keywords):
            parts = [ast.get_source_segment(script, part) or "" for part in (first, second)]
            rest = "".join(f", {ast.get_source_segment(script, k)}" for k in keywords)
            if isinstance(second, ast.List):
                yield _whole(call, f"{pandas}.concat([{parts[0]}, *{parts[1]}]{rest})")
            elif not isinstance(second, ast.Dict | ast.Call | ast.Constant):
                yield _whole(call, f"{pandas}.concat([{parts[0]}, {parts[1]}]{rest})")


def _way(index: ast.expr) -> str:
    """What `.ix[…]` is today, where that is certain for rows that are numbered."""
    rows, columns = index, None
    if isinstance(index, ast.Tuple):
        if len(index.elts) != 2:
            return ""
        rows, columns = index.elts
    every = isinstance(rows, ast.Slice) and rows.lower is None and rows.upper is None
    if columns is None or _names(columns):
        return "loc"
    if every and _numbers(columns):
        return "iloc"
    return ""


def _names(columns: ast.expr) -> bool:
    match columns:
        case ast.Constant(value=str()):
            return True
        case ast.List(elts=elts):
            return all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in elts)
        case ast.Slice(lower=None, upper=None):
            return True
        case ast.Slice(lower=lower, upper=upper):
            return all(each is None or _names(each) for each in (lower, upper))
    return False


def _numbers(columns: ast.expr) -> bool:
    match columns:
        case ast.Constant(value=int()):
            return True
        case ast.UnaryOp(operand=ast.Constant(value=int())):
            return True
        case ast.List(elts=elts):
            return bool(elts) and all(_numbers(each) for each in elts)
        case ast.Slice(lower=lower, upper=upper):
            return all(each is None or _numbers(each) for each in (lower, upper))
    return False
