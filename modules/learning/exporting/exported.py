"""What an export is, and what the model itself says beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from modules.learning.exporting.plain import steps_and_last
from modules.learning.exporting.told import Told, told_by
from modules.learning.trained import TrainedModel
from modules.sdk.values import Table

USUAL = 0.5
"""The threshold of scikit-learn and ONNX."""


@dataclass(frozen=True)
class Exported:
    """`compared`: rows of the training sample that were scored with both; `apart`: the largest difference (of
    numbers above 1 as a share of them); `other_labels`: rows of which the class is another. `inputs`: what
    the file takes: name, column and type. `trust`: classes that skops asks the reader to trust."""

    data: bytes
    compared: int
    apart: float
    other_labels: int
    inputs: list[tuple[str, str, str]]
    notes: list[str] = field(default_factory=list)
    trust: list[str] = field(default_factory=list)


def own_scores(trained: Any, sample: Table) -> tuple[str, Told]:
    """The model's task, and what it says."""
    said = trained.predictions(sample)
    known = None
    if isinstance(trained, TrainedModel) and said.classes is not None:
        known = np.asarray(steps_and_last(trained.learned_.estimator)[1].classes_, dtype=int)
    return said.task, told_by(said, known)


def left_out(trained: TrainedModel) -> list[str]:
    """What a file cannot say."""
    said = []
    if trained.learner.deviation:
        said.append("The file predicts the mean; the standard deviation is left out.")
    if trained.base.missing != "taken":
        said.append("Rows where a feature is missing have no score. Leave them out: the file fails there.")
    return said
