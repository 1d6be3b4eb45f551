"""Keeps what a node left, so that the node can be pinned to it."""

from __future__ import annotations

from django.contrib.auth.models import User

from modules.registry import find
from studio.artifacts.models import Artifact
from studio.datasets.actions import Origin, save_output
from studio.datasets.models import KINDS, Dataset
from studio.errors import Invalid, Taken
from studio.runs.models import NodeRun, State

KEPT = {"table", *KINDS.values()}
"""Types of values that datasets hold."""
LONGEST = 150
"""Characters of a node's title in the name of a dataset."""


def keep_outputs(owner: User, node_run: NodeRun) -> dict[str, str]:
    """By port the dataset (`name@version`) that holds what lies there: one that the owner has already, else
    a new one. Devices are left out. Invalid if nothing can be kept."""
    spec = find(node_run.plan["module"])
    if spec is not None and spec.reference:
        raise Invalid("This node stands for a dataset, and runs nothing. Choose a version of it instead.")
    if node_run.state != State.FINISHED:
        raise Invalid(f"{node_run.title} has not finished in this run. Run it, then pin what it left.")
    outputs = node_run.outputs.select_related("artifact").order_by("port")
    kept = {each.port: each.artifact for each in outputs if each.artifact.type in KEPT}
    if not kept:
        raise Invalid(
            f"{node_run.title} left nothing that can be pinned: no table, bundle, model or transform."
        )
    labels = {port.name: port.label for port in spec.outputs} if spec else {}
    return {
        port: str(_known(owner, artifact) or _keep(owner, node_run, artifact, labels.get(port, port)))
        for port, artifact in kept.items()
    }


def _known(owner: User, artifact: Artifact) -> Dataset | None:
    ready = Dataset.objects.filter(owner=owner, artifact=artifact, state=Dataset.State.READY)
    return ready.order_by("created").first()


def _keep(owner: User, node_run: NodeRun, artifact: Artifact, label: str) -> Dataset:
    name = f"{node_run.title[:LONGEST]}, {label[:30]} (pinned)".replace("@", " at ")
    origin = Origin(node_run.run_id, node_run.node)
    description = "Kept, so that the node can be pinned to it."
    try:
        return save_output(owner, artifact, name, description, origin)
    except Taken as taken:
        before = Dataset.objects.get(pk=taken.extra["existing"]["id"])
        if before.kind != artifact.type:
            return save_output(owner, artifact, f"{name}, {artifact.type}", description, origin)
        return save_output(owner, artifact, name, description, origin, before)
