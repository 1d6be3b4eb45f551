"""What a script's `azureml_main` takes: its keyword-only parameters are params of the node.

The source is parsed, never executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from modules.sdk.declared import Declared, Kind, default_of
from modules.sdk.source import parse_script

MAIN = "azureml_main"
MODEL = "model"
OWN = frozenset(
    [
        "script",
        "api",
        "environment",
        "run_every_time",
        "network",
        "use_cached_results",
        "secrets",
        "row_by_row",
    ]
)
"""The module's own settings, which no parameter of a script may be called."""

SIMPLE: dict[str, Kind] = {"int": "integer", "float": "number", "bool": "toggle", "str": "text"}
BLOCKS = (ast.If, ast.Try, ast.With)
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Signature:
    """`declared`: the params. `left_out`: parameters that can be none, as name, line and why."""

    declared: tuple[Declared, ...] = ()
    left_out: tuple[tuple[str, int, str], ...] = ()


def declared_params(script: str) -> Sequence[Declared] | None:
    """The params that a script declares, in their order; None where it cannot be parsed.

    >>> for one in declared_params("def azureml_main(df, *, alpha: float = 0.1): ..."):
    ...     print(one.name, one.type, one.default)
    alpha number 0.1
    """
    found = read_signature(script)
    return None if found is None else found.declared


@lru_cache(maxsize=64)
def read_signature(script: str) -> Signature | None:
    """What `azureml_main` declares; None where the script cannot be parsed."""
    try:
        tree = parse_script(script)
        return _signature(tree)
    except (SyntaxError, RecursionError):
        return None


def find_main(tree: ast.Module) -> Function | None:
    """The last definition of `azureml_main` at the top level, or of the function that it stands for."""
    return _defined(tree, MAIN)


def _defined(tree: ast.Module, name: str, seen: frozenset[str] = frozenset()) -> Function | None:
    found: Function | None = None
    for statement in _top_level(tree.body):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if statement.name == name:
                found = statement
            case ast.Assign(targets=targets, value=value) if _names(targets, name):
                if isinstance(value, ast.Lambda):
                    found = value
                elif isinstance(value, ast.Name) and value.id not in seen:
                    found = _defined(tree, value.id, seen | {name})
    return found


def _names(targets: list[ast.expr], name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _top_level(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run when the script is imported, also those in a branch."""
    for statement in body:
        yield statement
        if isinstance(statement, BLOCKS):
            for part in ("body", "handlers", "orelse", "finalbody"):
                for child in getattr(statement, part, []):
                    yield from _top_level(child.body if isinstance(child, ast.ExceptHandler) else [child])


def _signature(tree: ast.Module) -> Signature:
    main = find_main(tree)
    if main is None or not main.args.kwonlyargs:
        return Signature()
    constants = _constants(tree)
    help = {} if isinstance(main, ast.Lambda) else _help(ast.get_docstring(main))
    declared, left_out = [], []
    for given, default in zip(main.args.kwonlyargs, main.args.kw_defaults, strict=True):
        if default is None or given.arg == MODEL or given.arg.startswith("_"):
            continue
        if given.arg in OWN:
            left_out.append((given.arg, given.lineno, "has the name of a setting of this module"))
            continue
        one = _declared(given, default, constants)
        if one is not None:
            declared.append(replace(one, help=help.get(given.arg, "")))
        elif given.annotation is not None:
            left_out.append((given.arg, given.lineno, "is of a type for which there is no field"))
    return Signature(tuple(declared), tuple(left_out))


def _declared(given: ast.arg, default: ast.expr, constants: dict[str, Any]) -> Declared | None:
    value = _literal(default, constants)
    kind, choices, optional = _type(given.annotation)
    if kind is None:
        kind = _kind_of(value) if given.annotation is None else None
    if kind is None:
        return None
    one = Declared(given.arg, kind, value, choices, optional or _is_none(default), line=given.lineno)
    return replace(one, default=default_of(one))


def _literal(value: ast.expr, constants: dict[str, Any]) -> Any:
    """What a default is, if that is known without running it; a name may be that of a constant."""
    if isinstance(value, ast.Name):
        return constants.get(value.id)
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError):
        return None


def _constants(tree: ast.Module) -> dict[str, Any]:
    """Names that are set once at the top level, and to a literal."""
    found: dict[str, Any] = {}
    twice: set[str] = set()
    for statement in _top_level(tree.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                twice |= {name} & found.keys()
                found[name] = _literal(value, {})
    return {name: value for name, value in found.items() if name not in twice}


def _kind_of(value: Any) -> Kind | None:
    return SIMPLE.get(type(value).__name__)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _type(said: ast.expr | None) -> tuple[Kind | None, tuple[Any, ...], bool]:
    """The kind of field, its choices, and whether None is taken, by a parameter's annotation."""
    match said:
        case ast.Constant(value=str(text)):
            try:
                return _type(ast.parse(text.strip(), mode="eval").body)
            except SyntaxError:
                return None, (), False
        case ast.Name(id=name):
            return SIMPLE.get(name), (), False
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return _union([left, right])
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _generic(name, items)
    return None, (), False


def _generic(name: str, items: list[ast.expr]) -> tuple[Kind | None, tuple[Any, ...], bool]:
    if name == "Annotated":
        return _type(items[0])
    if name == "Optional":
        kind, choices, _ = _type(items[0])
        return kind, choices, True
    if name == "Union":
        return _union(items)
    values = [item.value for item in items if isinstance(item, ast.Constant)]
    if name == "Literal" and len(values) == len(items):
        choices = tuple(value for value in values if isinstance(value, str | int))
        return ("choice" if choices else None), choices, None in values
    return None, (), False


def _union(members: list[ast.expr]) -> tuple[Kind | None, tuple[Any, ...], bool]:
    """One type or None; a whole number or a real one is a number."""
    read = [_type(member) for member in members if not _is_none(member)]
    optional = len(read) < len(members) or any(one[2] for one in read)
    if {one[0] for one in read} == {"integer", "number"}:
        return "number", (), optional
    return (*read[0][:2], optional) if len(read) == 1 else (None, (), optional)


def _help(docstring: str | None) -> dict[str, str]:
    """What the docstring says of each parameter, in the manner of Google, NumPy or Sphinx."""
    if not docstring or not re.search(r"(?i)args|param|argument", docstring):
        return {}
    import docstring_parser

    try:
        said = docstring_parser.parse(docstring)
    except docstring_parser.ParseError:
        return {}
    return {one.arg_name: " ".join((one.description or "").split()) for one in said.params}
