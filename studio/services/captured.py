"""What a capture says: the plan of a service, or the problems that stand in its way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field

from modules.exchange.plan import ServicePlan
from studio.experiments.validate import Problem

Mend = Literal["apply", "bypass"]
"""How a problem is mended in the service alone; the experiment stays as it is. apply: what the node learned
in the run is done to the caller's rows. bypass: the caller's rows pass the node by."""


class PortPlace(BaseModel):
    """A port where the caller's rows may enter, or where an answer may leave. `likely`: what is taken if
    nobody says another. `trains`: a model leaves there, which the service trains on the caller's rows."""

    node: str
    port: str
    title: str
    likely: bool = False
    trains: bool = False


class ModuleEnd(BaseModel):
    """An input or an output of the service that a web service module of the experiment names."""

    name: str
    node: str


class MendOffer(BaseModel):
    """`label` says what it does; the node's id in `mend` chooses it."""

    label: str
    how: Mend


class ServiceProblem(Problem):
    """Something that keeps an experiment from being published."""

    repair: MendOffer | None = None


class Choices(BaseModel):
    """What a person chose for the service. `inputs` and `outputs`: by name the port (`node.port`) where rows
    enter or leave, for an experiment that has no module which says so. `mend`: nodes whose problem is to be
    mended as offered."""

    inputs: dict[str, str] = Field(default_factory=dict)
    outputs: dict[str, str] = Field(default_factory=dict)
    mend: list[str] = Field(default_factory=list)


class Capture(BaseModel):
    """`plan` is None if there are problems. `path`: the nodes that a call goes through; `constant`: those
    whose value of the run is kept. `kept`: the artifact by each of these nodes; `tables`: by input the
    artifact that the run had there. `input_modules`, `output_modules`: the ends that the experiment names
    itself. `markable`: the nodes whose params can be marked as parameters of the service."""

    plan: ServicePlan | None = None
    problems: list[ServiceProblem] = []
    path: list[str] = []
    constant: list[str] = []
    kept: dict[str, str] = {}
    tables: dict[str, str] = {}
    inputs: list[PortPlace] = []
    outputs: list[PortPlace] = []
    input_modules: list[ModuleEnd] = []
    output_modules: list[ModuleEnd] = []
    markable: list[str] = []
    notes: list[str] = []


Marked = Mapping[str, Mapping[str, str]]
"""`service_parameters` of the experiment file by node: param → name in the service."""


def marked_parameters(document: Mapping[str, Any]) -> Marked:
    """Read from an experiment file; what is no such table is left out."""
    found = {}
    for node in document.get("nodes") or []:
        said = node.get("service_parameters") if isinstance(node, dict) else None
        if isinstance(said, dict):
            texts = {param: name for param, name in said.items() if isinstance(name, str) and name.strip()}
            if texts:
                found[str(node.get("id"))] = texts
    return found


def marks_of(now: Mapping[str, Any], ran: Mapping[str, Any]) -> Marked:
    """The marks of a run's nodes as the experiment has them now; those of nodes that are gone, as they were.

    A mark changes no result, so that a new one needs no new run."""
    there = {str(node.get("id")) for node in now.get("nodes") or [] if isinstance(node, dict)}
    gone = {id: names for id, names in marked_parameters(ran).items() if id not in there}
    return {**gone, **marked_parameters(now)}
