"""What a model is for. The names are those of its card."""

from __future__ import annotations

from typing import Literal

Task = Literal[
    "two-class", "multiclass", "regression", "quantile", "ordinal", "clustering", "anomaly", "unknown"
]
CLASSES = ("two-class", "multiclass")
NUMBERS = ("regression", "quantile", "ordinal")
LABELED = (*CLASSES, *NUMBERS)

SAID = {
    "two-class": "two classes",
    "multiclass": "several classes",
    "regression": "numbers",
    "quantile": "quantiles of numbers",
    "ordinal": "ranks",
    "clustering": "clusters",
    "anomaly": "anomalies",
    "unknown": "something that it does not tell",
}
