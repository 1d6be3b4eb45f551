"""A trained model as one pipeline of scikit-learn's own classes, which takes a frame of its features."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import FixedThresholdClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelBinarizer, OneHotEncoder, OrdinalEncoder

from modules.learning.encoding import Encoding
from modules.learning.exporting.plain import NoEqual, plain, steps_and_last
from modules.learning.features import Feature, find_columns, listed, numbers
from modules.learning.trained import TrainedModel
from modules.registry import module_title
from modules.sdk.casting import uncategorical
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

USUAL = 0.5
NameAll = Callable[[Sequence[str]], Sequence[str]]
TIMES = ("datetime", "timedelta")


@dataclass(frozen=True)
class Columns:
    """The features that an export takes: texts and numbers. `names`: what the export calls each."""

    features: tuple[Feature, ...]
    names: tuple[str, ...]

    def frame(self, table: Table) -> pd.DataFrame:
        """The features of a table as the export takes them. Numbers are floats, dates seconds since 1970."""
        columns = find_columns(table, self.features)
        pairs = zip(self.names, self.features, columns, strict=True)
        return pd.DataFrame(
            {name: _texts(column) if f.levels else numbers(f, column) for name, f, column in pairs}
        )

    def told(self) -> list[tuple[str, str, str]]:
        """Each column's name in the export, its own, and whether it is a text or a number."""
        pairs = zip(self.names, self.features, strict=True)
        return [(name, f.name, "text" if f.levels else "number") for name, f in pairs]

    def notes(self) -> list[str]:
        """What somebody who fills the columns has to know."""
        times = [feature.name for feature in self.features if feature.type in TIMES]
        flags = [feature.name for feature in self.features if feature.type == "boolean"]
        said = [f"Dates and times enter as seconds (since 1970): {listed(times)}."] if times else []
        return said + ([f"True and false enter as 1 and 0: {listed(flags)}."] if flags else [])


def _texts(column: Any) -> np.ndarray:
    return storable(uncategorical(column).data).to_numpy(zero_copy_only=False).astype(object)


def columns_of(trained: TrainedModel, name_all: NameAll = list) -> Columns:
    """`name_all`: what the export calls columns of these names. ModuleError where the model does something to
    rows first that no export can hold."""
    learned = trained.learned_
    if learned.steps is not None and learned.steps.steps:
        titles = listed([module_title(step.module) for step in learned.steps.steps])
        raise ModuleError(
            f"The model changes its rows first ({titles}), which an export cannot hold. Train it on a table "
            "that was changed before, or use the model here."
        )
    features = learned.encoding.features
    return Columns(features, tuple(name_all([feature.name for feature in features])))


def pipeline_of(trained: TrainedModel, columns: Columns, labels: np.ndarray | None) -> Pipeline:
    """The pipeline. `labels`: what the classes are called. ModuleError where scikit-learn has nothing that
    says the same."""
    learned = trained.learned_
    try:
        estimator = plain(learned.estimator)
    except NoEqual:
        raise ModuleError(
            f"{trained.learner.name} has no equal in scikit-learn, so there is no file that other tools "
            "could open. Its pickle can be downloaded, which needs Studio's modules."
        ) from None
    if labels is not None:
        name_classes(steps_and_last(estimator)[1], labels)
    return Pipeline([("columns", encoder(learned.encoding, columns)), ("model", estimator)])


def labels_of(trained: TrainedModel) -> np.ndarray | None:
    """The classes that the estimator knows; None where it tells none apart. Fractions are texts: scikit-learn
    takes no fraction for a class."""
    classes = trained.learned_.classes
    if classes is None:
        return None
    known = steps_and_last(trained.learned_.estimator)[1].classes_
    labels = np.array([classes.values[place] for place in np.asarray(known, dtype=int)])
    return labels.astype(str) if labels.dtype.kind == "f" else labels


def with_threshold(pipeline: Pipeline, trained: TrainedModel, labels: np.ndarray | None) -> Any:
    """The pipeline, behind the model's threshold if it is not the usual one."""
    learned = trained.learned_
    positive = learned.classes.positive if learned.classes is not None else None
    if labels is None or positive is None or len(labels) != 2:
        return pipeline
    if learned.threshold == USUAL and positive == 1:
        return pipeline
    above = float(np.nextafter(learned.threshold, 2.0))  # theirs is positive at the threshold, ours above it
    made = FixedThresholdClassifier(
        pipeline, threshold=above, pos_label=labels[positive], response_method="predict_proba"
    )
    made.estimator_ = pipeline
    return made


def name_classes(estimator: Any, labels: np.ndarray) -> None:
    """Gives an estimator that predicts codes the names of the classes."""
    if hasattr(estimator, "label_binarizer_"):
        estimator.label_binarizer_ = LabelBinarizer(sparse_output=True).fit(labels)
    estimator.classes_ = labels
    if hasattr(estimator, "_label_binarizer"):
        estimator._label_binarizer = LabelBinarizer().fit(labels)


def encoder(encoding: Encoding, columns: Columns) -> ColumnTransformer:
    """Features as the matrix that the model was trained on, column for column."""
    parts: list[tuple[str, Any, list[str]]] = []
    named = zip(columns.features, columns.names, strict=True)
    for kind, group in groupby(named, key=lambda each: _kind(encoding, each[0])):
        features, names = zip(*group, strict=True)
        levels = [np.array(feature.levels or (), dtype=object) for feature in features]
        made: Any = "passthrough"
        if kind == "indicators":
            made = OneHotEncoder(categories=levels, handle_unknown="ignore", sparse_output=False)
        elif kind == "codes":
            made = OrdinalEncoder(
                categories=levels,
                handle_unknown="use_encoded_value",
                unknown_value=np.nan,
                encoded_missing_value=np.nan,
            )
        parts.append((f"{kind}{len(parts)}", made, list(names)))
    pairs = zip(columns.names, columns.features, strict=True)
    one = pd.DataFrame({name: [f.levels[0] if f.levels else 0.0] for name, f in pairs})
    return ColumnTransformer(parts, sparse_threshold=0.0, verbose_feature_names_out=False).fit(one)


def _kind(encoding: Encoding, feature: Feature) -> str:
    if not feature.levels:
        return "numbers"
    return "codes" if encoding.is_coded(feature) else "indicators"
