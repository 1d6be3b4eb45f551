"""Makes the examples of the help from the doctests of the modules: what went in, what came out, and an
experiment that does the same. The doctest is the only declaration; `moduleexamples` writes the file."""

from __future__ import annotations

import csv
import doctest
import functools
import importlib
import inspect
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from modules.look.cells import cells
from modules.registry import catalog, find
from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.values import Table, Value

TYPED_IN = "enter-data-manually"
SHOWN_ROWS = 8
NODE_WIDTH, NODE_HEIGHT = 260, 140


class Call(NamedTuple):
    """One call of a module in a doctest."""

    spec: ModuleSpec
    given: Mapping[str, Any]
    results: tuple[Value | None, ...]


def make_examples() -> dict[str, Any]:
    """By slug: `inputs` and `outputs` (port → columns and rows), and `experiment`, which gives the same."""
    made = {}
    for slug, spec in catalog().items():
        calls = calls_of(spec)
        mine = next((call for call in reversed(calls) if call.spec is spec), None)
        if mine is None:
            continue
        inputs = _tables((port.name, mine.given.get(port.name)) for port in spec.inputs)
        outputs = _tables(zip((port.name for port in spec.outputs), mine.results, strict=True))
        if inputs or outputs:
            made[slug] = {"inputs": inputs, "outputs": outputs, "experiment": experiment_of(spec, calls)}
    return made


def calls_of(spec: ModuleSpec) -> list[Call]:
    """The calls of modules in the doctest of this one, in order."""
    home = importlib.import_module(spec.function.__module__)
    calls: list[Call] = []
    test = doctest.DocTestFinder(recurse=False).find(home, globs={})[0]
    with _recorded(calls):
        test.globs = dict(vars(home))
        failed = doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed
    if failed:
        raise ValueError(f"The example of {spec.name} is not true: run its doctest.")
    return calls


@contextmanager
def _recorded(calls: list[Call]) -> Iterator[None]:
    """While this lasts, each module's function tells of the calls that no other module makes."""
    depth = 0

    def recorder(spec: ModuleSpec) -> Callable[..., Any]:
        @functools.wraps(spec.function)
        def call(*args: Any, **named: Any) -> Any:
            nonlocal depth
            depth += 1
            try:
                results = spec.function(*args, **named)
            finally:
                depth -= 1
            if depth == 0:
                given = inspect.signature(spec.function).bind(*args, **named).arguments
                calls.append(Call(spec, given, results))
            return results

        return call

    recorders = {id(spec.function): recorder(spec) for spec in catalog().values()}
    homes = [vars(home) for name, home in list(sys.modules.items()) if name.startswith("modules.")]
    before = [(home, name, value) for home in homes for name, value in home.items() if id(value) in recorders]
    for home, name, value in before:
        home[name] = recorders[id(value)]
    try:
        yield
    finally:
        for home, name, value in before:
            home[name] = value


def experiment_of(spec: ModuleSpec, calls: list[Call]) -> dict[str, Any] | None:
    """The calls as an experiment file whose tables are typed in; None if it would not give the same."""
    nodes: list[dict[str, Any]] = []
    wires: list[dict[str, str]] = []
    ends: dict[int, str] = {}
    values: dict[str, Value | None] = {}
    typed = 0
    for count, call in enumerate(calls):
        id_, inputs = f"n{count + 1}", {}
        for port in call.spec.inputs:
            value = call.given.get(port.name)
            if value is None:
                continue
            if id(value) not in ends:
                params = _typed_params(value) if isinstance(value, Table) else None
                if params is None:
                    return None
                typed += 1
                nodes.append(_node(f"t{typed}", TYPED_IN, params, typed - 1, 0))
                ends[id(value)] = f"t{typed}.dataset"
                values[ends[id(value)]] = _typed_in(params)
            inputs[port.name] = values[ends[id(value)]]
            wires.append({"from": ends[id(value)], "to": f"{id_}.{port.name}"})
        params = _params(call.given.get("params"))
        nodes.append(_node(id_, call.spec.slug, params, 0, count + 1))
        results = _again(call.spec, inputs, params)
        if results is None or not all(map(_alike, call.results, results)):
            return None
        for output, value, again in zip(call.spec.outputs, call.results, results, strict=True):
            ends[id(value)] = f"{id_}.{output.name}"
            values[f"{id_}.{output.name}"] = again
    document = {"format": "studio-experiment/1", "name": f"{spec.name}, example", "description": spec.summary}
    return {**document, "nodes": nodes, "wires": wires}


def _node(id_: str, module: str, params: dict[str, Any], across: int, down: int) -> dict[str, Any]:
    position = {"x": 40 + across * NODE_WIDTH, "y": 40 + down * NODE_HEIGHT}
    return {"id": id_, "module": module, "params": params, "position": position, "comment": ""}


def _params(params: Params | None) -> dict[str, Any]:
    return params.model_dump(mode="json", exclude_defaults=True) if params else {}


def _again(spec: ModuleSpec, inputs: dict[str, Any], params: dict[str, Any]) -> tuple[Any, ...] | None:
    """What the module gives for these; None if it refuses them."""
    named = {"params": spec.read_params(params)} if spec.params else {}
    try:
        results: tuple[Any, ...] = spec.function(**inputs, **named)
    except ModuleError:
        return None
    return results


def _alike(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, Table) and isinstance(other, Table):
        return _facts(one) == _facts(other)
    return type(one) is type(other)


def _facts(table: Table) -> list[Any]:
    return [(column.name, column.type, cells(column.data)) for column in table]


def _typed_params(table: Table) -> dict[str, Any] | None:
    """The params of a node that has this table typed in; None if its columns cannot be written so."""
    for params in ({"data": _text(table, ",")}, {"format": "tsv", "data": _text(table, "\t")}):
        if _alike(table, _typed_in(params)):
            return params
    return None


def _text(table: Table, delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.names)
    columns = [["" if cell is None else cell for cell in cells(column.data)] for column in table]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _typed_in(params: dict[str, Any]) -> Table | None:
    spec = find(TYPED_IN)
    assert spec
    results = _again(spec, {}, params)
    return results[0] if results else None


def _tables(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: _shown(value) for name, value in values if isinstance(value, Table)}


def _shown(table: Table) -> dict[str, Any]:
    """The first rows, as the page shows them."""
    columns = [{"name": column.name, "type": column.type} for column in table]
    shown = [cells(column.data.slice(0, SHOWN_ROWS)) for column in table]
    return {"columns": columns, "rows": [list(row) for row in zip(*shown, strict=True)], "total": len(table)}
