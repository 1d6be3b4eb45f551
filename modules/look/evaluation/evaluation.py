"""What Evaluate Model's view draws of a scored table, made over all its rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.scored import Scored, read_scored
from modules.look.evaluation.many_classes import many_classes
from modules.look.evaluation.numbers import errors_of_numbers
from modules.look.evaluation.two_classes import two_classes
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

MOST_TOLD = 50
"""Classes whose rows are counted one by one."""


def evaluation(table: Table, label: str | None = None) -> dict[str, Any]:
    """`{"task", "rows", "scored", "label", "predicted", "score", …}` and, by the task, `two_classes`,
    `many_classes` or `numbers` (see there).

    `label`: the column of what is true; None takes the one that the scores were trained on. Rows without a
    label or a score are left out. ModuleError where the table has no scores, or none that can be drawn.
    """
    scored = read_scored(table, label, None)
    if scored.task == "two-class" and scored.probabilities:
        return _facts(table, scored) | _two(scored)
    if scored.task == "anomaly" and scored.probabilities:
        return _facts(table, scored) | {"task": "two-class"} | _two(scored)
    if scored.task in ("two-class", "multiclass", "classes", "anomaly") and scored.labels is not None:
        return _facts(table, scored) | {"task": "multiclass"} | _many(scored.label, scored.labels)
    if scored.task in ("regression", "ordinal") and scored.labels is not None:
        return _facts(table, scored) | {"task": "regression"} | _numbers(scored.label, scored.labels)
    raise ModuleError(
        "These scores have no picture of their own: it is drawn of classes, of numbers, and of anomalies "
        "with a label. Open the table of metrics instead."
    )


def _facts(table: Table, scored: Scored) -> dict[str, Any]:
    score = next(iter(scored.probabilities.values()), None) if len(scored.probabilities) == 1 else None
    return {
        "task": scored.task,
        "rows": len(table),
        "label": scored.label.name,
        "predicted": scored.labels.name if scored.labels is not None else None,
        "score": score.name if score is not None else None,
    }


def _two(scored: Scored) -> dict[str, Any]:
    said, column = next(iter(scored.probabilities.items()))
    codes, names = _classes(scored.label)
    scores = _floats(column)
    kept = (codes >= 0) & np.isfinite(scores)
    codes, scores = codes[kept], scores[kept]
    positive = _positive(names, said)
    if len(names) > 2:
        raise ModuleError(
            f"The label column {scored.label.name!r} has {len(names):,} classes, but the scores are of two.",
            param="label",
        )
    negative = next((name for name in names if name != positive), "the rest")
    drawn = two_classes(scores, codes == (names.index(positive) if positive in names else -2))
    return {
        "scored": len(scores),
        "classes": _counts(codes, names),
        "two_classes": {"positive": positive, "negative": negative, **drawn},
    }


def _positive(names: list[str], said: str) -> str:
    """The class that the probability is of: as the scores say, else true, 1 or the last."""
    if said in names or (said and len(names) < 2):
        return said
    return next((name for name in names if name in ("true", "1", "1.0")), names[-1] if names else "1")


def _many(label: Column, predicted: Column) -> dict[str, Any]:
    (actual, true_names), (guessed, guessed_names) = _classes(label), _classes(predicted)
    kept = (actual >= 0) & (guessed >= 0)
    names = true_names + [name for name in guessed_names if name not in set(true_names)]
    place = {name: at for at, name in enumerate(names)}
    moved = np.array([place[name] for name in guessed_names] or [0])
    return {
        "scored": int(kept.sum()),
        "classes": _counts(actual[kept], names),
        "many_classes": many_classes(actual[kept], moved[guessed[kept]], names),
    }


def _numbers(label: Column, predicted: Column) -> dict[str, Any]:
    actual, guessed = _floats(label), _floats(predicted)
    rows = np.flatnonzero(np.isfinite(actual) & np.isfinite(guessed))
    return {"scored": len(rows), "numbers": errors_of_numbers(actual[rows], guessed[rows], rows)}


def _floats(column: Column) -> np.ndarray:
    """float64, NaN where missing; ModuleError for a column that is no number."""
    if column.type not in ("integer", "float", "boolean"):
        raise ModuleError(f"Column {column.name!r} is {column.type}; numbers are needed here.", param="label")
    data = column.data.cast(pa.int8()) if column.type == "boolean" else column.data
    plain = one_piece(data.cast(pa.float64(), safe=False))
    return np.asarray(pc.fill_null(plain, float("nan")).to_numpy(zero_copy_only=False))


def _classes(column: Column) -> tuple[np.ndarray, list[str]]:
    """The place of each value among the names of the classes, which are sorted as values; -1 is missing."""
    data = one_piece(storable(uncategorical(column).data)).dictionary_encode()
    order = pc.sort_indices(data.dictionary).to_numpy()
    places = np.empty(len(order) + 1, np.int64)
    places[order], places[-1] = np.arange(len(order)), -1
    codes = pc.fill_null(data.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    values = data.dictionary.take(pa.array(order, pa.int64())).to_pylist()
    return places[codes], [str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _counts(codes: np.ndarray, names: list[str]) -> list[dict[str, Any]]:
    rows = np.bincount(codes, minlength=len(names)) if len(codes) else np.zeros(len(names), np.int64)
    order = np.argsort(-rows, kind="stable")[:MOST_TOLD]
    return [{"name": names[at], "rows": int(rows[at])} for at in order]
