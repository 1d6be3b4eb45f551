"""A service's plan and what a job brings, as the plan of a run. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return tuple(_step(step, inputs, parameters) for step in plan.steps)


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


def _step(step: ServiceStep, inputs: Mapping[str, str], parameters: Mapping[str, Any]) -> Step:
    wires = {port: (s.node, s.port) for port, s in step.inputs.items() if isinstance(s, FromNode)}
    places = {port: _place(s, inputs) for port, s in step.inputs.items() if not isinstance(s, FromNode)}
    return Step(
        node=step.node,
        module=step.module,
        params=_params(step, parameters),
        inputs=wires,
        limits=step.limits,
        name=step.name,
        given={port: place["artifact"] for port, place in places.items()},
    )


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
