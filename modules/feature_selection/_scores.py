"""How much a column says about another one: numbers from 0, larger is more."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.levels import level_numbers, levels_of
from modules.sdk.numbers import NUMBERS, base_of, numbers
from modules.sdk.storable import storable

GROUPS = 10


class Measured:
    """A column, as the scores need it."""

    def __init__(self, column: Column) -> None:
        self.column = column

    @cached_property
    def is_number(self) -> bool:
        return self.column.type in NUMBERS

    @cached_property
    def values(self) -> np.ndarray:
        """Of a column of numbers; NaN where a value is missing or infinite."""
        values = numbers(self.column, base_of(self.column))
        return np.where(np.isinf(values), np.nan, values)

    @cached_property
    def groups(self) -> np.ndarray:
        """By row its class, -1 where it is missing. Many different numbers are grouped into quantiles."""
        if not self.is_number:
            return np.maximum(level_numbers(self.column, levels_of(self.column)), -1)
        there = ~np.isnan(self.values)
        present = self.values[there]
        groups = np.full(len(there), -1)
        different, places = np.unique(present, return_inverse=True)
        if len(different) > GROUPS:
            edges = np.unique(np.quantile(present, np.arange(1, GROUPS) / GROUPS))
            places = np.searchsorted(edges, present, side="left")
        groups[there] = places
        return groups

    @cached_property
    def there(self) -> np.ndarray:
        return ~np.isnan(self.values) if self.is_number else self.groups >= 0


Score = Callable[[Measured, Measured], float]


def count_present(column: Column) -> int:
    """How many values are neither missing nor 0."""
    data = storable(column.data)
    if column.type not in ("integer", "float"):
        return len(data) - data.null_count
    return int(pc.sum(pc.not_equal(data, pa.scalar(0, data.type))).as_py() or 0)


def _correlation(of: Callable[[np.ndarray, np.ndarray], float]) -> Score:
    def score(feature: Measured, target: Measured) -> float:
        there = feature.there & target.there
        if feature.is_number and target.is_number:
            one, other = feature.values[there], target.values[there]
        elif feature.is_number:
            one = feature.values[there]
            other = _means(one, target.groups[there])
        elif target.is_number:
            other = target.values[there]
            one = _means(other, feature.groups[there])
        else:
            return 0.0
        if len(one) < 2 or one.min() == one.max() or other.min() == other.max():
            return 0.0
        return abs(of(one, other))

    return score


def _means(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """By row the mean of the values of its class."""
    if not len(values):
        return values
    counts = np.maximum(np.bincount(classes), 1)
    return np.asarray((np.bincount(classes, values) / counts)[classes])


def _pearson(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one - one.mean(), other - other.mean()
    one, other = one / np.abs(one).max(), other / np.abs(other).max()
    return float(min(abs((one * other).sum()) / np.sqrt((one * one).sum() * (other * other).sum()), 1.0))


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import rankdata

    return _pearson(rankdata(one), rankdata(other))


def _kendall(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import kendalltau

    return float(kendalltau(one, other).statistic)


def _counts(feature: Measured, target: Measured) -> np.ndarray:
    """Rows by the groups of both, without groups that have none."""
    there = feature.there & target.there
    _, one = np.unique(feature.groups[there], return_inverse=True)
    _, other = np.unique(target.groups[there], return_inverse=True)
    counts = np.zeros((one.max(initial=-1) + 1, other.max(initial=-1) + 1), dtype=np.int64)
    np.add.at(counts, (one, other), 1)
    return counts


def _mutual_information(feature: Measured, target: Measured) -> float:
    from sklearn.metrics import mutual_info_score

    counts = _counts(feature, target)
    if min(counts.shape) < 2:
        return 0.0
    return max(float(mutual_info_score(None, None, contingency=counts)), 0.0)


def _chi_squared(feature: Measured, target: Measured) -> float:
    from scipy.stats import chi2_contingency

    counts = _counts(feature, target)
    if min(counts.shape) < 2:
        return 0.0
    return float(chi2_contingency(counts, correction=False).statistic)


def _fisher(feature: Measured, target: Measured) -> float:
    if not feature.is_number:
        return 0.0
    there = feature.there & target.there
    values, classes = feature.values[there], target.groups[there]
    if not len(values) or values.min() == values.max():
        return 0.0
    means = _means(values, classes)
    between = ((means - values.mean()) ** 2).sum()
    within = ((values - means) ** 2).sum()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        share = between / within
    return float(share) if np.isfinite(share) else (sys.float_info.max if between > 0 else 0.0)


SCORES: dict[str, Score] = {
    "pearson_correlation": _correlation(_pearson),
    "kendall_correlation": _correlation(_kendall),
    "spearman_correlation": _correlation(_spearman),
    "mutual_information": _mutual_information,
    "chi_squared": _chi_squared,
    "fisher_score": _fisher,
}
