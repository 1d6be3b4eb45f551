"""What finished nodes of a run have left on their ports."""

from __future__ import annotations

from studio.runs.models import Output, Run


def outputs_of(run: Run, sources: dict[str, tuple[str, str]]) -> dict[str, Output]:
    """What lies on these ports of a run's nodes, by the name given, each with its artifact and node run;
    ports left empty are left out."""
    if not sources:
        return {}
    nodes = {node for node, _ in sources.values()}
    found = {
        (o.node_run.node, o.port): o
        for o in Output.objects.filter(node_run__run=run, node_run__node__in=nodes).select_related(
            "artifact", "node_run"
        )
    }
    return {name: found[source] for name, source in sources.items() if source in found}
