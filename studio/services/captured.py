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
    artifact that the run had there."""

    plan: ServicePlan | None = None
    problems: list[ServiceProblem] = []
    path: list[str] = []
    constant: list[str] = []
    kept: dict[str, str] = {}
    tables: dict[str, str] = {}
    inputs: list[PortPlace] = []
    outputs: list[PortPlace] = []
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
