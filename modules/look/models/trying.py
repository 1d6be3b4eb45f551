"""A model tried on one row: what it says, and which features moved it most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from modules.learning.log import silent
from modules.learning.predictions import Predictions
from modules.learning.sample import sample_of
from modules.learning.trained import TrainedModel
from modules.look.cells import cells
from modules.look.models.opened import finite, trained_model
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Model, Table

MOST_INPUTS = 1_000
MOST_LEVELS = 200
ROWS = 20
"""Rows of the sample that are offered to begin with."""

USUAL = 50
"""Rows of the sample whose values a feature is exchanged for."""

SCORED, CELLS = 20_000, 4_000_000
"""Rows that are scored, at most, to find out what moved a score, and their cells."""


def model_inputs(model: Model) -> dict[str, Any]:
    """`{"inputs": [{name, type, levels}], "rows": [[…]]}`: what a row for the model has, and some rows of
    those it was trained on, to begin with; none where the model kept none.

    `levels`: the texts a feature may be, where there are not too many; None otherwise.
    """
    trained = trained_model(model)
    sample = sample_of(trained)
    if sample is None:
        return {"inputs": [{"name": n, "type": "", "levels": None} for n in _names(trained)], "rows": []}
    _few(sample.names)
    known = {feature.name: feature.levels for feature in _features(trained)}
    columns = [cells(column.data)[:ROWS] for column in sample]
    return {
        "inputs": [
            {"name": column.name, "type": column.type, "levels": _levels(column, known.get(column.name))}
            for column in sample
        ],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def try_model(model: Model, row: Mapping[str, Any]) -> dict[str, Any]:
    """`{"scores": [[name, value]], "of", "score", "moved": [{name, value, usual, effect}], "against"}`.

    `score` is what is explained, and `of` says what it is: the probability of the positive or predicted
    class, the number, or how odd the row is. `effect`: by how much the score would be lower, on average, if
    this one feature had the values of `against` rows of the training sample in place of its own; the largest
    first.
    """
    trained = trained_model(model)
    sample = sample_of(trained)
    names = _names(trained) if sample is None else sample.names
    unknown = [name for name in row if name not in names]
    if unknown:
        raise ModuleError(f"The model has no feature {unknown[0]!r:.200}. It has: {', '.join(names)[:1000]}.")
    if sample is None:
        return _said(trained, Table.from_columns([_untyped(n, row.get(n)) for n in names], 1)) | _UNMOVED
    _few(names)
    typed = [_typed(column, row.get(column.name)) for column in sample]
    answer = _said(trained, Table.from_columns(typed, 1))
    if answer["score"] is None or not len(sample):
        return answer | _UNMOVED
    return answer | _moved(trained, sample, typed, answer)


_UNMOVED: dict[str, Any] = {"moved": [], "against": 0}


def _said(trained: Any, table: Table) -> dict[str, Any]:
    with silent():
        said = trained.predictions(table)
    of, scores = focus(said, said)
    return {
        "scores": [[column.name, cells(column.data)[0]] for column in said.columns()],
        "of": of,
        "score": finite(scores[0]),
    }


def focus(said: Predictions, first: Predictions) -> tuple[str, np.ndarray]:
    """The one number a row that says how it was scored, and what it is. Of several classes and of clusters it
    is that of the class or cluster of the row `first`."""
    if said.task == "two-class" and said.probabilities is not None and said.classes is not None:
        return f"Probability of {said.classes.named(said.classes.positive or 0)}", said.probabilities
    if said.task == "anomaly" and said.probabilities is not None:
        return "Probability of being odd", said.probabilities
    place = -1 if first.places is None else int(first.places[0])
    if said.places is not None and place < 0:
        return "Score", np.full(said.rows, np.nan)
    if said.task == "multiclass" and said.probabilities is not None and said.classes is not None:
        return f"Probability of {said.classes.named(place)}", said.probabilities[:, place]
    if said.distances is not None:
        return f"Distance to the center of cluster {place}", said.distances[:, place]
    if said.places is not None:
        return "Same class (1) or another (0)", (said.places == place).astype(float)
    if said.quantiles:
        share, values = list(said.quantiles.items())[len(said.quantiles) // 2]
        return f"Quantile {share:g}", values
    assert said.values is not None
    return "Predicted number", said.values


def _moved(trained: Any, sample: Table, typed: list[Column], answer: dict[str, Any]) -> dict[str, Any]:
    width = len(typed)
    against = max(1, min(len(sample), USUAL, SCORED // width, CELLS // (width * width)))
    places = (np.arange(against) * len(sample)) // against
    columns = []
    for at, (own, column) in enumerate(zip(typed, sample, strict=True)):
        values = pa.chunked_array([*own.data.chunks, *_plain(column).data.take(pa.array(places)).chunks])
        which = np.zeros(width * against, np.int64)
        which[at * against : (at + 1) * against] = np.arange(1, against + 1)
        columns.append(Column(column.name, values.take(pa.array(which))))
    with silent():
        first = trained.predictions(Table.from_columns(typed, 1))
        said = trained.predictions(Table.from_columns(columns, width * against))
    scores = focus(said, first)[1].reshape(width, against)
    with np.errstate(all="ignore"):
        usual = np.array([np.nanmean(each) if np.isfinite(each).any() else np.nan for each in scores])
    effects = answer["score"] - usual
    order = np.argsort(-np.abs(np.nan_to_num(effects)), kind="stable")
    return {
        "moved": [
            {
                "name": typed[at].name,
                "value": cells(typed[at].data)[0],
                "usual": _usual(sample.columns[at]),
                "effect": finite(effects[at]),
            }
            for at in order
        ],
        "against": against,
    }


def _usual(column: Column) -> Any:
    """The middle one of numbers and dates, the most frequent one of all others."""
    data = one_piece(_plain(column).data.drop_null())
    if not len(data):
        return None
    if column.type in ("string", "categorical", "boolean", "binary"):
        counted = data.value_counts()
        best = int(np.argmax(counted.field("counts").to_numpy()))
        return cells(pa.chunked_array([counted.field("values")]))[best]
    return cells(pa.chunked_array([data.sort().slice(len(data) // 2, 1)]))[0]


def _plain(column: Column) -> Column:
    plain = uncategorical(column)
    return Column(plain.name, storable(plain.data))


def _typed(column: Column, value: Any) -> Column:
    """One value in the type of a column of the sample. ModuleError where it cannot be of that type."""
    plain = _plain(column)
    if value is None or value == "":
        return Column(column.name, pa.chunked_array([pa.nulls(1, plain.data.type)]))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    kind = "string" if column.type == "categorical" else column.type
    made = cast(Column(column.name, pa.chunked_array([pa.array([text], pa.large_string())])), kind)
    try:
        return Column(column.name, made.data.cast(plain.data.type))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise ModuleError(
            f"{column.name}: {text[:200]!r} is no {column.type} that the model takes."
        ) from None


def _untyped(name: str, value: Any) -> Column:
    """Of a model that does not tell the types of its features: numbers are floats."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    array = pa.array([None], pa.float64()) if value is None else pa.array([float(value) if number else value])
    return Column(name, pa.chunked_array([array]))


def _levels(column: Column, known: tuple[str, ...] | None) -> list[str] | None:
    if column.type not in ("string", "categorical"):
        return None
    there = known if known is not None else sorted(set(_plain(column).data.drop_null().to_pylist()))
    return [str(level) for level in there] if len(there) <= MOST_LEVELS else None


def _features(trained: Any) -> tuple[Any, ...]:
    encoding = getattr(getattr(trained, "learned_", None), "encoding", None)
    return () if encoding is None or trained.learned_.steps is not None else encoding.features


def _names(trained: Any) -> list[str]:
    """The features of a model that kept no sample, by name."""
    studios = isinstance(trained, TrainedModel)
    names = trained.feature_names_in_.tolist() if studios else trained.feature_names()
    if not names:
        raise ModuleError("The model does not tell the names of its features, so no row can be typed for it.")
    if getattr(getattr(trained, "learned_", None), "steps", None) is not None:
        raise ModuleError("The model kept no sample of its rows. Run the node that trained it again.")
    _few(names)
    return names


def _few(names: list[str]) -> None:
    if len(names) > MOST_INPUTS:
        raise ModuleError(
            f"The model takes {len(names):,} columns; a row of more than {MOST_INPUTS:,} cannot be typed. "
            "Score a table instead."
        )
