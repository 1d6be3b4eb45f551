"""Tries a node on a few rows: a worker is asked, as for a look. No run comes of it, and no result is kept.

The columns are, for those who read the scripts below."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from studio.datasets.lookup import Lookup
from studio.errors import Invalid, NotFound, Unavailable
from studio.experiments.models import Experiment
from studio.experiments.own_modules import flat_document
from studio.live.ask import ask
from studio.runs.actions import plan_of, runnable
from studio.runs.tried_columns import keep_columns

PATIENCE = 60
"""Seconds that an answer is waited for; a try takes half of that at most."""


def try_on_sample(
    experiment: Experiment,
    node: str,
    *,
    rows: int,
    random: bool = False,
    seed: int = 0,
    params: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the node leaves on the first, or on random, `rows` of what lies above it. `params`: in place of
    its own, since its script may not be saved yet. A pin of the node itself does not count.

    NotFound if there is no such node. Invalid if it, or what it needs, cannot run. A node that fails is no
    error: the answer says so."""
    document = _with_params(experiment.document, node, params or {})
    datasets = Lookup(experiment.owner_id)
    graph = runnable(document, [node], datasets).graph
    plan = plan_of(graph, experiment.owner_id, (), datasets)
    steps = [step.as_json() | {"node": step.node} for step in plan]
    wish = {"rows": rows, "random": random, "seed": seed}
    whose = f"{experiment.pk} {node}"
    reply = ask("workers.sample", steps, wish, whose, experiment.owner_id, patience=PATIENCE)
    if reply.failure is None:
        if reply.data["failure"] is None:
            keep_columns(experiment, graph, node, reply.data["outputs"])
        return {"rows": rows, "random": random, **reply.data}
    raise (Unavailable if reply.failure.busy or reply.failure.fault else Invalid)(reply.failure.message)


def _with_params(document: dict[str, Any], node: str, params: Mapping[str, Any]) -> dict[str, Any]:
    document = flat_document(document)
    nodes = list(document.get("nodes") or ())
    for place, each in enumerate(nodes):
        if isinstance(each, dict) and each.get("id") == node:
            nodes[place] = each | {
                "params": {**copy.deepcopy(each.get("params") or {}), **params},
                "pinned": {},
            }
            return document | {"nodes": nodes}
    raise NotFound(f"The experiment has no node {node!r}. Save it, then try again.")
