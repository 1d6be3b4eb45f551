"""What the cache knows of a key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from modules.wire_types.stored import sizes
from studio.artifacts.artifact_use import drop, touch
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.experiments.models import Experiment
from studio.runs.models import CachedResult, Run
from studio.runs.reasons import duration


@dataclass
class Known:
    """An earlier result: its artifacts by port, or what became of them ("was damaged")."""

    result: CachedResult
    outputs: dict[str, Artifact] = field(default_factory=dict)
    lost: str | None = None


class KnownResults:
    """Earlier results. `likely`: keys that will be asked for, read in a few queries. Each file is looked at
    once."""

    def __init__(self, likely: Collection[str] = ()) -> None:
        self._results: dict[str, CachedResult] = {}
        self._artifacts: dict[str, Artifact] = {}
        self._whole: set[str] = set()
        self._names: dict[str, str | None] = {}
        if likely:
            self._read(CachedResult.objects.filter(key__in=likely))

    def find(self, key: str) -> Known | None:
        """The earlier result of this key, with all of its files looked at; damaged ones are dropped."""
        if key not in self._results:
            self._read(CachedResult.objects.filter(key=key))
        result = self._results.get(key)
        if result is None:
            return None
        artifacts = {id: self._artifacts.get(id) for id in result.outputs.values()}
        if any(artifact is None or artifact.dropped for artifact in artifacts.values()):
            return Known(result, lost="was dropped")
        damaged = [artifact for artifact in artifacts.values() if artifact and not self.holds(artifact)]
        for artifact in damaged:
            drop(artifact)
        if damaged:
            return Known(result, lost="was damaged")
        return Known(result, {port: self._artifacts[id] for port, id in result.outputs.items()})

    def holds(self, artifact: Artifact) -> bool:
        """Whether the store has all of its files, whole."""
        wanted = {name: size for name, size in sizes(artifact.read()).items() if name not in self._whole}
        if not store().has(wanted):
            return False
        self._whole.update(wanted)
        return True

    def why(self, run: Run, result: CachedResult) -> str:
        """The reason of a node of the run that comes from the cache."""
        place = self._place(run, result)
        return f"cached: same inputs as {place}, saved {duration(result.seconds)}"

    def _place(self, run: Run, result: CachedResult) -> str:
        if result.run_number == 0:  # of no experiment
            return "an earlier run"
        place = f"run {result.run_number}"
        if result.experiment_id != run.experiment_id:
            name = self._name(run, result.experiment_id)
            return place + (f" of {name}" if name else " of another experiment")
        return "another node of this run" if result.run_number == run.number else place

    def _read(self, results: Iterable[CachedResult]) -> None:
        found = {result.key: result for result in results}
        self._results |= found
        wanted = {id for result in found.values() for id in result.outputs.values()} - self._artifacts.keys()
        artifacts = Artifact.objects.in_bulk(sorted(wanted))
        if touch(artifacts.values()):  # now they stay for a while; were they dropped just before?
            artifacts = Artifact.objects.in_bulk(sorted(wanted))
        self._artifacts |= artifacts

    def _name(self, run: Run, experiment: str | None) -> str | None:
        """The name of another experiment, if it is the same person's."""
        if experiment is None:
            return None
        if experiment not in self._names:
            mine = Experiment.objects.filter(pk=experiment, owner_id=run.owner_id)
            self._names[experiment] = mine.values_list("name", flat=True).first()
        return self._names[experiment]
