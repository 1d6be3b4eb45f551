"""A scored table and its metrics, by what was predicted."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.labels import label_texts
from modules.learning.log import tell
from modules.learning.metrics import (
    Metrics,
    fold_class_metrics,
    multiclass_metrics,
    quantile_metrics,
    regression_metrics,
    two_class_metrics,
)
from modules.learning.scored import Scored
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError


def evaluate(scored: Scored, folds: bool = False) -> Metrics:
    """The metrics; `folds`: those of Cross-Validate Model, which are others for classes. Rows without a score
    or a label are left out and counted in the log."""
    if scored.task in ("regression", "ordinal"):
        return _numbers(scored)
    if scored.task == "quantile":
        return _quantiles(scored)
    if scored.labels is None:
        raise ModuleError(
            "The table has probabilities, but no column of scored labels. Choose both.",
            param="scored_columns",
        )
    return _classes(scored, folds)


def _numbers(scored: Scored) -> Metrics:
    if scored.labels is None:
        raise ModuleError("The table has no column of predicted numbers.", param="scored_columns")
    actual, said = _floats(scored.label), _floats(scored.labels)
    deviation = None if scored.deviation is None else _floats(scored.deviation)
    kept = _kept(~np.isnan(actual) & ~np.isnan(said))
    return regression_metrics(actual[kept], said[kept], None if deviation is None else deviation[kept])


def _quantiles(scored: Scored) -> Metrics:
    actual = _floats(scored.label)
    said = {share: _floats(column) for share, column in scored.quantiles.items()}
    kept = _kept(np.all([~np.isnan(actual), *(~np.isnan(values) for values in said.values())], axis=0))
    return quantile_metrics(actual[kept], {share: values[kept] for share, values in said.items()})


def _classes(scored: Scored, folds: bool) -> Metrics:
    assert scored.labels is not None
    actual, said = label_texts([scored.label, scored.labels])
    kept = _kept(~_missing(actual) & ~_missing(said))
    actual, said = actual[kept], said[kept]
    shares = {name: _floats(column)[kept] for name, column in scored.probabilities.items()}
    names = sorted(set(actual.tolist()) | set(said.tolist()))
    two = scored.task in ("two-class", "anomaly") or (scored.task == "classes" and len(names) <= 2)
    if two:
        if len(names) > 2:
            raise ModuleError(
                f"The label has {len(names)} values where two classes were scored. Choose the right label "
                f"column.",
                param="label_column",
            )
        positive = _positive(next(iter(scored.probabilities), ""), names)
        share = next(iter(shares.values()), None)
        metrics = two_class_metrics(actual == positive, said == positive, share)
        return _as_fold(metrics) if folds else metrics
    if folds:
        by_number = all(isinstance(name, float) for name in names)
        names = sorted({*names, *(_value(name) if by_number else name for name in shares)})
    known = {_shown(name): place for place, name in enumerate(names)}
    truly, called = (
        np.array([known[_shown(value)] for value in values.tolist()], dtype=np.int64)
        for values in (actual, said)
    )
    if not folds:
        return multiclass_metrics(truly, called)
    return fold_class_metrics(truly, called, _table_of(shares, known, len(actual)), len(names))


def _table_of(shares: dict[str, np.ndarray], known: dict[str, int], rows: int) -> np.ndarray | None:
    """The probabilities with a column for each class that occurs."""
    if not shares:
        return None
    table = np.zeros((rows, len(known)))
    for name, values in shares.items():
        if (place := known.get(_shown(_value(name)), known.get(name))) is not None:
            table[:, place] = values
    return table


def _value(name: str) -> Any:
    try:
        return {"true": 1.0, "false": 0.0}.get(name.lower()) or float(name)
    except ValueError:
        return name


def _positive(said: str, names: list[Any]) -> Any:
    """The positive class among those that occur: the one said; else true, 1 or the last."""
    if said:
        for name in names:
            if _shown(name) in (said, _shown(_value(said))):
                return name
        return said if names and isinstance(names[0], str) else _value(said)
    return next((name for name in names if name == 1), names[-1] if names else None)


def _shown(value: Any) -> str:
    return repr(float(value)) if isinstance(value, int | float) else str(value)


def _as_fold(metrics: Metrics) -> Metrics:
    renamed = {"F-Score" if name == "F1 Score" else name: value for name, value in metrics.items()}
    return {
        name: value for name, value in renamed.items() if "Positive" not in name and "Negative" not in name
    }


def _kept(has_both: np.ndarray) -> np.ndarray:
    lost = int((~has_both).sum())
    if lost:
        tell(f"{lost:,} of {len(has_both):,} rows have no score or no label and were left out.")
    return has_both


def _floats(column: Column) -> np.ndarray:
    from modules.learning.labels import find_numbers

    return find_numbers(column, "Evaluate Model")


def _missing(values: np.ndarray) -> np.ndarray:
    if values.dtype == object:
        return np.array([value is None for value in values], dtype=bool)
    return np.isnan(values)
