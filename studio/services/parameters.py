"""The parameters of a service: marked params of nodes, and the keyword-only parameters of scripts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from modules.exchange.plan import ServiceStep
from modules.exchange.schema import ParameterType, ServiceParameter
from modules.sdk.declare import ModuleSpec, ParamSpec
from studio.experiments.graph import Graph
from studio.experiments.validate import called
from studio.services.captured import Marked, ServiceProblem
from studio.services.places import Catalog

TYPES: dict[str, ParameterType] = {
    "number": "float",
    "integer": "integer",
    "text": "string",
    "toggle": "boolean",
    "choice": "string",
}
"""What a param of each type is to a caller; those of other types cannot be given in a call."""

ByNode = dict[str, dict[str, str]]


class Parameters(NamedTuple):
    """`described` in the order of the path; `by_node`: which of its params each one sets; `notes`: what is
    marked and still none of them."""

    described: list[ServiceParameter]
    by_node: ByNode
    problems: list[ServiceProblem]
    notes: list[str]


def find_parameters(
    graph: Graph, catalog: Catalog, steps: Iterable[ServiceStep], marked: Marked
) -> Parameters:
    """Params of several nodes may have one name in the service: then it sets all of them, if they are of one
    type. A mark at a node that calls do not go through, or that does what it learned before, does nothing."""
    found: dict[str, ServiceParameter] = {}
    by_node: ByNode = {}
    problems: list[ServiceProblem] = []
    steps = list(steps)
    own_steps = [step.node for step in steps if step.module == graph.nodes[step.node].module]
    for id in own_steps:
        node, spec = graph.nodes[id], catalog[graph.nodes[id].module]
        own = {param.name: param for param in spec.params_of(node.params)}
        declared = {name: name for name in own if spec.param(name) is None}
        for name, said in (declared | dict(marked.get(id, {}))).items():
            param = own.get(name)
            wrong = _wrong(param, name, said, called(node, spec), found)
            if wrong or param is None:
                problems.append(ServiceProblem(node=id, param=name, code="service-parameter", message=wrong))
                continue
            found.setdefault(said, _described(said, param, node.params.get(name, param.default), spec))
            by_node.setdefault(id, {})[name] = said
    idle = {id: names for id, names in marked.items() if id in graph.nodes and id not in own_steps}
    notes = list(_idle(graph, catalog, idle, {step.node for step in steps}))
    return Parameters(list(found.values()), by_node, problems, notes)


def _idle(graph: Graph, catalog: Catalog, marked: Marked, path: set[str]) -> Iterable[str]:
    for id, names in marked.items():
        title = called(graph.nodes[id], catalog[graph.nodes[id].module])
        why = (
            f"{title} does to the caller's rows what it learned in the run"
            if id in path
            else f"no call goes through {title}"
        )
        for said in names.values():
            yield f"{said!r} is no parameter of the service: {why}."


def _wrong(
    param: ParamSpec | None, name: str, said: str, title: str, found: dict[str, ServiceParameter]
) -> str:
    if param is None:
        return f"{title} has no parameter {name!r}, so it can be none of the service."
    if param.type not in TYPES:
        return f"A call cannot give {param.label} of {title}: only numbers, texts, choices and toggles."
    if said in found and found[said].type != TYPES[param.type]:
        return (
            f"{said!r} is a parameter of type {found[said].type} already, and {param.label} of {title} is of "
            f"type {TYPES[param.type]}. Give it another name."
        )
    return ""


def _described(name: str, param: ParamSpec, default: Any, spec: ModuleSpec) -> ServiceParameter:
    own = spec.param(param.name) is not None
    return ServiceParameter(
        name=name,
        type=TYPES[param.type],
        default=default,
        required=param.required and default in (None, ""),
        nullable=default is None or (own and param.default is None),
        choices=tuple(choice.value for choice in param.choices) if param.choices else None,
        min=param.min,
        max=param.max,
        help=param.help,
    )
