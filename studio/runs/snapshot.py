"""Runs as JSON: the whole of one, its head for lists, and one node's entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Sum

from studio.artifacts.models import Artifact
from studio.runs.events import FailureOut, NodeEntry, OutputOut, RunHead, TakenDataset
from studio.runs.models import NodeRun, Output, Run, State
from studio.times import iso


def node_entry(node_run: NodeRun, outputs: Mapping[str, Artifact]) -> NodeEntry:
    """`outputs`: what lies on its ports."""
    return NodeEntry(
        state=node_run.state,
        cached=node_run.cached,
        reason=node_run.reason,
        because=(node_run.cause or {}).get("node"),
        saved=node_run.saved,
        peak_bytes=node_run.peak_bytes or None,
        progress=node_run.progress if node_run.state == State.RUNNING else None,
        paused=iso(node_run.paused) if node_run.state == State.RUNNING else None,
        dialogue=dialogue_of(node_run) if node_run.state == State.RUNNING and node_run.debugged else None,
        started=iso(node_run.started),
        finished=iso(node_run.finished),
        error=FailureOut.model_validate(node_run.error) if node_run.error else None,
        outputs={
            port: OutputOut(artifact=artifact.pk, type=artifact.type, **artifact.facts())
            for port, artifact in outputs.items()
        },
        timings=node_run.timings,
        dataset=_taken(node_run.basis),
    )


def dialogue_of(node_run: NodeRun) -> str:
    """The name of the dialogue in which a debugged node run is talked with."""
    return f"{node_run.run_id}.{node_run.pk}"


def _taken(basis: Mapping[str, Any]) -> TakenDataset | None:
    return TakenDataset(name=basis["dataset"], version=basis["version"]) if "dataset" in basis else None


def run_head(run: Run) -> RunHead:
    return run_heads([run])[0]


def run_heads(runs: Sequence[Run]) -> list[RunHead]:
    """The head of each, in one query for all of them."""
    counted: defaultdict[str, list[tuple[str, bool, int, float]]] = defaultdict(list)
    for run, *sums in (
        NodeRun.objects.filter(run__in=[run.pk for run in runs])
        .order_by()
        .values_list("run_id", "state", "cached")
        .annotate(Count("pk"), Sum("saved"))
    ):
        counted[run].append(tuple(sums))
    return [_head(run, counted[run.pk]) for run in runs]


def _head(run: Run, counted: Sequence[tuple[str, bool, int, float]]) -> RunHead:
    counts: Counter[str] = Counter()
    for state, _, count, _ in counted:
        counts[state] += count
    return RunHead(
        id=run.id,
        purpose=run.purpose,
        experiment=run.experiment_id,
        title=run.title,
        number=run.number,
        name=run.name,
        state=run.state,
        created=iso(run.created) or "",
        started=iso(run.started),
        finished=iso(run.finished),
        until=run.until,
        force=run.force,
        seq=run.seq,
        counts=dict(counts),
        cached=sum(count for _, cached, count, _ in counted if cached),
        saved=sum(saved for *_, saved in counted),
    )


def run_snapshot(run: Run) -> dict[str, Any]:
    """The answer of `GET /runs/{id}`."""
    left = Output.objects.select_related("artifact").defer("artifact__manifest")
    nodes = run.nodes.prefetch_related(Prefetch("outputs", left))
    return {
        **run_head(run).model_dump(mode="json"),
        "graph": run.graph,
        "nodes": {
            node.node: node_entry(node, {o.port: o.artifact for o in node.outputs.all()}).model_dump(
                mode="json"
            )
            for node in nodes
        },
    }
