"""K-means with the starts and distances of classic."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.preprocessing import normalize

from modules.learning.learner import Shape


class Clusters(BaseEstimator):
    """`start`: how the first centers are chosen. With the cosine metric rows count by their direction."""

    def __init__(
        self,
        count: int = 2,
        start: str = "k_means",
        metric: str = "euclidean",
        iterations: int = 100,
        seed: int = 0,
    ) -> None:
        self.count, self.start, self.metric, self.iterations, self.seed = (
            count,
            start,
            metric,
            iterations,
            seed,
        )

    def fit(self, X: np.ndarray, y: Any = None) -> Self:
        if len(X) < self.count:
            raise ValueError(f"{self.count} clusters need as many rows, but there are {len(X)}")
        rows = self.seen(X)
        first = {"first_n": np.arange(self.count), "evenly": _evenly(len(X), self.count)}.get(self.start)
        starts: Any
        if self.start == "use_label_column":
            starts = _by_label(rows, y, self.count)
        elif first is not None:
            starts = rows[first]
        else:
            starts = "random" if self.start == "random" else "k-means++"
        means = KMeans(
            self.count,
            init=starts,
            n_init=1,
            max_iter=self.iterations,
            random_state=self.seed,
        )
        self.centers_ = means.fit(rows).cluster_centers_
        self.sizes_ = np.bincount(means.labels_, minlength=self.count)
        return self

    def distances(self, X: np.ndarray) -> np.ndarray:
        """From each row to each center; of a row with NaN by its other columns. All such rows have it in the
        same ones."""
        gaps = np.isnan(X)
        partial = gaps.any(axis=1)
        if not partial.any():
            return self._distances(X, self.centers_)
        away = np.empty((len(X), len(self.centers_)))
        away[~partial] = self._distances(X[~partial], self.centers_)
        known = ~gaps[partial].any(axis=0)
        away[partial] = self._distances(X[partial][:, known], self.centers_[:, known])
        return away

    def _distances(self, X: np.ndarray, centers: np.ndarray) -> np.ndarray:
        if not len(X):
            return np.empty((0, len(centers)))
        rows = self.seen(X)
        if self.metric == "cosine":
            return np.maximum(1 - rows @ normalize(centers).T, 0)
        squares = [np.sum((rows - center) ** 2, axis=1) for center in centers]
        return np.sqrt(np.column_stack(squares))

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.argmin(self.distances(X), axis=1)

    def seen(self, X: np.ndarray) -> np.ndarray:
        """The rows as they are compared: with the cosine metric of length 1."""
        return normalize(X) if self.metric == "cosine" else X


def _by_label(rows: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """The means of the rows of the most frequent labels; -1 is no label."""
    sizes = np.bincount(labels[labels >= 0].astype(np.int64))
    if len(sizes) < count:
        raise ValueError(
            f"{count} clusters that start from a label need as many labels, but it has {len(sizes)}"
        )
    order = np.argsort(-sizes, kind="stable")[:count]
    return np.array([rows[labels == place].mean(axis=0) for place in order])


def _evenly(rows: int, count: int) -> np.ndarray:
    return (np.arange(count) * rows) // count


def k_means(params: Any, shape: Shape) -> Any:
    return Clusters(
        params.number_of_centroids, params.initialization, params.metric, params.iterations, shape.seed
    )
