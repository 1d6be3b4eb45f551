"""The latest finished run of an experiment, and what its nodes left."""

from __future__ import annotations

from collections.abc import Iterable

from studio.experiments.graph import PortRef, read_graph
from studio.experiments.models import Experiment
from studio.runs.actions import invalid
from studio.runs.models import Output, Run, State
from studio.services.captured import ServiceProblem
from studio.services.left import LeftValue, left_value


def finished_run(experiment: Experiment) -> Run:
    """Invalid, with a problem at each node that is to blame, where no run has finished yet."""
    newest = experiment.runs.order_by("-number")
    if found := newest.filter(state=State.FINISHED).first():
        return found
    raise invalid([*_why_none(experiment, newest.first())])


def _why_none(experiment: Experiment, newest: Run | None) -> Iterable[ServiceProblem]:
    failed = newest.nodes.filter(state=State.FAILED) if newest else []
    for node in failed:
        yield ServiceProblem(
            node=node.node,
            code="failed",
            message=f"{node.title} failed in the latest run. A service is made from a run that has finished.",
        )
    if failed:
        return
    graph = read_graph(experiment.document)
    ends = [id for id in graph.nodes if not graph.out_of(id)] or [*graph.nodes]
    why = "has not finished" if newest else "was never run"
    for id in ends:
        yield ServiceProblem(
            node=id, code="not-run", message=f"The experiment {why}. Run it to its end, then publish it."
        )
    if not ends:
        yield ServiceProblem(code="empty", message="The experiment has no nodes yet.")


def left_by(run: Run) -> dict[PortRef, LeftValue]:
    """What each node of a run left, by its port."""
    rows = Output.objects.filter(node_run__run=run).values_list(
        "node_run__node", "port", "artifact_id", "artifact__manifest"
    )
    return {
        PortRef(node, port): left_value(artifact, manifest)
        for node, port, artifact, manifest in rows.iterator()
    }
