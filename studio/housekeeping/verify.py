"""Reads every file in the store and compares it with its name. Damaged ones are dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.artifacts.artifact_use import drop
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset
from studio.housekeeping.stock import names_in


@dataclass
class Verified:
    """How many files were read, how many of them were damaged or missing, and whose they were: how many
    results, which are computed again, and the datasets whose uploaded file is lost."""

    files: int = 0
    damaged: int = 0
    results: int = 0
    lost: list[Dataset] = field(default_factory=list)


def verify() -> Verified:
    """Takes as long as reading all of the store does."""
    done = Verified()
    sound: dict[str, bool] = {}
    for artifact in Artifact.objects.filter(dropped=None).iterator():
        found = [_is_sound(name, sound) for name in names_in(artifact.manifest)]
        if not all(found) and drop(artifact):
            done.results += 1
    for dataset in Dataset.objects.all():
        if not _is_sound(dataset.original, sound):
            done.lost.append(dataset)
    done.files, done.damaged = len(sound), len(sound) - sum(sound.values())
    return done


def _is_sound(name: str, sound: dict[str, bool]) -> bool:
    if name not in sound:
        sound[name] = store().verify(name)
    return sound[name]
