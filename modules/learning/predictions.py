"""What a model says of rows, and the columns that Score Model appends for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from modules.learning.labels import Classes
from modules.learning.roles import as_score
from modules.learning.tasks import Task
from modules.sdk.column import Column

LABELS = "Scored Labels"
PROBABILITIES = "Scored Probabilities"
MEAN = "Scored Label Mean"
DEVIATION = "Scored Label Standard Deviation"

ASSIGNMENTS = "Assignments"
DISTANCES = "DistancesToClusterCenter no."


def class_column(name: str) -> str:
    return f'Scored Probabilities for Class "{name}"'


def quantile_column(share: float) -> str:
    return f"Scored Labels for Quantile {share:g}"


@dataclass
class Predictions:
    """One entry a row; NaN, or -1 as a place, where a row has no score.

    `places`: of the class that is predicted. `probabilities`: a column a class; of two classes and of
    anomalies that of the positive one alone. `values`: what is predicted of numbers. `distances`: to each
    center. `quantiles`: by their share."""

    task: Task
    rows: int
    classes: Classes | None = None
    places: np.ndarray | None = None
    probabilities: np.ndarray | None = None
    values: np.ndarray | None = None
    deviation: np.ndarray | None = None
    whole: bool = False
    quantiles: dict[float, np.ndarray] = field(default_factory=dict)
    distances: np.ndarray | None = None

    @property
    def scored(self) -> np.ndarray:
        """Which rows have a score."""
        if self.places is not None:
            return np.asarray(self.places >= 0)
        values = self.values if self.values is not None else next(iter(self.quantiles.values()))
        return ~np.isnan(values)

    def spread(self, rows: np.ndarray, count: int) -> Predictions:
        """These predictions at the given places of a longer table, of which the other rows have no score."""

        def laid(values: np.ndarray | None, empty: float) -> np.ndarray | None:
            if values is None:
                return None
            whole = np.full((count, *values.shape[1:]), empty, dtype=values.dtype)
            whole[rows] = values
            return whole

        quantiles = {share: laid(values, np.nan) for share, values in self.quantiles.items()}
        return Predictions(
            self.task,
            count,
            self.classes,
            laid(self.places, -1),
            laid(self.probabilities, np.nan),
            laid(self.values, np.nan),
            laid(self.deviation, np.nan),
            self.whole,
            {share: values for share, values in quantiles.items() if values is not None},
            laid(self.distances, np.nan),
        )

    def columns(self) -> list[Column]:
        """The columns of scores, in the order of the contract, each with its role."""
        if self.task == "two-class":
            return self._two_classes()
        if self.task == "multiclass":
            return self._many_classes()
        if self.task == "anomaly":
            return self._anomalies()
        if self.task == "clustering":
            return self._clusters()
        if self.quantiles:
            return [
                as_score(number_column(quantile_column(share), values), self.task, "quantile", f"{share:g}")
                for share, values in self.quantiles.items()
            ]
        assert self.values is not None
        if self.deviation is not None:
            return [
                as_score(number_column(MEAN, self.values), self.task, "mean"),
                as_score(number_column(DEVIATION, self.deviation), self.task, "deviation"),
            ]
        return [as_score(number_column(LABELS, self.values, self.whole), self.task, "label")]

    def _labels(self) -> Column:
        assert self.classes is not None
        assert self.places is not None
        return as_score(self.classes.column(LABELS, self.places), self.task, "label")

    def _two_classes(self) -> list[Column]:
        labels = self._labels()
        if self.probabilities is None:
            return [labels]
        assert self.classes is not None
        positive = self.classes.named(self.classes.positive or 0)
        column = number_column(PROBABILITIES, self.probabilities)
        return [labels, as_score(column, self.task, "probability", positive)]

    def _many_classes(self) -> list[Column]:
        labels = self._labels()
        if self.probabilities is None:
            return [labels]
        assert self.classes is not None
        names = [self.classes.named(place) for place in range(len(self.classes.values))]
        return [
            *(
                as_score(
                    number_column(class_column(name), self.probabilities[:, place]),
                    self.task,
                    "probability",
                    name,
                )
                for place, name in enumerate(names)
            ),
            labels,
        ]

    def _clusters(self) -> list[Column]:
        assert self.places is not None
        assert self.distances is not None
        assigned = pa.array(self.places, pa.int64(), mask=self.places < 0)
        return [
            as_score(Column(ASSIGNMENTS, pa.chunked_array([assigned])), self.task, "label"),
            *(
                as_score(
                    number_column(f"{DISTANCES}{at}", self.distances[:, at]), self.task, "distance", str(at)
                )
                for at in range(self.distances.shape[1])
            ),
        ]

    def _anomalies(self) -> list[Column]:
        assert self.places is not None
        assert self.probabilities is not None
        odd = pa.array(self.places, pa.int64(), mask=self.places < 0)
        return [
            as_score(Column(LABELS, pa.chunked_array([odd])), self.task, "label"),
            as_score(number_column(PROBABILITIES, self.probabilities), self.task, "probability", "1"),
        ]


def number_column(name: str, values: np.ndarray, whole: bool = False) -> Column:
    """A column of numbers, missing where they are NaN; integers where they are said to be whole."""
    data = pa.array(np.ascontiguousarray(values, dtype=np.float64), pa.float64(), from_pandas=True)
    return Column(name, pa.chunked_array([data.cast(pa.int64()) if whole else data]))


def joined(parts: Sequence[tuple[np.ndarray, Predictions]], count: int) -> Predictions:
    """Predictions of several groups of rows, each at its places, as those of one table."""
    rows = np.concatenate([places for places, _ in parts])
    first = parts[0][1]

    def stacked(name: str) -> np.ndarray | None:
        values = [getattr(each, name) for _, each in parts]
        return None if values[0] is None else np.concatenate(values)

    whole = Predictions(
        first.task,
        len(rows),
        first.classes,
        stacked("places"),
        stacked("probabilities"),
        stacked("values"),
        stacked("deviation"),
        first.whole,
        {share: np.concatenate([each.quantiles[share] for _, each in parts]) for share in first.quantiles},
    )
    return whole.spread(rows, count)
