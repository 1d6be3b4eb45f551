"""What is wrong with a graph before it runs, anchored to nodes. Pure; parses and never executes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from modules.classic.python2 import is_python2
from modules.registry import find_broken
from modules.sdk.declare import ModuleSpec, ParamSpec, PortSpec, declared_spec
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.source import syntax_problem
from studio.experiments.graph import Graph, Node, Wire
from studio.experiments.missing_params import missing_params
from studio.experiments.own_modules import OWN
from studio.experiments.pins import settle_pins
from studio.experiments.trust import untrusted_problem

Catalog = Mapping[str, ModuleSpec]
DatasetKind = Callable[[str], str | None]
"""Says of a dataset's name "table" or "bundle"; None where there is no such dataset that is ready."""

MAX_SCRIPT = 1_000_000
IT_IS_PYTHON_2 = "It is Python 2: choose “As in ML Studio (classic)” under Library names, and it runs."


class Problem(BaseModel):
    """Something that keeps a graph from running. `line` counts from 1, `column` from 0."""

    node: str | None = None
    port: str | None = None
    param: str | None = None
    line: int | None = None
    column: int | None = None
    code: str
    message: str


def validate(graph: Graph, catalog: Catalog, dataset_kind: DatasetKind) -> list[Problem]:
    """All problems of a graph, in node order. What only pinned nodes need is not run, and has none."""
    graph = settle_pins(graph).graph
    problems = [Problem(**misfit) for misfit in graph.misfits]
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        if spec is None:
            problems.append(
                Problem(
                    node=node.id,
                    code="unknown-module",
                    message=_no_module(node.module),
                )
            )
            continue
        if node.pinned:
            problems += _pins(node, spec, dataset_kind)
            continue
        if node.untrusted:
            problems += _untrusted(node, spec)
        problems += _params(node, spec, dataset_kind)
        problems += _inputs(node, spec, graph)
    for wire in graph.wires:
        problems += _wire(wire, graph, catalog, dataset_kind)
    problems += _cycles(graph)
    return problems


def _untrusted(node: Node, spec: ModuleSpec) -> Iterator[Problem]:
    if sentence := untrusted_problem(node.untrusted, node.params, spec):
        yield Problem(node=node.id, code="untrusted-module", message=sentence)


def _pins(node: Node, spec: ModuleSpec, dataset_kind: DatasetKind) -> Iterator[Problem]:
    title = called(node, spec)
    for port, dataset in node.pinned.items():
        output, kind = spec.output(port), dataset_kind(dataset)
        if output is None:
            wrong = f"{title} is pinned on {port!r}, and has no such output; it has {_names(spec.outputs)}."
        elif kind is None:
            wrong = f"{title} is pinned to {dataset!r}, a dataset that is gone or not ready. Unpin it."
        elif kind != output.type and not spec.reference:
            wrong = (
                f"{title} is pinned to {dataset!r}, a {kind}, but its output {output.label!r} is a "
                f"{output.type}. Unpin it."
            )
        else:
            continue
        yield Problem(node=node.id, port=port, code="bad-pin", message=wrong)


def _inputs(node: Node, spec: ModuleSpec, graph: Graph) -> Iterator[Problem]:
    wired: dict[str, int] = {}
    for wire in graph.into(node.id):
        wired[wire.target.port] = wired.get(wire.target.port, 0) + 1
    for name, count in wired.items():
        if count > 1:
            yield Problem(
                node=node.id,
                port=name,
                code="taken-input",
                message=f"Input {name!r} of {called(node, spec)} has {count} wires; it takes one.",
            )
    for port in spec.inputs:
        if not port.optional and port.name not in wired:
            yield Problem(
                node=node.id,
                port=port.name,
                code="missing-input",
                message=f"{called(node, spec)} needs something on its input {port.label!r}. "
                "Draw a wire to it.",
            )


def _wire(wire: Wire, graph: Graph, catalog: Catalog, dataset_kind: DatasetKind) -> Iterator[Problem]:
    source, target = graph.nodes.get(wire.source.node), graph.nodes.get(wire.target.node)
    if source is None or target is None:
        end, at = (wire.source, target) if source is None else (wire.target, source)
        yield Problem(
            node=at.id if at else None,
            code="unknown-node",
            message=f"The wire {wire.source} → {wire.target} ends at {end.node!r}, which is no node. "
            "Remove it.",
        )
        return
    above, below = catalog.get(source.module), catalog.get(target.module)
    if above is None or below is None:
        return
    output, input = above.output(wire.source.port), below.input(wire.target.port)
    if output is None:
        yield Problem(
            node=source.id,
            port=wire.source.port,
            code="unknown-port",
            message=f"{called(source, above)} has no output {wire.source.port!r}; "
            f"it has {_names(above.outputs)}.",
        )
    if input is None:
        yield Problem(
            node=target.id,
            port=wire.target.port,
            code="unknown-port",
            message=f"{called(target, below)} has no input {wire.target.port!r}; "
            f"it has {_names(below.inputs)}.",
        )
    if output is None or input is None:
        return
    if source.pinned and output.name not in source.pinned:
        message = (
            f"{called(source, above)} is pinned, but not on its output {output.label!r}, which has a wire."
        )
        yield Problem(
            node=source.id,
            port=output.name,
            code="bad-pin",
            message=f"{message} Unpin it, or remove the wire.",
        )
    given = output.type
    if above.reference and not source.pinned:
        given = dataset_kind(str(source.params.get(above.reference, ""))) or given
    if given != input.type:
        yield Problem(
            node=target.id,
            port=input.name,
            code="wrong-type",
            message=f"The output {output.label!r} of {called(source, above)} is a {given}, "
            f"but the input {input.label!r} of {called(target, below)} takes a {input.type}.",
        )


