"""Training: a recipe and a table in, a trained model out. Never in the sandbox's template, which must not
compute before it forks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.encoding import Encoding
from modules.learning.features import Feature, choose_features, numbers
from modules.learning.labels import Classes, find_classes, find_numbers
from modules.learning.learner import Learner, Shape, allows_unknown
from modules.learning.log import is_silent, tell
from modules.learning.progressing import counting
from modules.learning.recipe import Recipe
from modules.learning.sample import take_sample
from modules.learning.tasks import CLASSES, LABELED
from modules.learning.threads import processors, steady
from modules.learning.trained import Learned, TrainedClassifier, TrainedModel, TrainedRegressor
from modules.learning.versions import versions
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.transforms import refit
from modules.sdk.values import Table

TROUBLE = (ValueError, ArithmeticError, np.linalg.LinAlgError, IndexError)


@dataclass(frozen=True)
class Choices:
    """What Train Model is told. `classes`: all there are, where the rows are some of a table's. `steps`: what
    is fitted on the rows first (`modules.learning.steps`). `threads`: how many training may use; 0 means all.
    """

    label: str | None = None
    features: Sequence[str] | None = None
    weight: str | None = None
    positive: str = ""
    classes: Classes | None = None
    steps: Any = None
    threads: int = 0

    def no_features(self) -> list[str]:
        """The columns that are the label and the weight."""
        return [name for name in (self.label, self.weight) if name]

    def sample(self, table: Table, features: Sequence[str] | None) -> pa.Table | None:
        """What the model keeps of the table: the features, or all columns but the weight, and the label."""
        names = [name for name in table.names if name not in self.no_features()]
        return take_sample(table, [*(names if features is None else features), *filter(None, [self.label])])


@dataclass(frozen=True)
class Target:
    """The label of the rows: codes of classes, or numbers. `known`: which rows have one."""

    y: np.ndarray
    known: np.ndarray
    classes: Classes | None = None
    whole: bool = False


def train(recipe: Recipe, table: Table, choices: Choices) -> TrainedModel:
    """The model that the recipe makes of the table. ModuleError where it cannot be trained, with the
    reason."""
    declared = recipe.declared()
    if declared is None:
        raise ModuleError(f"{recipe.name} is no learner of Studio.")
    target = find_target(declared, table, choices)
    if not target.known.all():
        tell(f"{int((~target.known).sum()):,} rows have no label and were left out.")
        table, target = _rows(table, target, target.known)
    steps, before = None, table
    if choices.steps is not None:
        table, steps = refit(choices.steps, table)
        check_kept(table, choices)
        target = find_target(declared, table, replace(choices, classes=target.classes))
    names = choose_features(table, choices.features, choices.no_features())
    if not names:
        raise ModuleError("There is no column to learn from. Connect a table with columns beside the label.")
    params = declared.params.model_validate(dict(recipe.params))
    inner_params = _inner(recipe)
    coded = inner_params[0] if inner_params else declared
    allow = allows_unknown(inner_params[1] if inner_params else params)
    if not len(table):
        raise ModuleError("There are no rows to learn from: the table is empty, or no row has a label.")
    encoding = Encoding.fitted(table, names, coded.categories, allow)
    matrix = encoding.matrix(table)
    weights = _weights(table, choices.weight, coded)
    complete = np.ones(len(table), bool) if coded.missing == "taken" else matrix.complete
    values, y, weights = _usable(complete, matrix.values, target.y, weights)
    _enough(declared, y, target)
    weights = _balanced(params, y, weights)
    shape = Shape(
        rows=len(values),
        width=values.shape[1],
        classes=0 if target.classes is None else len(target.classes.values),
        codes=encoding.coded,
        threads=choices.threads or processors(),
        seed=int(getattr(params, "random_number_seed", 0)),
        inner=_builder(inner_params),
    )
    estimator = fit(declared, params, shape, values, y, weights)
    learned = Learned(
        encoding=encoding,
        estimator=estimator,
        rows=len(values),
        libraries=versions(),
        label=choices.label,
        label_type=table.column(choices.label).type if choices.label else None,
        classes=target.classes,
        whole=target.whole and declared.task == "ordinal",
        feature_columns=None if choices.features is None else tuple(choices.features),
        weight_column=choices.weight,
        steps=steps,
        extra=declared.more(params),
        sample=choices.sample(before, names if steps is None else None),
    )
    kind = TrainedClassifier if declared.task in (*CLASSES, "anomaly") else TrainedRegressor
    model = kind(recipe)
    model.learned_ = learned
    return model


def _usable(
    complete: np.ndarray, values: np.ndarray, y: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """The rows that are complete and have a weight above 0; tells how many are left out."""
    usable = complete & (True if weights is None else weights > 0)
    if usable.all():
        return values, y, weights
    tell(
        f"{int((~usable).sum()):,} of {len(usable):,} rows were left out of the training: a feature is "
        "missing there, or the weight is missing or 0."
    )
    return values[usable], y[usable], None if weights is None else weights[usable]


def find_target(declared: Learner, table: Table, choices: Choices) -> Target:
    """The label of each row, as the learner wants it."""
    if declared.task == "clustering" and choices.label:
        return Target(_starts(table.column(choices.label)), np.ones(len(table), bool))
    if declared.task not in LABELED:
        return Target(np.zeros(len(table)), np.ones(len(table), bool))
    if not choices.label:
        raise ModuleError("Choose the label column.", param="label_column")
    column = table.column(choices.label)
    if declared.task in CLASSES:
        classes = choices.classes or find_classes(
            column, choices.positive, declared.task == "two-class", declared.name
        )
        y = classes.encode(column)
        return Target(y, y >= 0, classes)
    y = find_numbers(column, declared.name)
    return Target(y, ~np.isnan(y), whole=column.type == "integer")


def _starts(column: Column) -> np.ndarray:
    """Which label each row has, as a number; -1 where it has none."""
    coded = storable(uncategorical(column).data).combine_chunks().dictionary_encode()
    return pc.fill_null(coded.indices, -1).to_numpy().astype(np.int64)


def check_kept(table: Table, choices: Choices) -> None:
    """ModuleError where the transformation has taken away a column that training needs."""
    gone = [name for name in choices.no_features() if not table.has(name)]
    if gone:
        raise ModuleError(f"The transformation takes away the column {gone[0]!r}, which training needs.")


def _rows(table: Table, target: Target, which: np.ndarray) -> tuple[Table, Target]:
    return table.take(pa.array(which)), replace(target, y=target.y[which], known=target.known[which])


def _weights(table: Table, name: str | None, declared: Learner) -> np.ndarray | None:
    if not name:
        return None
    if not declared.weights:
        raise ModuleError(f"{declared.name} cannot take weights of rows.", param="weight_column")
    column = table.column(name)
    if column.type not in ("integer", "float", "boolean"):
        raise ModuleError(
            f"The weight column {name!r} is {column.type}; weights are numbers.", param="weight_column"
        )
    weights = np.nan_to_num(numbers(Feature(name, column.type), column))
    if (weights < 0).any():
        raise ModuleError(
            f"The weight column {name!r} has negative values; a weight is 0 or more.", param="weight_column"
        )
    return weights


def _enough(declared: Learner, y: np.ndarray, target: Target) -> None:
    if not len(y):
        raise ModuleError(
            "There are no rows to learn from: each has a missing feature or weight. Clean Missing Data "
            "fills them."
        )
    if target.classes is not None and len(np.unique(y)) < 2:
        raise ModuleError(
            f"The rows to learn from have only the class {target.classes.named(int(y[0]))!r}; "
            f"{declared.name} needs two or more."
        )


def _balanced(params: Any, y: np.ndarray, weights: np.ndarray | None) -> np.ndarray | None:
    if getattr(params, "class_weight", "none") != "balanced":
        return weights
    counts = np.bincount(y)
    share = len(y) / (np.count_nonzero(counts) * np.maximum(counts, 1))
    return share[y] if weights is None else share[y] * weights


def _inner(recipe: Recipe) -> tuple[Learner, Any] | None:
    if recipe.inner is None:
        return None
    declared = recipe.inner.declared()
    if declared is None:
        raise ModuleError(f"{recipe.inner.name} is no learner of Studio.")
    return declared, declared.params.model_validate(dict(recipe.inner.params))


def _builder(inner: tuple[Learner, Any] | None) -> Any:
    if inner is None:
        return None
    declared, params = inner
    seed = int(getattr(params, "random_number_seed", 0))
    return lambda shape: declared.build(params, replace(shape, seed=seed, classes=2))


def fit(
    declared: Learner,
    params: Any,
    shape: Shape,
    values: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray | None,
) -> Any:
    """The fitted estimator. Its number of threads is forgotten, so that it is the same on any machine."""
    estimator = declared.build(params, shape)
    more = {} if weights is None else weight_argument(estimator, weights)
    try:
        with (
            np.errstate(all="ignore"),
            steady(declared.task == "clustering", values.size),
            counting(estimator),
            _unsettled(declared.name),
        ):
            estimator.fit(values, y, **more)
    except TROUBLE as error:
        said = str(error).strip().split("\n")[0] or type(error).__name__
        raise ModuleError(f"{declared.name} could not be trained on this table: {said}") from error
    forget_threads(estimator)
    return estimator


@contextmanager
def _unsettled(name: str) -> Iterator[None]:
    """Says it in the log where the training ended before it settled. In silence, where several threads train,
    whoever started them looks after warnings."""
    if is_silent():
        yield
        return
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield
    said = [str(each.message) for each in told]
    if any("onverge" in each and not each.startswith("Stochastic") for each in said):
        tell(f"warning: {name} came to the end of its iterations before it settled.")


def forget_threads(estimator: Any) -> None:
    """The same bytes come out on any number of processors; what an estimator says uses one."""
    for name in estimator.get_params():
        if name.split("__")[-1] in ("n_jobs", "verbose"):
            estimator.set_params(**{name: None if name.endswith("n_jobs") else 0})


def weight_argument(estimator: Any, weights: np.ndarray) -> dict[str, Any]:
    """The weights under the name by which the estimator takes them: a pipeline hands them to its last
    step."""
    steps = getattr(estimator, "steps", None)
    return {f"{steps[-1][0]}__sample_weight" if steps else "sample_weight": weights}
