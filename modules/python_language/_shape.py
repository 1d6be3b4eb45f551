"""What a script's `azureml_main` takes and gives, port by port, as far as its text says so.

The source is parsed, never executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from modules.python_language._signature import MODEL, Function, find_main
from modules.sdk.source import parse_script

DATASET, DATASET2, MODEL_PORT = PORTS = ("result_dataset", "result_dataset2", "result_model")
EITHER = f"{DATASET2} or {MODEL_PORT}"
"""Of a second element, when the text does not say what it is."""


@dataclass(frozen=True)
class Shape:
    """`takes`: the positional parameters in their order, the last one with `*` if it takes the rest. `model`:
    it takes a model. `gives`: the output ports that its returns fill, in their order."""

    takes: tuple[str, ...]
    model: bool
    gives: tuple[str, ...]


@lru_cache(maxsize=64)
def read_shape(script: str) -> Shape | None:
    """The shape of `azureml_main`; None if it is not there, or the script cannot be parsed.

    >>> shape = read_shape("def azureml_main(df, *, model): return df, model")
    >>> shape.takes, shape.model, shape.gives
    (('df',), True, ('result_dataset', 'result_model'))
    """
    try:
        main = find_main(parse_script(script))
        return None if main is None else _shape(main)
    except (SyntaxError, RecursionError):
        return None


def _shape(main: Function) -> Shape:
    given = main.args
    names = [one.arg for one in (*given.posonlyargs, *given.args)]
    takes = [name for name in names if name != MODEL]
    rest = [f"*{given.vararg.arg}"] if given.vararg else []
    model = MODEL in (*names, *(one.arg for one in given.kwonlyargs)) or given.kwarg is not None
    made = _made_as_models(main) | {MODEL}
    returned = [main.body] if isinstance(main, ast.Lambda) else [one.value for one in _returns(main)]
    ports = {port for value in returned for port in _ports(value, made)}
    return Shape(tuple(takes + rest), model, tuple(port for port in (*PORTS, EITHER) if port in ports))


def _ports(value: ast.expr | None, models: set[str]) -> Iterator[str]:
    match value:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            yield from _in_order(elements, models)
        case ast.Dict(keys=keys):
            yield from (key.value for key in keys if isinstance(key, ast.Constant) and key.value in PORTS)
        case None:
            yield DATASET
        case _:
            yield MODEL_PORT if _is_model(value, models) else DATASET


def _in_order(elements: list[ast.expr], models: set[str]) -> Iterator[str]:
    first = True
    for element in elements:
        if isinstance(element, ast.Constant) and element.value is None:
            continue
        if _is_model(element, models):
            yield MODEL_PORT
            continue
        yield DATASET if first else EITHER
        first = False


def _is_model(value: ast.expr, models: set[str]) -> bool:
    """A name that holds one, `….fit(…)`, or a call of a class, whose name begins with a capital letter."""
    match value:
        case ast.Name(id=name):
            return name in models
        case ast.Call(func=ast.Attribute(attr="fit")):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name[:1].isupper() and name not in ("DataFrame", "Series")
    return False


def _made_as_models(main: Function) -> set[str]:
    return {
        target.id
        for node in ast.walk(main)
        if isinstance(node, ast.Assign) and _is_model(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _returns(main: Function) -> Iterator[ast.Return]:
    """Those of the function itself, and not of functions in it."""
    todo: list[ast.AST] = list(main.body) if not isinstance(main, ast.Lambda) else []
    while todo:
        node = todo.pop(0)
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            todo += ast.iter_child_nodes(node)
