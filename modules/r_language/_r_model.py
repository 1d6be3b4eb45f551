"""A learner of two R scripts, as an estimator of scikit-learn: one trains, one scores."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.metaestimators import available_if

from modules.r_language._frames import read_table, write_table
from modules.sdk.errors import ModuleError
from modules.sdk.source import clean
from modules.sdk.values import Table

LABELS, PROBABILITIES = "Scored Labels", "Scored Probabilities"
TRIED = 20

BEGIN = (
    "dataset <- maml.mapInputPort(1); "
    'get.label.column.names <- function(dataset) intersect(names(dataset), readLines("label")); '
    "get.feature.column.names <- function(dataset) setdiff(names(dataset), get.label.column.names(dataset)); "
    "get.label.columns <- function(dataset) dataset[, get.label.column.names(dataset), drop = FALSE]; "
    "get.feature.columns <- function(dataset) dataset[, get.feature.column.names(dataset), drop = FALSE]; "
)
"""Stands before the first line of a script, in that line, so that R counts the lines as the script does."""

TRAINED = """
if (!exists("model")) stop("the trainer script leaves nothing in the variable model", call. = FALSE)
saveRDS(model, "model.rds")
"""
SCORED = """
if (!exists("scores")) stop("the scorer script leaves nothing in the variable scores", call. = FALSE)
if (is.data.frame(scores)) row.names(scores) <- NULL
.studio$write_result(scores, "scores")
"""


class RModel(BaseEstimator):
    """`classes_`, if its label is no number, or has two values and probabilities: those, sorted. A scorer
    that gives a column `Scored Probabilities` has `predict_proba`."""

    def __init__(self, trainer: str = "", scorer: str = "") -> None:
        self.trainer, self.scorer = trainer, scorer

    def fit(self, X: pd.DataFrame, y: pd.Series) -> RModel:
        label = str(y.name)
        table = Table.from_frame(
            X.assign(**{label: np.asarray(y)}) if y.dtype == object else X.assign(**{label: y})
        )
        with _Folder(label) as folder:
            folder.run(table, BEGIN + clean(self.trainer) + TRAINED, "trainer_r_script")
            self.model_ = (folder.path / "model.rds").read_bytes()
        self.label_, self.feature_names_in_ = label, np.array(X.columns, dtype=object)
        self.columns_ = list(self._scores(X.head(TRIED)).columns)
        known = pd.unique(y.dropna())
        numeric = pd.api.types.is_numeric_dtype(y.dtype) and not pd.api.types.is_bool_dtype(y.dtype)
        if not numeric or (PROBABILITIES in self.columns_ and len(known) == 2):
            self.classes_ = np.array(sorted(known.tolist()), dtype=object)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """The column `Scored Labels` of the scores, or the first one."""
        scores = self._scores(X)
        said = scores[LABELS] if LABELS in scores else scores.iloc[:, 0]
        if not hasattr(self, "classes_"):
            return _numbers(said)
        meant = {_folded(value): value for value in self.classes_.tolist()}
        strange = [value for value in said if not pd.isna(value) and _folded(value) not in meant]
        if strange:
            raise ModuleError(
                f"The scorer script says {strange[0]!r:.50}, which is no value of {self.label_}. Its "
                "scores need a "
                f"column of labels, named {LABELS}."
            )
        return np.array([None if pd.isna(value) else meant[_folded(value)] for value in said], dtype=object)

    @available_if(lambda self: PROBABILITIES in self.columns_ and len(getattr(self, "classes_", ())) == 2)
    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Of the first and the second class."""
        second = _numbers(self._scores(X)[PROBABILITIES])
        return np.column_stack([1 - second, second])

    def _scores(self, X: pd.DataFrame) -> pd.DataFrame:
        table = Table.from_frame(X)
        with _Folder(self.label_) as folder:
            (folder.path / "model.rds").write_bytes(self.model_)
            script = BEGIN + 'model <- readRDS("model.rds"); ' + clean(self.scorer) + SCORED
            found = folder.run(table, script, "scorer_r_script")
        if len(found) != len(table):
            raise ModuleError(
                f"The scorer script gives {len(found):,} scores for {len(table):,} rows.",
                param="scorer_r_script",
            )
        return found.frame()


class _Folder:
    """A folder of its own in which R runs once."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> _Folder:
        self._folder = tempfile.TemporaryDirectory(prefix=".r-model-", dir=Path.cwd())
        self.path = Path(self._folder.name)
        (self.path / "label").write_text(f"{self.label}\n", encoding="utf-8")
        return self

    def __exit__(self, *_: Any) -> None:
        self._folder.cleanup()

    def run(self, table: Table, script: str, param: str) -> Table:
        """What the script gives to its output, if anything."""
        from modules.r_language.execute_r_script import run_r

        home = self.path / "home"
        write_table(table, home / "in1")
        (home / "given.R").write_text("list()")
        (self.path / "script.R").write_text(script, encoding="utf-8")
        run_r(home, None, self.path, param)
        return read_table(home / "out") if (home / "out").is_dir() else Table((), 0)


def _numbers(column: pd.Series) -> np.ndarray:
    try:
        return column.to_numpy(float, na_value=np.nan)
    except (TypeError, ValueError):
        raise ModuleError(
            f"The scorer script gives text in column {column.name}, where numbers are needed."
        ) from None


def _folded(value: Any) -> str:
    return (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)).casefold()