def _cycles(graph: Graph) -> Iterator[Problem]:
    _, stuck = graph.order()
    for id in graph.nodes:
        if id in stuck and any(id in graph.upstream([w.source.node]) for w in graph.into(id)):
            yield Problem(
                node=id,
                code="cycle",
                message="This node waits for its own result: its wires form a cycle. Remove one of them.",
            )


def _no_module(slug: str) -> str:
    if broken := find_broken(slug):
        return f"The module {slug!r} cannot be read on this server ({broken.error}); doctor says more."
    if slug.startswith(OWN):
        return f"The experiment does not carry its own module {slug!r}. Put the node there anew."
    return f"There is no module {slug!r}. Replace this node."


def _params(node: Node, spec: ModuleSpec, dataset_kind: DatasetKind) -> Iterator[Problem]:
    try:
        params = spec.read_params(node.params)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            name = str(item["loc"][0]) if item["loc"] else None
            yield Problem(
                node=node.id, param=name, code="bad-param", message=_param_message(spec, name, item)
            )
    else:
        yield from _check(node, params)
    every = spec.params_of(node.params)
    missing = dict(missing_params(every, node.params))
    for name, label in missing.items():
        message = f"{called(node, spec)} needs a value for {label!r}."
        yield Problem(node=node.id, param=name, code="missing-param", message=message)
    for param in every:
        value = node.params.get(param.name, param.default)
        if param.name in missing:
            continue
        if param.type == "dataset" and isinstance(value, str) and dataset_kind(value) is None:
            yield Problem(
                node=node.id,
                param=param.name,
                code="unknown-dataset",
                message=f"There is no dataset {value!r} that is ready. Upload it, or choose another.",
            )
        elif param.type == "code" and param.language == "python" and isinstance(value, str):
            yield from _syntax(node.id, param.name, value, node.params.get("api") == "classic")


def _check(node: Node, params: Params) -> Iterator[Problem]:
    """What the module refuses whatever the data are."""
    try:
        params.check()
    except ModuleError as error:
        yield Problem(node=node.id, param=error.param, code="bad-param", message=error.message)


def _param_message(spec: ModuleSpec, name: str | None, item: Any) -> str:
    param = spec.param(name) if name else None
    if item["type"] == "declared_param":
        return str(item["msg"])
    if item["type"] == "extra_forbidden" and len(item["loc"]) == 1:
        known = ", ".join(p.name for p in spec.params) or "none"
        return f"{spec.name} has no parameter {name!r}; it has {known}."
    if param and param.fields and len(item["loc"]) > 2:
        field = next((each for each in param.fields if each.name == item["loc"][2]), None)
        where = f"{param.label}, number {int(item['loc'][1]) + 1}, {field.label if field else item['loc'][2]}"
        return f"{where}: {item['msg']} (given {item['input']!r:.60})."
    given = repr(item["input"])
    return f"{param.label if param else name}: {item['msg']} (given {given[:60]})."


def _syntax(node: str, param: str, source: str, classic: bool) -> Iterator[Problem]:
    if len(source) > MAX_SCRIPT:
        yield Problem(
            node=node,
            param=param,
            code="script-too-long",
            message=f"The script has {len(source):,} characters; at most {MAX_SCRIPT:,} are taken. "
            "Move parts of it into a script bundle.",
        )
        return
    if wrong := syntax_problem(source):
        what, line, column = wrong
        message = f"The script has a syntax error: {what}" + ("" if what.endswith("?") else ".")
        if is_python2(source):
            if classic:
                return
            message += f" {IT_IS_PYTHON_2}"
        yield Problem(node=node, param=param, line=line, column=column, code="script-syntax", message=message)


def declared_params(graph: Graph, catalog: Catalog) -> dict[str, list[ParamSpec]]:
    """By node the params that its script declares; of nodes whose module runs a script."""
    found = {}
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        if spec and (declared := spec.declared(node.params)) is not None:
            found[node.id] = [declared_spec(one) for one in declared]
    return found


def called(node: Node, spec: ModuleSpec) -> str:
    """What a person calls a node, or what its module is called."""
    return node.name or spec.name


def _names(ports: tuple[PortSpec, ...]) -> str:
    return ", ".join(repr(p.name) for p in ports) or "none"
