"""A trained model as a file for other tools, held against the model itself on the rows it was trained on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from modules.learning.exporting.exported import Exported, left_out, own_scores
from modules.learning.exporting.onnx_export import as_onnx
from modules.learning.exporting.pipeline import columns_of, labels_of, pipeline_of, with_threshold
from modules.learning.exporting.skops_file import from_skops, to_skops
from modules.learning.exporting.told import MOST_APART, apart, other_labels, told_by_estimator
from modules.learning.log import silent
from modules.learning.sample import sample_of
from modules.learning.scripted import ScriptedModel
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table


def export_model(trained: Any, format: str) -> Exported:
    """`format`: `skops` or `onnx`. ModuleError, with the reason, where there is no such file, or it predicts
    something else."""
    makers: dict[str, Callable[[Any, Table], Exported]] = {"skops": _as_skops, "onnx": as_onnx}
    with silent():
        made = makers[format](trained, _sample(trained))
    if made.apart > MOST_APART:
        other = " Take skops, which holds the model as it is." if format == "onnx" else ""
        raise ModuleError(
            f"The {format} file predicts something else than the model: the largest difference is "
            f"{made.apart:.3g} in {made.compared:,} training rows, and no more than {MOST_APART:g} is let "
            f"through.{other}"
        )
    return made


def _sample(trained: Any) -> Table:
    """The training rows that the model gives a score."""
    sample = sample_of(trained)
    if sample is None or not len(sample):
        raise ModuleError(
            "The model kept no training rows to check its export by. Train it with Train Model, in this "
            "version of Studio."
        )
    scored = trained.predictions(sample).scored
    if not scored.any():
        raise ModuleError("None of the training rows that the model kept has a score to check an export by.")
    return sample.take(pa.array(scored))


def _as_skops(trained: Any, sample: Table) -> Exported:
    task, own = own_scores(trained, sample)
    if isinstance(trained, ScriptedModel):
        thing, frame = trained.thing, trained.frame(sample)
        inputs, notes = [(str(name), str(name), "") for name in getattr(frame, "columns", [])], []
    else:
        columns, labels = columns_of(trained), labels_of(trained)
        thing = with_threshold(pipeline_of(trained, columns, labels), trained, labels)
        frame, inputs = columns.frame(sample), columns.told()
        notes = [*columns.notes(), *left_out(trained)]
    data, trust = to_skops(thing)
    said = told_by_estimator(from_skops(data, trust), frame, task)
    return Exported(data, len(sample), apart(own, said), other_labels(own, said), inputs, notes, trust)
