"""Loads the samples into a new home, once: what is deleted does not come back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from studio import config
from studio.accounts.owner import owner
from studio.datasets.actions import add_file
from studio.datasets.models import Dataset
from studio.experiments.actions import create_experiment
from studio.experiments.models import Experiment
from studio.samples import MARK
from studio.samples.data import write_files
from studio.samples.experiments import FIRST, sample_file


def load_samples() -> bool:
    """True where they were loaded now. A worker reads the datasets when it starts, or by a hint."""
    mark = config.home() / MARK
    if mark.exists():
        return False
    new = not Experiment.objects.exists() and not Dataset.objects.exists()
    if new:
        _load()
    mark.touch()
    return new


def _load() -> None:
    user = owner()
    with tempfile.TemporaryDirectory() as folder:
        for name, (path, description) in write_files(Path(folder)).items():
            add_file(user, path, name, description=description, sample=True)
    # Last first: lists show what was made last on top.
    for slug in reversed(FIRST):
        create_experiment(user, sample_file(slug), sample=slug)
