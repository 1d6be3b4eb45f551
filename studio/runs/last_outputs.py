"""What a node has last left on its ports, in whichever of its runs that was."""

from __future__ import annotations

from typing import Any

from studio.experiments.models import Experiment
from studio.runs.models import Output, State

LOOK_BACK = 30
"""Outputs that are looked at, of the newest runs first."""


def last_left(experiment: Experiment, node: str) -> dict[str, dict[str, Any]]:
    """By port: the artifact, its type and size, and the number of the run that left it.

    A node that failed, was skipped, or was no part of the latest run still has what it left before.
    Where only an artifact's facts are kept, its columns are known all the same.
    """
    rows = (
        Output.objects.filter(
            node_run__run__experiment=experiment, node_run__node=node, node_run__state=State.FINISHED
        )
        .select_related("artifact", "node_run__run")
        .defer("artifact__manifest")
        .order_by("-node_run__run__number")[:LOOK_BACK]
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(
            row.port,
            {
                "artifact": row.artifact_id,
                "type": row.artifact.type,
                **row.artifact.facts(),
                "run": row.node_run.run.number,
            },
        )
    return found
