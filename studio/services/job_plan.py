"""A service's plan and what a job brings, as the plan of a run. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from modules.exchange.plan import FromArtifact, FromCaller, FromNode, ServicePlan, ServiceStep, Source
from modules.exchange.problems import CallProblem
from modules.registry import find
from studio.runs.plan import Step


def job_steps(
    plan: ServicePlan, inputs: Mapping[str, str], parameters: Mapping[str, Any]
) -> tuple[Step, ...]:
    """`inputs`: artifacts by the service's input. CallProblem if a parameter does not fit its module."""
    cut = cut_inputs(plan)
    return tuple(_step(step, inputs, parameters, cut.get(step.node, "")) for step in plan.steps)


def cut_inputs(plan: ServicePlan) -> dict[str, str]:
    """By node, the input that may be gone through in pieces if the node works row by row: the one that holds
    the caller's rows. Left out where several do: how their rows belong together is then not known."""
    found: dict[str, str] = {}
    moving: set[str] = set()
    for step in plan.steps:
        ports = [port for port, source in step.inputs.items() if _moves(source, moving)]
        if ports:
            moving.add(step.node)
        if len(ports) == 1 and _is_table(step, ports[0]):
            found[step.node] = ports[0]
    return found


def steps_as_one(plan: ServicePlan) -> list[str]:
    """What the steps are called that take all rows of a job at once; the others go through a large table in
    pieces. With the parameters that hold where a job says none."""
    cut, moving = cut_inputs(plan), set[str]()
    found = []
    for step in plan.steps:
        if not any(_moves(source, moving) for source in step.inputs.values()):
            continue
        moving.add(step.node)
        if step.node not in cut or not _says_row_by_row(step):
            spec = find(step.module)
            found.append(step.name or (spec.name if spec else step.module))
    return found


def _says_row_by_row(step: ServiceStep) -> bool:
    """Whether it works row by row where a job says no parameter; not if it cannot run without one."""
    try:
        return _works_row_by_row(step, _params(step, {}))
    except CallProblem:
        return False


def _moves(source: Source, moving: Collection[str]) -> bool:
    """Whether it is another value in each call."""
    return isinstance(source, FromCaller) or (isinstance(source, FromNode) and source.node in moving)


def _is_table(step: ServiceStep, port: str) -> bool:
    spec = find(step.module)
    found = spec.input(port) if spec else None
    return found is not None and found.type == "table"


def job_outputs(plan: ServicePlan, inputs: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Where each output is found: `{"artifact"}`, or `{"node", "port"}` of the run."""
    return {name: _place(source, inputs) for name, source in plan.outputs.items()}


def job_document(title: str, steps: Sequence[Step]) -> dict[str, Any]:
    """What the run shows as its experiment file: the steps alone, one below the other."""
    return {
        "format": "studio-experiment/1",
        "name": title,
        "nodes": [
            {
                "id": step.node,
                "module": step.module,
                "params": dict(step.params),
                "position": {"x": 40, "y": 40 + 140 * place},
                "comment": "",
            }
            for place, step in enumerate(steps)
        ],
        "wires": [
            {"from": f"{node}.{source}", "to": f"{step.node}.{port}"}
            for step in steps
            for port, (node, source) in step.inputs.items()
        ],
    }


def _step(step: ServiceStep, inputs: Mapping[str, str], parameters: Mapping[str, Any], may_cut: str) -> Step:
    wires = {port: (s.node, s.port) for port, s in step.inputs.items() if isinstance(s, FromNode)}
    places = {port: _place(s, inputs) for port, s in step.inputs.items() if not isinstance(s, FromNode)}
    params = _params(step, parameters)
    return Step(
        node=step.node,
        module=step.module,
        params=params,
        inputs=wires,
        limits=step.limits,
        name=step.name,
        given={port: place["artifact"] for port, place in places.items()},
        pieces=may_cut if _works_row_by_row(step, params) else "",
    )


def _works_row_by_row(step: ServiceStep, params: Mapping[str, Any]) -> bool:
    spec = find(step.module)
    return spec is not None and spec.works_row_by_row(spec.read_params(params))


def _params(step: ServiceStep, parameters: Mapping[str, Any]) -> dict[str, Any]:
    said = {param: parameters[name] for param, name in step.parameters.items() if name in parameters}
    spec = find(step.module)
    if spec is None:
        return {**step.params, **said}
    try:
        return spec.read_params({**step.params, **said}).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors()[0]
        param = str(first["loc"][0]) if first["loc"] else ""
        name = step.parameters.get(param, param or step.node)
        message = f"Parameter {name!r}: {first['msg']}."
        raise CallProblem.one("BadArgument", "BadParameterValue", name, message) from None


def _place(source: Source, inputs: Mapping[str, str]) -> dict[str, str]:
    if isinstance(source, FromCaller):
        return {"artifact": inputs[source.caller]}
    if isinstance(source, FromArtifact):
        return {"artifact": source.artifact}
    return {"node": source.node, "port": source.port}
