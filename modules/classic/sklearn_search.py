"""`sklearn.grid_search` and `sklearn.learning_curve`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn import model_selection

from modules.classic.sklearn_splits import folds, scorer

__all__ = [
    "GridSearchCV",
    "ParameterGrid",
    "ParameterSampler",
    "RandomizedSearchCV",
    "learning_curve",
    "validation_curve",
]

ParameterGrid, ParameterSampler = model_selection.ParameterGrid, model_selection.ParameterSampler


class Score(NamedTuple):
    """One of `grid_scores_`."""

    parameters: dict[str, Any]
    mean_validation_score: float
    cv_validation_scores: np.ndarray

    def __repr__(self) -> str:
        spread = np.std(self.cv_validation_scores)
        return f"mean: {self.mean_validation_score:.5f}, std: {spread:.5f}, params: {self.parameters}"


class OldSearch:
    """`grid_scores_` beside what a search knows today. It is mixed into scikit-learn's searches."""

    cv_results_: dict[str, Any]
    n_splits_: int

    @property
    def grid_scores_(self) -> list[Score]:
        found = self.cv_results_
        names = [f"split{n}_test_score" for n in range(self.n_splits_)]
        by_split = np.array([found[name] for name in names]).T
        return [
            Score(params, float(mean), scores)
            for params, mean, scores in zip(found["params"], found["mean_test_score"], by_split, strict=True)
        ]


class GridSearchCV(OldSearch, model_selection.GridSearchCV):
    def __init__(
        self,
        estimator: Any,
        param_grid: Any,
        scoring: Any = None,
        fit_params: Any = None,
        n_jobs: Any = 1,
        iid: bool = True,
        refit: bool = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        super().__init__(
            estimator,
            param_grid,
            scoring=scorer(scoring),
            n_jobs=1,
            refit=refit,
            cv=folds(cv),
            verbose=verbose,
            error_score=np.nan if error_score == "raise" else error_score,
        )
        self.fit_params, self.iid = fit_params, iid

    def fit(self, X: Any, y: Any = None, **params: Any) -> Any:
        return super().fit(X, y, **(self.fit_params or {}), **params)


class RandomizedSearchCV(OldSearch, model_selection.RandomizedSearchCV):
    def __init__(
        self,
        estimator: Any,
        param_distributions: Any,
        n_iter: int = 10,
        scoring: Any = None,
        fit_params: Any = None,
        n_jobs: Any = 1,
        iid: bool = True,
        refit: bool = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        super().__init__(
            estimator,
            param_distributions,
            n_iter=n_iter,
            scoring=scorer(scoring),
            n_jobs=1,
            refit=refit,
            cv=folds(cv),
            verbose=verbose,
            random_state=random_state,
            error_score=np.nan if error_score == "raise" else error_score,
        )
        self.fit_params, self.iid = fit_params, iid

    def fit(self, X: Any, y: Any = None, **params: Any) -> Any:
        return super().fit(X, y, **(self.fit_params or {}), **params)


def learning_curve(
    estimator: Any,
    X: Any,
    y: Any,
    train_sizes: Any = None,
    cv: Any = None,
    scoring: Any = None,
    exploit_incremental_learning: bool = False,
    n_jobs: int = 1,
    pre_dispatch: Any = "all",
    verbose: int = 0,
    **named: Any,
) -> Any:
    sizes = np.linspace(0.1, 1.0, 5) if train_sizes is None else train_sizes
    return model_selection.learning_curve(
        estimator,
        X,
        y,
        train_sizes=sizes,
        cv=folds(cv),
        scoring=scorer(scoring),
        exploit_incremental_learning=exploit_incremental_learning,
        verbose=verbose,
        **named,
    )


def validation_curve(
    estimator: Any,
    X: Any,
    y: Any,
    param_name: str,
    param_range: Any,
    cv: Any = None,
    scoring: Any = None,
    n_jobs: int = 1,
    pre_dispatch: Any = "all",
    verbose: int = 0,
) -> Any:
    return model_selection.validation_curve(
        estimator, X, y, param_name=param_name, param_range=param_range, cv=folds(cv), scoring=scorer(scoring)
    )
