"""The tools with which an agent does something: make an experiment, propose an edit, try, run."""

from __future__ import annotations

import time
from typing import Annotated, Any

from pydantic import BaseModel, Field

from modules.registry import find
from studio.accounts.access import access_experiment, access_run
from studio.agents import proposals
from studio.agents.edits import Edit, apply
from studio.agents.keys import Caller
from studio.agents.looking import ExperimentId, NodeId, document_of, problems_of
from studio.agents.withheld import failure, output
from studio.errors import Invalid
from studio.experiments.actions import create_experiment
from studio.experiments.graph import FORMAT, read_graph
from studio.experiments.models import Experiment
from studio.runs.actions import cancel_run as cancel
from studio.runs.actions import start_run
from studio.runs.models import UNDER_WAY, Run
from studio.runs.sampling import try_on_sample
from studio.runs.snapshot import run_snapshot

MOST_WAIT = 30
TICK = 0.05


class MakeExperiment(BaseModel):
    """A new experiment. What stands in others is changed by `propose_edit` alone."""

    name: str
    description: str = ""
    edits: Annotated[list[Edit], Field(description="What to put into it")] = []


def make_experiment(caller: Caller, asked: MakeExperiment) -> Any:
    empty = {"format": FORMAT, "name": asked.name, "description": asked.description, "nodes": [], "wires": []}
    made = create_experiment(caller.user, apply(empty, asked.edits))
    return {"experiment": made.pk, "name": made.name, **problems_of(made, made.document)}


class ProposeEdit(BaseModel):
    """The edits wait on the canvas until a person accepts them or throws them away."""

    experiment: ExperimentId
    title: Annotated[str, Field(description="What it does, in a few words")]
    edits: list[Edit]
    after: Annotated[str, Field(description="An open proposal that this one goes on from and replaces")] = ""


def propose_edit(caller: Caller, asked: ProposeEdit) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    made = proposals.propose(experiment, caller.name, asked.title, asked.edits, asked.after)
    return {"proposal": made.pk, "state": made.state, **problems_of(experiment, made.document)}


class AProposal(BaseModel):
    experiment: ExperimentId
    proposal: str


def get_proposal(caller: Caller, asked: AProposal) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    found = experiment.proposals.filter(pk=asked.proposal).first()
    return {"proposal": asked.proposal, "state": found.state if found else "gone"}


class TryNode(BaseModel):
    experiment: ExperimentId
    node: NodeId
    proposal: Annotated[str, Field(description="An open proposal: tries the node as it would be with it")] = (
        ""
    )
    rows: Annotated[int, Field(ge=1, le=10_000)] = 1000


def try_node(caller: Caller, asked: TryNode) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    document = document_of(experiment, asked.proposal)
    _stay_inside(document)
    as_it_would_be = Experiment(pk=experiment.pk, owner_id=experiment.owner_id, document=document)
    found = try_on_sample(as_it_would_be, asked.node, rows=asked.rows)
    told = {
        "nodes": found["nodes"],
        "outputs": {port: output(shown, caller.values) for port, shown in found["outputs"].items()},
        "failure": failure(found["failure"], caller.values) if found.get("failure") else None,
    }
    return told | ({"log": "".join(part["text"] for part in found["log"])[-8_000:]} if caller.values else {})


def _stay_inside(document: dict[str, Any]) -> None:
    """An agent may write a script, so it must not be given what a script could carry off. Invalid if a node
    asks for network or secrets."""
    for node in read_graph(document).nodes.values():
        spec = find(node.module)
        if spec and (spec.asks_for_network(node.params) or spec.secrets(node.params)):
            raise Invalid(f"The node {node.id!r} asks for network or secrets, so that a person must run it.")


class RunIt(BaseModel):
    experiment: ExperimentId
    until: Annotated[list[str], Field(description="Nodes to run to; empty for all")] = []
    wait: Annotated[float, Field(ge=0, le=MOST_WAIT, description="Seconds to wait for the end")] = MOST_WAIT


def run_experiment(caller: Caller, asked: RunIt) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    _stay_inside(experiment.document)
    run = start_run(experiment, asked.until or None)
    return _told(run, asked.wait, caller.values)


class ARun(BaseModel):
    run: str
    wait: Annotated[float, Field(ge=0, le=MOST_WAIT)] = 0


def get_run(caller: Caller, asked: ARun) -> Any:
    return _told(access_run(caller.user, asked.run), asked.wait, caller.values)


def cancel_run(caller: Caller, asked: ARun) -> Any:
    run = access_run(caller.user, asked.run)
    cancel(run)
    return _told(run, asked.wait, caller.values)


def _told(run: Run, seconds: float, values: bool) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end and Run.objects.filter(pk=run.pk, state__in=UNDER_WAY).exists():
        time.sleep(TICK)
    run.refresh_from_db()
    nodes = {
        id: {key: entry.get(key) for key in ("state", "cached", "reason")}
        | ({"error": failure(entry["error"], values)} if entry.get("error") else {})
        | {"outputs": {port: _output(each) for port, each in entry["outputs"].items()}}
        for id, entry in run_snapshot(run)["nodes"].items()
    }
    return {"run": run.pk, "number": run.number, "state": run.state, "nodes": nodes}


def _output(told: dict[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in ("type", "rows", "columns", "pictures") if told.get(key) is not None}
