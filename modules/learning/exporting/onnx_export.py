"""A model as ONNX, and what ONNX Runtime says of its training rows."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np

from modules.learning.exporting.exported import USUAL, Exported, left_out, own_scores
from modules.learning.exporting.onnx_file import Input, input_names, takes_double, to_onnx, told_by_onnx
from modules.learning.exporting.pipeline import Columns, columns_of, labels_of, pipeline_of
from modules.learning.exporting.told import MOST_APART, Told, apart, other_labels
from modules.learning.scripted import ScriptedModel
from modules.learning.trained import TrainedModel
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table


def as_onnx(trained: Any, sample: Table) -> Exported:
    """With numbers of 32 bits, which every runtime takes; with 64 where those are not near enough."""
    task, own = own_scores(trained, sample)
    scripted = isinstance(trained, ScriptedModel)
    make = _scripted if scripted else _trained
    made = make(trained, sample, task, own, False)
    if made.apart <= MOST_APART or not takes_double(
        trained.thing if scripted else trained.learned_.estimator
    ):
        return made
    with suppress(ModuleError):
        made = make(trained, sample, task, own, True)
    return made


def _trained(trained: TrainedModel, sample: Table, task: str, own: Told, double: bool) -> Exported:
    columns, labels = columns_of(trained, input_names), labels_of(trained)
    pipeline = pipeline_of(trained, columns, _plain_labels(labels))
    told = columns.told()
    inputs = [Input(name, text=kind == "text") for name, _, kind in told]
    data = to_onnx(pipeline, inputs, _facts(trained, told), double)
    frame = columns.frame(sample)
    said = told_by_onnx(data, {name: frame[name].to_numpy() for name in frame}, task, double)
    said = Told(said.numbers, _as_named(said.labels, labels))
    others = other_labels(own, said) if trained.learned_.threshold == USUAL else 0
    notes = [*_notes(trained, columns, labels), _bits(double)]
    return Exported(data, len(sample), apart(own, said), others, told, notes)


def _facts(trained: TrainedModel, inputs: list[tuple[str, str, str]]) -> dict[str, Any]:
    """What is written into the file."""
    learned = trained.learned_
    facts = {"learner": trained.learner.name, "label": trained.label or "", "inputs": inputs}
    if learned.classes is None or learned.classes.positive is None:
        return facts
    positive = learned.classes.named(learned.classes.positive)
    return {**facts, "positive_class": positive, "threshold": learned.threshold}


def _notes(trained: TrainedModel, columns: Columns, labels: np.ndarray | None) -> list[str]:
    learned, notes = trained.learned_, [*columns.notes(), *left_out(trained)]
    if learned.classes is not None and learned.classes.positive is not None and learned.threshold != USUAL:
        name = learned.classes.named(learned.classes.positive)
        notes.append(
            f"The file's own label is that at 0.5, but the model's threshold is {learned.threshold:g}: a row "
            f"is {name!r} if the probability of that class is above it."
        )
    if labels is not None and labels.dtype == bool:
        notes.append("The classes false and true are 0 and 1.")
    if any(feature.levels for feature in columns.features):
        notes.append("A text that is missing enters as an empty text.")
    return notes


def _scripted(trained: ScriptedModel, sample: Table, task: str, own: Told, double: bool) -> Exported:
    """An input for each column, as a script's pipeline may ask for them by name; else one for all numbers."""
    frame = trained.frame(sample)
    names = [str(name) for name in getattr(frame, "columns", range(np.shape(frame)[1]))]
    values = [np.asarray(frame)[:, place] for place in range(len(names))]
    typed = getattr(frame, "dtypes", None)
    text = [typed is not None and typed.iloc[place].kind not in "biuf" for place in range(len(names))]
    given = {
        name: column.astype(object if is_text else float)
        for name, column, is_text in zip(names, values, text, strict=True)
    }
    told = [(name, name, "text" if is_text else "number") for name, is_text in zip(names, text, strict=True)]
    inputs = [Input(name, is_text) for name, is_text in zip(names, text, strict=True)]
    facts = {"learner": trained.recipe.name, "inputs": told}
    try:
        data = to_onnx(trained.thing, inputs, facts, double)
    except ModuleError:
        if any(text):
            raise
        given = {"features": np.column_stack(list(given.values()))}
        told = [(f"features[{place}]", name, "number") for place, name in enumerate(names)]
        data = to_onnx(trained.thing, [Input("features", wide=len(names))], facts | {"inputs": told}, double)
    said = told_by_onnx(data, given, task, double)
    return Exported(data, len(sample), apart(own, said), other_labels(own, said), told, [_bits(double)])


def _plain_labels(labels: np.ndarray | None) -> np.ndarray | None:
    """Classes as ONNX can say them: whole numbers or texts."""
    if labels is None or labels.dtype.kind in "iu":
        return labels
    return labels.astype(np.int64 if labels.dtype == bool else str)


def _as_named(said: np.ndarray | None, labels: np.ndarray | None) -> np.ndarray | None:
    if said is None or labels is None or labels.dtype != bool:
        return said
    return np.array([{"0": "false", "1": "true"}.get(each, each) for each in said])


def _bits(double: bool) -> str:
    return f"Numbers enter as float{64 if double else 32}."
