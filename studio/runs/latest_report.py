"""The report that a node has left in the latest run in which it finished."""

from __future__ import annotations

from modules.wire_types.device import StoredDocument
from studio.artifacts.documents import report_documents
from studio.artifacts.models import Artifact
from studio.errors import NotFound
from studio.experiments.models import Experiment
from studio.runs.models import Output, State

LOOK_BACK = 5
"""Outputs that are looked at: a node has one or two ports with pictures."""


def latest_report(experiment: Experiment, node: str, media_type: str) -> tuple[Artifact, StoredDocument]:
    """The artifact, and its document of that type. NotFound if the node has left none."""
    outputs = (
        Output.objects.filter(
            node_run__run__experiment=experiment,
            node_run__node=node,
            node_run__state=State.FINISHED,
            artifact__type="device",
        )
        .select_related("artifact")
        .order_by("-node_run__run__number")[:LOOK_BACK]
    )
    for output in outputs:
        for document in report_documents(output.artifact):
            if document.media_type == media_type:
                return output.artifact, document
    raise NotFound(f"Node {node!r} has left no report yet. Run the experiment, then come back.")
