"""Names of scikit-learn 0.14–0.19 that are gone, put back where a script names them."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

import numpy as np

from modules.classic import notes
from modules.classic.patches import Patches

WORD = re.compile(r"\w+")


def gone_estimators(patches: Patches, text: str) -> None:
    """Puts back what the script names. `text`: the script and the files of its bundle."""
    said = set(WORD.findall(text))
    for place, names in MADE.items():
        if wanted := said & names.keys():
            module = importlib.import_module(place)
            for name in wanted:
                home, _, made = names[name].rpartition(":")
                ours = importlib.import_module(home or "modules.classic.sklearn_estimators")
                patches.put(module, name, getattr(ours, made))
    for place, functions in FUNCTIONS.items():
        if wanted := said & functions.keys():
            module = importlib.import_module(place)
            for name in wanted:
                now, function = functions[name]
                patches.put(module, name, notes.gone(f"{place}.{name}", f"{now} did it", function()))
    for place, why in REFUSED.items():
        home, _, name = place.rpartition(".")
        if name in said:
            patches.put(importlib.import_module(home), name, _refusing(place, why))
    if said & ASSERTIONS.keys() and "testing" in said:
        case = importlib.import_module("unittest").TestCase()
        found = {name: getattr(case, method) for name, method in ASSERTIONS.items()}
        patches.put_all(importlib.import_module("sklearn.utils._testing"), found)


OLD = "modules.classic.sklearn_old_models:"
MADE: dict[str, dict[str, str]] = {
    "sklearn.preprocessing": {
        "Imputer": "Imputer",
        "OneHotEncoder": "OldOneHotEncoder",
        "CategoricalEncoder": "OldOneHotEncoder",
        "Scaler": "sklearn.preprocessing:StandardScaler",
    },
    "sklearn.decomposition": {
        "RandomizedPCA": "RandomizedPCA",
        "ProbabilisticPCA": "sklearn.decomposition:PCA",
        "ProjectedGradientNMF": "sklearn.decomposition:NMF",
    },
    "sklearn.mixture": {"GMM": "GMM", "DPGMM": "DPGMM", "VBGMM": "DPGMM"},
    "sklearn.discriminant_analysis": {"LDA": "LDA", "QDA": "QDA"},
    "sklearn.cluster": {"Ward": OLD + "Ward", "WardAgglomeration": OLD + "WardAgglomeration"},
    "sklearn.covariance": {
        "GraphLasso": "sklearn.covariance:GraphicalLasso",
        "GraphLassoCV": "sklearn.covariance:GraphicalLassoCV",
        "graph_lasso": "sklearn.covariance:graphical_lasso",
    },
    "sklearn.gaussian_process": {"GaussianProcess": OLD + "GaussianProcess"},
    "sklearn.linear_model": {
        "RandomizedLasso": OLD + "RandomizedLasso",
        "RandomizedLogisticRegression": OLD + "RandomizedLogisticRegression",
    },
    "sklearn.neighbors": {"DistanceMetric": "sklearn.metrics:DistanceMetric", "LSHForest": OLD + "LSHForest"},
}
"""Classes and what stands in for them, by the module in which they were. Ours are in `sklearn_estimators`
unless another module is named: modules are slow to import."""


def _from(place: str, name: str) -> Any:
    return lambda: getattr(importlib.import_module(place), name)


def _jaccard() -> Any:
    def jaccard_similarity_score(
        y_true: Any, y_pred: Any, normalize: bool = True, sample_weight: Any = None
    ) -> Any:
        from sklearn.metrics import accuracy_score, jaccard_score

        if np.ndim(y_true) > 1:
            return jaccard_score(y_true, y_pred, average="samples", sample_weight=sample_weight)
        return accuracy_score(y_true, y_pred, normalize=normalize, sample_weight=sample_weight)

    return jaccard_similarity_score


def _checked() -> Any:
    def check_arrays(*arrays: Any, **_: Any) -> list[Any]:
        from sklearn.utils import indexable

        return [
            one if one is None or hasattr(one, "tocsr") else np.asarray(one) for one in indexable(*arrays)
        ]

    return check_arrays


FUNCTIONS: dict[str, dict[str, tuple[str, Any]]] = {
    "sklearn.metrics": {
        "jaccard_similarity_score": ("accuracy_score, or jaccard_score of several labels", _jaccard),
        "zero_one_score": ("accuracy_score", _from("sklearn.metrics", "accuracy_score")),
        "auc_score": ("roc_auc_score", _from("sklearn.metrics", "roc_auc_score")),
        "calinski_harabaz_score": (
            "calinski_harabasz_score",
            _from("sklearn.metrics", "calinski_harabasz_score"),
        ),
        "Scorer": ("make_scorer", _from("sklearn.metrics", "make_scorer")),
    },
    "sklearn.utils": {
        "check_arrays": ("sklearn.utils.indexable", _checked),
        "array2d": ("np.atleast_2d", lambda: lambda X, *_, **__: np.atleast_2d(X)),
        "atleast2d_or_csr": ("np.atleast_2d", lambda: lambda X, *_, **__: np.atleast_2d(X)),
        "safe_asarray": ("np.asarray", lambda: lambda X, dtype=None, **_: np.asarray(X, dtype)),
        "warn_if_not_float": ("nothing", lambda: lambda X, *_, **__: np.asarray(X).dtype.kind != "f"),
    },
    "sklearn.utils.validation": {"check_arrays": ("sklearn.utils.indexable", _checked)},
    "sklearn.utils.extmath": {
        "fast_dot": ("np.dot", lambda: np.dot),
        "logsumexp": ("scipy.special.logsumexp", _from("scipy.special", "logsumexp")),
        "pinvh": ("scipy.linalg.pinvh", _from("scipy.linalg", "pinvh")),
        "norm": ("np.linalg.norm", lambda: np.linalg.norm),
    },
    "sklearn.utils.fixes": {
        "bincount": ("np.bincount", lambda: np.bincount),
        "unique": ("np.unique", lambda: np.unique),
        "expit": ("scipy.special.expit", _from("scipy.special", "expit")),
        "signature": ("inspect.signature", lambda: inspect.signature),
    },
}
"""Functions by their module: what does it today, and how to get it."""

ASSERTIONS: dict[str, str] = {
    "assert_equal": "assertEqual",
    "assert_not_equal": "assertNotEqual",
    "assert_true": "assertTrue",
    "assert_false": "assertFalse",
    "assert_in": "assertIn",
    "assert_raises": "assertRaises",
    "assert_less": "assertLess",
    "assert_greater": "assertGreater",
}
"""Of `sklearn.utils.testing`, by the method of `unittest.TestCase` that does it."""

FETCHED = "it fetched its data from the Internet, and a script has no network: upload the data as a dataset."
REFUSED: dict[str, str] = {
    "sklearn.datasets.load_boston": "the Boston data was taken out of scikit-learn. "
    "Upload it as a dataset and connect it.",
    "sklearn.datasets.fetch_mldata": f"mldata.org is gone too; {FETCHED}",
    "sklearn.datasets.load_mlcomp": FETCHED,
    "sklearn.datasets.load_lfw_people": FETCHED,
    "sklearn.datasets.load_lfw_pairs": FETCHED,
    "sklearn.linear_model.lasso_stability_path": "RandomizedLasso counts how often a feature is chosen.",
    "sklearn.multiclass.fit_ovr": "OneVsRestClassifier(estimator).fit(X, y) does it.",
    "sklearn.multiclass.fit_ovo": "OneVsOneClassifier(estimator).fit(X, y) does it.",
}


def _refusing(place: str, why: str) -> Any:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AttributeError(f"{place} is gone: {why}")

    return refuse
