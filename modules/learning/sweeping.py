"""Tuning: the values of a learner's params that do best."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from modules.learning.folds import assign_folds, given_folds
from modules.learning.log import silent, tell
from modules.learning.metrics import Metrics
from modules.learning.pool import each
from modules.learning.recipe import Recipe
from modules.learning.results import metrics_table
from modules.learning.tasks import CLASSES
from modules.learning.training import Choices
from modules.learning.trials import Labeled, check_rows, labeled, measure, rows_of, try_out
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

FOLDS = 10
MOST_RUNS = 10_000
COUNTS = ("True Positive", "False Negative", "False Positive", "True Negative")
CLASS_METRICS = {
    "accuracy": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f_score": "F-Score",
    "auc": "AUC",
    "average_log_loss": "Average Log Loss",
    "train_log_loss": "Training Log Loss",
}
NUMBER_METRICS = {
    "mean_absolute_error": "Mean Absolute Error",
    "root_of_mean_squared_error": "Root Mean Squared Error",
    "relative_absolute_error": "Relative Absolute Error",
    "relative_squared_error": "Relative Squared Error",
    "coefficient_of_determination": "Coefficient of Determination",
}
LESS_IS_BETTER = (
    "Average Log Loss",
    "Mean Absolute Error",
    "Root Mean Squared Error",
    "Relative Absolute Error",
    "Relative Squared Error",
    "Quantile Loss",
)

Values = Mapping[str, float]


@dataclass(frozen=True)
class Sweep:
    """`metrics`: of classes and of numbers, which one decides."""

    mode: str
    runs: int
    seed: int
    metric_for_classes: str
    metric_for_numbers: str


def axes_of(recipe: Recipe) -> dict[str, tuple[float, ...]]:
    """The values to try for each param; of a learner with single values its default ranges, as in classic."""
    found = recipe.axes()
    if not found and (default := recipe.default_axes()):
        tell(
            "The learner has single values, so its default ranges are tried: "
            + "; ".join(f"{name} {', '.join(f'{v:g}' for v in values)}" for name, values in default.items())
        )
        return default
    return found


def combinations(axes: Mapping[str, Sequence[float]], sweep: Sweep) -> list[dict[str, float]]:
    """The values of each run: all there are, or as many as wanted, drawn with or without repeats."""
    names = list(axes)
    size = int(np.prod([len(values) for values in axes.values()])) if axes else 1
    draw = np.random.default_rng(sweep.seed)
    if sweep.mode == "entire_grid":
        if size > MOST_RUNS:
            raise ModuleError(
                f"The entire grid has {size:,} runs; at most {MOST_RUNS:,} can be made. Take a random "
                f"sweep, or "
                "fewer values.",
                param="sweeping_mode",
            )
        return [dict(zip(names, values, strict=True)) for values in itertools.product(*axes.values())]
    if sweep.mode == "random_sweep":
        return [
            {name: axes[name][int(draw.integers(len(axes[name])))] for name in names}
            for _ in range(sweep.runs)
        ]
    places = (
        draw.choice(size, min(sweep.runs, size), replace=False)
        if size <= 10**7
        else draw.integers(size, size=sweep.runs)
    )
    shape = [len(axes[name]) for name in names]
    return [
        {
            name: axes[name][int(at)]
            for name, at in zip(names, np.unravel_index(int(place), shape), strict=True)
        }
        if names
        else {}
        for place in places
    ]


def sweep_recipe(
    recipe: Recipe, table: Table, validation: Table | None, choices: Choices, sweep: Sweep
) -> tuple[Table, Recipe]:
    """A row of metrics for each run, the best first, and the recipe with the best values."""
    axes = axes_of(recipe)
    if recipe.thing is not None or not axes:
        tell(f"{recipe.name} has no ranges to try; it is tried once, as it is.")
        axes = {}
    runs = combinations(axes, sweep) if axes else [{}]
    different = list({tuple(run.items()): run for run in runs}.values())
    data = labeled(recipe, table, choices)
    check_rows(data.known)
    splits = _splits(data, validation, sweep.seed)

    def one(task: tuple[dict[str, float], int]) -> tuple[Metrics, float]:
        values, split = task
        train, test = splits[split]
        tried = recipe.with_values(values) if values else replace(recipe, ranges={})
        said = try_out(tried, train, test, choices, data.classes)
        column = test.column(data.label)
        return measure(said, column, False), _deciding(said, column, recipe, sweep)

    tasks = [(values, split) for values in different for split in range(len(splits))]
    results = each(one, tasks)
    rows = {}
    for at, values in enumerate(different):
        part = results[at * len(splits) : (at + 1) * len(splits)]
        rows[tuple(values.items())] = (
            _mean([each for each, _ in part]),
            float(np.mean([s for _, s in part])),
        )
    found = [(run, *rows[tuple(run.items())]) for run in runs]
    order = sorted(range(len(found)), key=lambda at: (np.isnan(found[at][2]), -found[at][2], at))
    best = found[order[0]][0]
    told = metrics_table([{**found[at][0], **found[at][1]} for at in order])
    return told, recipe.with_values(best) if best else replace(recipe, ranges={})


def _splits(data: Labeled, validation: Table | None, seed: int) -> list[tuple[Table, Table]]:
    known = rows_of(data.table, data.known)
    if validation is not None:
        if not validation.has(data.label):
            raise ModuleError(f"The validation table has no column {data.label!r}, which is the label.")
        return [(known, validation)]
    if (given := given_folds(data.table, data.known)) is not None:
        return _each_held_out(data.table, *given)
    count = min(FOLDS, len(data.known))
    if count < 2:
        raise ModuleError(
            "Folds need two or more rows with a label. Connect a validation table, or more rows."
        )
    y = data.y[data.known]
    by_class = data.classes is not None and int(np.bincount(y.astype(np.int64)).max()) >= count
    return _each_held_out(data.table, data.known, assign_folds(y, count, by_class, seed))


def _each_held_out(table: Table, rows: np.ndarray, fold: np.ndarray) -> list[tuple[Table, Table]]:
    """Of each fold the rows of all others, and its own."""
    return [
        (rows_of(table, rows[fold != number]), rows_of(table, rows[fold == number]))
        for number in range(int(fold.max()) + 1)
    ]


def _deciding(said: Any, label: Column, recipe: Recipe, sweep: Sweep) -> float:
    """The metric that decides, turned so that more is better."""
    with silent():
        metrics = measure(said, label, True)
    if said.task in (*CLASSES, "anomaly") and "Accuracy" in metrics:
        name = CLASS_METRICS[sweep.metric_for_classes]
        value = metrics[name]
    elif said.quantiles:
        name, value = "Quantile Loss", float(np.mean(list(metrics.values())))
    else:
        name = NUMBER_METRICS[sweep.metric_for_numbers]
        value = metrics[name]
    return -value if name in LESS_IS_BETTER else value


def _mean(folds: Sequence[Metrics]) -> Metrics:
    """Of several folds: the sum of counts, the mean of everything else."""
    if len(folds) == 1:
        return dict(folds[0])
    found: Metrics = {}
    for name in folds[0]:
        values = np.array([fold[name] for fold in folds], dtype=float)
        if name in COUNTS:
            found[name] = int(values.sum())
        else:
            values = values[~np.isnan(values)]
            found[name] = float(values.mean()) if len(values) else np.nan
    return found
