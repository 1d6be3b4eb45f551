"""Small tables that every learner is tried on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa

from modules.learning.learner import LEARNERS, Learner
from modules.registry import catalog
from modules.sdk.values import Model, Table

ROWS = 60
QUICK: dict[str, dict[str, Any]] = {
    "two-class-locally-deep-support-vector-machine": {"number_of_iterations": 200},
    "fast-forest-quantile-regression": {"number_of_trees": 5},
    "two-class-neural-network": {"number_of_learning_iterations": 60},
    "multiclass-neural-network": {"number_of_learning_iterations": 60},
    "neural-network-regression": {"number_of_learning_iterations": 60},
    "two-class-boosted-decision-tree": {"number_of_trees_constructed": 5},
    "boosted-decision-tree-regression": {"total_number_of_trees_constructed": 5},
}


def learners() -> list[Learner]:
    """Every learner of the palette."""
    catalog()
    return list(LEARNERS.values())


def model(slug: str, **params: Any) -> Model:
    """The untrained model of a learner, with few rounds."""
    spec = catalog()[slug]
    made = spec.params_class.model_validate({**QUICK.get(slug, {}), **params})
    if spec.inputs:
        return spec.function(model("two-class-logistic-regression")).untrained_model
    return spec.function(made).untrained_model


def label_for(task: str) -> str:
    return {"two-class": "two", "multiclass": "three"}.get(task, "count")


def numeric(seed: int = 1, rows: int = ROWS) -> Table:
    """Numbers alone, of which the labels follow."""
    draw = np.random.default_rng(seed)
    a, b, c = draw.normal(size=(3, rows))
    score = a + b / 2 + draw.normal(size=rows) / 4
    return Table.of(
        a=a.tolist(),
        b=b.tolist(),
        c=c.tolist(),
        two=["yes" if s > 0 else "no" for s in score],
        three=[("low", "mid", "high")[int(np.digitize(s, [-0.5, 0.5]))] for s in score],
        count=[int(np.digitize(s, [-0.7, 0, 0.7])) for s in score],
    )


def features(table: Table) -> list[str]:
    return [name for name in table.names if name not in ("two", "three", "count")]


def mixed(seed: int = 4) -> Table:
    """Numbers, a text with gaps, and true and false."""
    table = numeric(seed)
    more = {
        "city": pa.array([("Bonn", "Köln", None, "Ulm")[n % 4] for n in range(len(table))]),
        "flag": pa.array([n % 2 == 0 for n in range(len(table))]),
    }
    return Table.from_arrow(pa.table({**{c.name: c.data for c in table}, **more}))


def dirty(seed: int = 2) -> Table:
    """Every type there is, gaps, one value alone, odd names, infinite numbers."""
    table = numeric(seed)
    draw = np.random.default_rng(seed)
    rows = len(table)
    gaps = draw.random(rows) < 0.1
    long = "x" * 500
    more = {
        '[a].b, "x"': pa.array([None if gap else float(n) for gap, n in zip(gaps, range(rows), strict=True)]),
        "Город": pa.array([("Бонн", "Köln", None)[n % 3] for n in range(rows)]),
        long: pa.array([n % 7 for n in range(rows)], pa.int8()),
        " long ": pa.array([f"level {n % 5}" for n in range(rows)]).dictionary_encode(),
        "flag": pa.array([None if n == 4 else n % 2 == 0 for n in range(rows)]),
        "when": pa.array([dt.datetime(2020, 1, 1) + dt.timedelta(days=n) for n in range(rows)]),
        "span": pa.array([dt.timedelta(hours=n) for n in range(rows)]),
        "same": pa.array([1.0] * rows),
        "empty": pa.array([None] * rows, pa.float64()),
        "bytes": pa.array([b"x"] * rows, pa.large_binary()),
        "far": pa.array([float("inf") if n == 7 else float(n) for n in range(rows)]),
    }
    return Table.from_arrow(pa.table({**{c.name: c.data for c in table}, **more}))
