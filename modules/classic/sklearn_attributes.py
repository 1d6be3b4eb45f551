"""What fitted estimators of scikit-learn 0.14–0.24 told under other names."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from modules.classic import notes
from modules.classic.patches import Patches


def sklearn_attributes(patches: Patches) -> None:
    for place, attributes in ATTRIBUTES.items():
        module, _, name = place.rpartition(".")
        owner = getattr(importlib.import_module(f"sklearn.{module}"), name)
        for old, (now, read) in attributes.items():
            if not hasattr(owner, old):
                patches.put(owner, old, property(_noted(f".{old} of {name}", now, read)))


def _noted(old: str, now: str, read: Callable[[Any], Any]) -> Any:
    def told(self: Any) -> Any:
        value = read(self)  # an AttributeError of one that was not fitted says so
        notes.replaced(old, f"{now} did it")
        return value

    return told


SCALE = (".scale_", lambda self: self.scale_)
FEATURES = (".n_features_in_", lambda self: self.n_features_in_)
WEIGHTS = (".feature_log_prob_", lambda self: self.feature_log_prob_)
FOLDS = ('.cv_results_["mean_test_score"]', lambda self: self.cv_results_["mean_test_score"])
TREES = ("DecisionTreeClassifier", "DecisionTreeRegressor")
ENSEMBLES = ("RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor")

ATTRIBUTES: dict[str, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "preprocessing.StandardScaler": {"std_": SCALE},
    "preprocessing.MinMaxScaler": {"data_range": (".data_range_", lambda self: self.data_range_)},
    "naive_bayes.GaussianNB": {"sigma_": (".var_", lambda self: self.var_)},
    "naive_bayes.MultinomialNB": {
        "coef_": WEIGHTS,
        "intercept_": (".class_log_prior_", lambda self: self.class_log_prior_),
    },
    "naive_bayes.BernoulliNB": {"coef_": WEIGHTS},
    "feature_selection.RFECV": {"grid_scores_": FOLDS},
    "decomposition.KernelPCA": {
        "lambdas_": (".eigenvalues_", lambda self: self.eigenvalues_),
        "alphas_": (".eigenvectors_", lambda self: self.eigenvectors_),
    },
    **{f"tree.{name}": {"n_features_": FEATURES} for name in TREES},
    **{f"ensemble.{name}": {"n_features_": FEATURES} for name in ENSEMBLES},
}
"""By class the old name, what has it today, and how it is read."""
