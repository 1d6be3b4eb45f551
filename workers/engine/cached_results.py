"""What the cache knows of a key."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import drop, touch
from studio.experiments.models import Experiment
from studio.runs.models import CachedResult, Run
from studio.runs.reasons import duration


@dataclass
class Known:
    """An earlier result: its artifacts by port, or what became of them ("was damaged")."""

    result: CachedResult
    outputs: dict[str, Artifact] = field(default_factory=dict)
    lost: str | None = None


def find_known(key: str) -> Known | None:
    """The earlier result of this key, with all of its files looked at; damaged ones are dropped."""
    result = CachedResult.objects.filter(key=key).first()
    if result is None:
        return None
    artifacts = Artifact.objects.in_bulk(list(result.outputs.values()))
    if touch(artifacts.values()):  # now it stays for a while; was it dropped just before?
        artifacts = Artifact.objects.in_bulk(list(result.outputs.values()))
    if len(artifacts) < len(set(result.outputs.values())) or any(a.dropped for a in artifacts.values()):
        return Known(result, lost="was dropped")
    damaged = [artifact for artifact in artifacts.values() if not store().holds(artifact.read())]
    for artifact in damaged:
        drop(artifact)
    if damaged:
        return Known(result, lost="was damaged")
    return Known(result, {port: artifacts[id] for port, id in result.outputs.items()})


def why_cached(run: Run, result: CachedResult) -> str:
    """The reason of a node that comes from the cache."""
    place = f"run {result.run_number}"
    if (result.experiment_id, result.run_number) == (run.experiment_id, run.number):
        place = "another node of this run"
    elif result.experiment_id != run.experiment_id:
        mine = Experiment.objects.filter(pk=result.experiment_id, owner_id=run.experiment.owner_id)
        name = mine.values_list("name", flat=True).first()
        place += f" of {name}" if name else " of another experiment"
    return f"cached: same inputs as {place}, saved {duration(result.seconds)}"
