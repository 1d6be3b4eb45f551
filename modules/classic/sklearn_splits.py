"""`sklearn.cross_validation`: splits that know the rows themselves, and are iterated over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn import model_selection

__all__ = [
    "Bootstrap",
    "KFold",
    "LabelKFold",
    "LabelShuffleSplit",
    "LeaveOneLabelOut",
    "LeaveOneOut",
    "LeavePLabelOut",
    "LeavePOut",
    "PredefinedSplit",
    "ShuffleSplit",
    "StratifiedKFold",
    "StratifiedShuffleSplit",
    "check_cv",
    "cross_val_predict",
    "cross_val_score",
    "permutation_test_score",
    "train_test_split",
]

SCORERS = {
    "mean_squared_error": "neg_mean_squared_error",
    "mean_absolute_error": "neg_mean_absolute_error",
    "median_absolute_error": "neg_median_absolute_error",
    "log_loss": "neg_log_loss",
    "precision": "precision",
}


class Splits:
    """A split that knows its rows: `for train, test in splits`."""

    def __init__(self, splitter: Any, n: int, y: Any = None, groups: Any = None) -> None:
        self.splitter, self.n, self.y, self.groups = splitter, n, y, groups

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return iter(self.splitter.split(np.zeros((self.n, 1)), self.y, self.groups))

    def __len__(self) -> int:
        return int(self.splitter.get_n_splits(np.zeros((self.n, 1)), self.y, self.groups))

    def split(self, X: Any = None, y: Any = None, groups: Any = None) -> Iterator[Any]:
        return iter(self)

    def get_n_splits(self, *_: Any, **__: Any) -> int:
        return len(self)


def _seed(shuffle: bool, random_state: Any) -> Any:
    return random_state if shuffle else None


class KFold(Splits):
    def __init__(
        self, n: int, n_folds: int = 3, shuffle: bool = False, random_state: Any = None, **named: Any
    ) -> None:
        if not isinstance(n, int | np.integer):
            raise TypeError("KFold takes the number of rows first: KFold(len(data), n_folds=5).")
        n_folds = named.get("k", named.get("n_splits", n_folds))
        self.n_folds, self.shuffle, self.random_state = n_folds, shuffle, random_state
        super().__init__(
            model_selection.KFold(n_folds, shuffle=shuffle, random_state=_seed(shuffle, random_state)), n
        )


class StratifiedKFold(Splits):
    def __init__(
        self, y: Any, n_folds: int = 3, shuffle: bool = False, random_state: Any = None, **named: Any
    ) -> None:
        n_folds = named.get("k", n_folds)
        self.n_folds, self.shuffle, self.random_state = n_folds, shuffle, random_state
        splitter = model_selection.StratifiedKFold(
            n_folds, shuffle=shuffle, random_state=_seed(shuffle, random_state)
        )
        super().__init__(splitter, len(y), np.asarray(y))


class LabelKFold(Splits):
    def __init__(self, labels: Any, n_folds: int = 3) -> None:
        super().__init__(model_selection.GroupKFold(n_folds), len(labels), groups=np.asarray(labels))


class LeaveOneOut(Splits):
    def __init__(self, n: int) -> None:
        super().__init__(model_selection.LeaveOneOut(), n)


class LeavePOut(Splits):
    def __init__(self, n: int, p: int) -> None:
        super().__init__(model_selection.LeavePOut(p), n)


class LeaveOneLabelOut(Splits):
    def __init__(self, labels: Any) -> None:
        super().__init__(model_selection.LeaveOneGroupOut(), len(labels), groups=np.asarray(labels))


class LeavePLabelOut(Splits):
    def __init__(self, labels: Any, p: int) -> None:
        super().__init__(model_selection.LeavePGroupsOut(p), len(labels), groups=np.asarray(labels))


class ShuffleSplit(Splits):
    def __init__(
        self,
        n: int,
        n_iter: int = 10,
        test_size: Any = 0.1,
        train_size: Any = None,
        random_state: Any = None,
        **_: Any,
    ) -> None:
        super().__init__(
            model_selection.ShuffleSplit(
                n_iter, test_size=test_size, train_size=train_size, random_state=random_state
            ),
            n,
        )


class StratifiedShuffleSplit(Splits):
    def __init__(
        self,
        y: Any,
        n_iter: int = 10,
        test_size: Any = 0.1,
        train_size: Any = None,
        random_state: Any = None,
        **_: Any,
    ) -> None:
        super().__init__(
            model_selection.StratifiedShuffleSplit(
                n_iter, test_size=test_size, train_size=train_size, random_state=random_state
            ),
            len(y),
            np.asarray(y),
        )


class LabelShuffleSplit(Splits):
    def __init__(
        self,
        labels: Any,
        n_iter: int = 5,
        test_size: Any = 0.2,
        train_size: Any = None,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            model_selection.GroupShuffleSplit(
                n_iter, test_size=test_size, train_size=train_size, random_state=random_state
            ),
            len(labels),
            groups=np.asarray(labels),
        )


class Bootstrap:
    """Rows drawn with replacement, from two halves that share none."""

    def __init__(
        self,
        n: int,
        n_iter: int = 3,
        train_size: Any = 0.5,
        test_size: Any = None,
        random_state: Any = None,
        **_: Any,
    ) -> None:
        self.n, self.n_iter, self.random_state = n, n_iter, random_state
        self.train_size = int(np.ceil(train_size * n)) if isinstance(train_size, float) else train_size
        test = n - self.train_size if test_size is None else test_size
        self.test_size = int(np.ceil(test * n)) if isinstance(test, float) else test

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        rng = np.random.RandomState(self.random_state) if isinstance(self.random_state, int) else np.random
        for _ in range(self.n_iter):
            permutation = rng.permutation(self.n)
            train = permutation[: self.train_size]
            test = permutation[self.train_size : self.train_size + self.test_size]
            yield (
                train[rng.randint(0, self.train_size, size=(self.train_size,))],
                test[rng.randint(0, self.test_size, size=(self.test_size,))],
            )

    def __len__(self) -> int:
        return self.n_iter


class PredefinedSplit(Splits):
    def __init__(self, test_fold: Any) -> None:
        super().__init__(model_selection.PredefinedSplit(test_fold), len(test_fold))


def folds(cv: Any) -> Any:
    """What `cv` means today; 3 where nothing was said, as it was."""
    return 3 if cv is None else cv if not isinstance(cv, Splits | Bootstrap) else list(cv)


def scorer(scoring: Any) -> Any:
    return SCORERS.get(scoring, scoring) if isinstance(scoring, str) else scoring


def train_test_split(*arrays: Any, **options: Any) -> Any:
    """As today. What is no frame comes back as an array."""
    options.pop("dtype", None)
    return model_selection.train_test_split(*arrays, **options)


def cross_val_score(
    estimator: Any,
    X: Any,
    y: Any = None,
    scoring: Any = None,
    cv: Any = None,
    n_jobs: int = 1,
    verbose: int = 0,
    fit_params: Any = None,
    pre_dispatch: Any = "2*n_jobs",
    score_func: Any = None,
) -> np.ndarray:
    if score_func is not None:
        from sklearn.metrics import make_scorer

        scoring = make_scorer(score_func)
    found: np.ndarray = model_selection.cross_val_score(
        estimator, X, y, scoring=scorer(scoring), cv=folds(cv), verbose=verbose, params=fit_params
    )
    return found


def cross_val_predict(
    estimator: Any,
    X: Any,
    y: Any = None,
    cv: Any = None,
    n_jobs: int = 1,
    verbose: int = 0,
    fit_params: Any = None,
    pre_dispatch: Any = "2*n_jobs",
) -> Any:
    return model_selection.cross_val_predict(estimator, X, y, cv=folds(cv), params=fit_params)


def permutation_test_score(
    estimator: Any,
    X: Any,
    y: Any,
    cv: Any = None,
    n_permutations: int = 100,
    n_jobs: int = 1,
    labels: Any = None,
    random_state: Any = 0,
    verbose: int = 0,
    scoring: Any = None,
) -> Any:
    return model_selection.permutation_test_score(
        estimator,
        X,
        y,
        groups=labels,
        cv=folds(cv),
        n_permutations=n_permutations,
        random_state=random_state,
        scoring=scorer(scoring),
    )


def check_cv(cv: Any, X: Any = None, y: Any = None, classifier: bool = False) -> Any:
    return model_selection.check_cv(folds(cv), y, classifier=classifier)
