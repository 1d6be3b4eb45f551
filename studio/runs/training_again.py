"""A trained model trained anew: the node that made it runs once more, on the very inputs that it had."""

from __future__ import annotations

from typing import Any, NamedTuple

from studio.accounts.access import Viewer, visible_runs
from studio.artifacts.looks import model_of
from studio.artifacts.models import Artifact
from studio.errors import Invalid
from studio.experiments.own_modules import flat_document
from studio.runs.actions import start_job
from studio.runs.models import NodeRun, Output, Purpose, Run
from studio.runs.plan import Step

MOST_MAKERS = 20
"""Node runs that are looked through for one whose inputs are still kept."""


class Maker(NamedTuple):
    """The node run that left a model on `port`, and the artifacts that were its inputs, by port."""

    node_run: NodeRun
    port: str
    inputs: dict[str, str]


def train_again(user: Viewer, model: Artifact) -> tuple[Run, Maker]:
    """Starts a run of one node, which takes nothing from the cache. Invalid, with the reason, where nothing
    tells how the model was made, or its data is no longer kept."""
    maker = find_maker(user, model_of(model))
    node = maker.node_run
    plan = node.plan
    step = Step(
        node=node.node,
        module=plan["module"],
        params=plan["params"],
        inputs={},
        anew=True,
        limits=plan.get("limits") or {},
        name=plan.get("name") or "",
        given=maker.inputs,
    )
    title = f"{node.title}, again"
    run = start_job(node.run.owner_id or 0, title, _document(title, node), [step], purpose=Purpose.TRAINING)
    return run, maker


def find_maker(user: Viewer, model: Artifact) -> Maker:
    """The latest node run of this person's that made the model from inputs that are all still kept."""
    mine = visible_runs(user).values("pk")
    left = Output.objects.filter(artifact=model, node_run__run__in=mine).exclude(
        node_run__plan__module="dataset"
    )
    found = list(left.select_related("node_run__run").order_by("-node_run__pk")[:MOST_MAKERS])
    if not found:
        raise _cannot(
            "No run of yours made this model, so nothing tells what it was trained on. Train it in an "
            "experiment."
        )
    for output in found:
        inputs = _inputs(output.node_run)
        kept = Artifact.objects.filter(pk__in=inputs.values(), dropped=None).count()
        if inputs and kept == len(set(inputs.values())):
            return Maker(output.node_run, output.port, inputs)
    raise _cannot(
        "The data that this model was trained on is no longer kept. Run its experiment again: that trains it "
        "anew."
    )


def _inputs(node_run: NodeRun) -> dict[str, str]:
    """The artifacts that lay on its ports; empty where one is missing."""
    inputs = dict(node_run.plan.get("given") or {})
    wanted = {port: tuple(source) for port, source in node_run.plan["inputs"].items()}
    above = Output.objects.filter(
        node_run__run=node_run.run_id, node_run__node__in=[node for node, _ in wanted.values()]
    )
    there = {
        (node, port): artifact
        for node, port, artifact in above.values_list("node_run__node", "port", "artifact")
    }
    if not all(source in there for source in wanted.values()):
        return {}
    return inputs | {port: there[source] for port, source in wanted.items()}


def _document(title: str, node_run: NodeRun) -> dict[str, Any]:
    nodes = [node for node in flat_document(node_run.run.graph)["nodes"] if node.get("id") == node_run.node]
    return {"format": "studio-experiment/1", "name": title, "nodes": nodes, "wires": []}


def _cannot(message: str) -> Invalid:
    return Invalid(message, [{"loc": ["path", "id"], "code": "cannot-train-again", "message": message}])
