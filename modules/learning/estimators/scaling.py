"""The scaling of features that a learner's param names."""

from __future__ import annotations

from typing import Any

from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, MinMaxScaler, StandardScaler

BINS = 10


def scaled(kind: str, estimator: Any) -> Any:
    """The estimator behind the scaling of that name."""
    if kind == "do_not_normalize":
        return make_pipeline(estimator)
    if kind == "binning_normalizer":
        bins = KBinsDiscretizer(
            BINS,
            encode="ordinal",
            strategy="quantile",
            quantile_method="averaged_inverted_cdf",
            subsample=None,
        )
        return make_pipeline(bins, MinMaxScaler(), estimator)
    return make_pipeline(StandardScaler() if kind == "gaussian_normalizer" else MinMaxScaler(), estimator)
