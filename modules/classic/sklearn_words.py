"""How estimators were made and asked: words that are gone, defaults of that time, one dimension for two."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from typing import Any, cast

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from modules.classic import notes
from modules.classic.patches import Patches
from modules.classic.words import by_position, renamed

FORESTS = ("RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor")
DEFAULTS: dict[str, dict[str, Any]] = {
    **{name: {"n_estimators": 10} for name in FORESTS},
    **{name: {"gamma": "auto"} for name in ("SVC", "SVR", "NuSVC", "NuSVR", "OneClassSVM")},
    "LogisticRegression": {"solver": "liblinear"},
    "KMeans": {"n_init": 10},
    "MiniBatchKMeans": {"n_init": 3},
    "LinearSVC": {"dual": True},
    **{name: {"max_iter": 5, "tol": None} for name in ("SGDClassifier", "SGDRegressor", "Perceptron")},
}
"""What was meant where a script said nothing."""

RENAMED: dict[str, str] = {
    "base_estimator": "estimator",
    "n_iter": "max_iter",
    "affinity": "metric",
    "sparse": "sparse_output",
    "n_topics": "n_components",
    "loss_function": "loss",
    "outlier_fraction": "nu",
}

DROPPED = frozenset(
    [
        "n_jobs",
        "normalize",
        "presort",
        "min_impurity_split",
        "min_density",
        "compute_importances",
        "precompute_distances",
        "categorical_features",
        "n_values",
        "multi_class",
        "pre_dispatch",
        "iid",
        "fit_params",
        "scale_C",
        "algorithm",
        "estimator_params",
        "rho",
    ]
)
"""Left out if the estimator does not know them any more."""

VALUES: dict[str, dict[Any, Any]] = {
    "loss": {
        "deviance": "log_loss",
        "ls": "squared_error",
        "lad": "absolute_error",
        "log": "log_loss",
        "squared_loss": "squared_error",
        "l1": "hinge",
        "l2": "squared_hinge",
    },
    "criterion": {"mse": "squared_error", "mae": "absolute_error"},
    "penalty": {"none": None},
    "max_features": {"auto": "sqrt"},
    "class_weight": {"auto": "balanced", "subsample": "balanced_subsample"},
    "algorithm": {"full": "lloyd", "SAMME.R": "SAMME"},
}


def sklearn_words(patches: Patches) -> None:
    """Estimators that are there are changed now, others when their module is imported."""
    edge, seen = [BaseEstimator], set()
    while edge:
        made = edge.pop()
        if made not in seen:
            seen.add(made)
            edge += made.__subclasses__()
            _change(patches, made)
    patches.put(BaseEstimator, "__init_subclass__", _noticing(patches, BaseEstimator.__init_subclass__))
    metrics = importlib.import_module("sklearn.metrics")
    for name, function in list(vars(metrics).items()):
        if inspect.isfunction(function) and not name.startswith("_"):
            patches.put(metrics, name, by_position(function))
    patches.wrap(metrics, "mean_squared_error", renamed("squared", ""))
    _asking(patches)
    text = importlib.import_module("sklearn.feature_extraction.text")
    preprocessing = importlib.import_module("sklearn.preprocessing")
    dicts = importlib.import_module("sklearn.feature_extraction")
    for owner in (text.CountVectorizer, dicts.DictVectorizer, preprocessing.PolynomialFeatures):
        patches.put(
            owner,
            "get_feature_names",
            notes.gone(
                ".get_feature_names()",
                ".get_feature_names_out() did it",
                lambda self, *a: list(self.get_feature_names_out(*a)),
            ),
        )


def _noticing(patches: Patches, before: Any) -> Any:
    def __init_subclass__(cls: type, **named: Any) -> None:
        before.__func__(cls, **named)
        _change(patches, cls)

    return classmethod(cast(Any, __init_subclass__))


def _change(patches: Patches, made: type) -> None:
    if made.__module__.startswith("sklearn.") and "__init__" in vars(made):
        patches.put(made, "__init__", _making(made, vars(made)["__init__"]))


def _making(made: type, init: Any) -> Any:
    parameters = inspect.signature(init).parameters
    known = [name for name in parameters if name != "self"]
    defaults = {k: v for k, v in DEFAULTS.get(made.__name__, {}).items() if k in known}

    @functools.wraps(init)
    def __init__(self: Any, *args: Any, **named: Any) -> None:
        if type(self) is not made:  # a subclass of ours or of the library says what it means
            return init(self, *args, **named)
        named = dict(zip(known, args, strict=False)) | named if len(args) <= len(known) else named
        for name in list(named):
            if name not in parameters:
                _translate(made, name, named, parameters)
        for name, values in VALUES.items():
            value = named.get(name)
            if name in named and isinstance(value, str) and value in values:
                named[name] = _turned(made, name, value, values[value])
        whole = ("n_estimators", "n_clusters", "n_neighbors", "max_iter", "n_components", "max_depth")
        for name in whole:
            if isinstance(named.get(name), float) and named[name].is_integer() and named[name] > 1:
                named[name] = int(named[name])
        if isinstance(named.get("min_samples_split"), int) and named["min_samples_split"] < 2:
            notes.replaced(
                f"min_samples_split={named['min_samples_split']}", "2, which means the same, did it"
            )
            named["min_samples_split"] = 2
        said = defaults | named
        if made.__name__ == "LogisticRegression" and named.get("multi_class") == "multinomial":
            said["solver"] = named.get("solver", "lbfgs")
        init(self, **said)
        return None

    return __init__


def _translate(made: type, name: str, named: dict[str, Any], parameters: Any) -> None:
    value = named.pop(name)
    new = RENAMED.get(name, "")
    if name == "random_state" or (not new and name not in DROPPED):
        named[name] = value  # the estimator says itself that it does not know it
        return
    notes.replaced(
        f"{name}= of {made.__name__}", f"{new}= did it" if new in parameters else "it was left out"
    )
    if new in parameters:
        named.setdefault(new, value)


def _turned(made: type, name: str, old: str, new: Any) -> Any:
    svm = made.__name__ in ("LinearSVC", "LinearSVR")
    if name == "loss" and (old in ("l1", "l2")) is not svm:
        return old
    if name == "max_features":
        new = "sqrt" if "Classifier" in made.__name__ else 1.0
    if name == "algorithm" and (old == "full") is not ("KMeans" in made.__name__):
        return old
    if name == "loss" and old == "deviance" and "Regressor" in made.__name__:
        return old
    notes.replaced(f'{name}="{old}" of {made.__name__}', f"{name}={new!r} did it")
    return new


def _asking(patches: Patches) -> None:
    """One dimension where two are wanted: a column for a scaler, one row for a model that has been fitted."""
    from sklearn.utils import validation

    for name, around in {"check_array": _checking, "validate_data": _validating}.items():
        patches.wrap(validation, name, around)
        for place in [place for place in list(sys.modules) if place.startswith("sklearn.")]:
            module = sys.modules[place]
            if module is not validation and vars(module).get(name) is not None:
                patches.put(module, name, getattr(validation, name))


def _checking(check_array: Any) -> Any:
    @functools.wraps(check_array)
    def check(array: Any, *args: Any, **named: Any) -> Any:
        if named.get("ensure_2d", True) and not args and _one_dimension(array):
            array = _two_dimensions(named.get("estimator"), array)
        return check_array(array, *args, **named)

    return check


def _validating(validate_data: Any) -> Any:
    @functools.wraps(validate_data)
    def validate(estimator: Any, /, X: Any = "no_validation", *args: Any, **named: Any) -> Any:
        if named.get("ensure_2d", True) and not isinstance(X, str) and _one_dimension(X):
            X = _two_dimensions(estimator, X)
        return validate_data(estimator, X, *args, **named)

    return validate


def _two_dimensions(estimator: Any, array: Any) -> np.ndarray:
    notes.replaced("one dimension where two are wanted", "reshape(-1, 1) or reshape(1, -1) did it")
    preparing = "preprocessing" in type(estimator).__module__
    column = preparing or getattr(estimator, "n_features_in_", 1) == 1
    return np.asarray(array).reshape(-1, 1) if column else np.asarray(array).reshape(1, -1)


def _one_dimension(array: Any) -> bool:
    if isinstance(array, pd.Series):
        return True
    if isinstance(array, np.ndarray):
        return array.ndim == 1 and array.dtype.kind in "iufbO"
    return (
        isinstance(array, list) and bool(array) and all(isinstance(v, int | float | np.number) for v in array)
    )
