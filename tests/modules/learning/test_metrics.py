"""Metrics beside scikit-learn's, to 1e-12."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as sk

from modules.learning import metrics as ours

draw = np.random.default_rng(5)
CLOSE = {"rel": 1e-12, "abs": 1e-12}


def test_two_classes() -> None:
    actual = draw.random(300) < 0.4
    share = np.round(np.clip(draw.normal(0.4 + 0.2 * actual, 0.3), 0, 1), 2)  # with ties, 0 and 1
    said = share > 0.5
    found = ours.two_class_metrics(actual, said, share)
    prior = actual.mean()
    loss = sk.log_loss(actual, share)
    worst = sk.log_loss(actual, np.full(300, prior))
    expected = {
        "Accuracy": sk.accuracy_score(actual, said),
        "Precision": sk.precision_score(actual, said),
        "Recall": sk.recall_score(actual, said),
        "F1 Score": sk.f1_score(actual, said),
        "AUC": sk.roc_auc_score(actual, share),
        "Average Log Loss": loss,
        "Training Log Loss": 100 * (worst - loss) / worst,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, **CLOSE)
    counts = [
        found[f"{a} {b}"] for a, b in (("True", "Negative"), ("False", "Positive"), ("False", "Negative"))
    ]
    assert [*counts, found["True Positive"]] == sk.confusion_matrix(actual, said).ravel().tolist()


def test_several_classes() -> None:
    actual, said = draw.integers(0, 4, 200), draw.integers(0, 4, 200)
    found = ours.multiclass_metrics(actual, said)
    assert found["Overall Accuracy"] == pytest.approx(sk.accuracy_score(actual, said), **CLOSE)
    for name, of in (("Precision", sk.precision_score), ("Recall", sk.recall_score)):
        for average in ("micro", "macro"):
            expected = of(actual, said, average=average)
            assert found[f"{average.capitalize()}-averaged {name}"] == pytest.approx(expected, **CLOSE)
    each = [np.mean((actual == one) == (said == one)) for one in range(4)]
    assert found["Average Accuracy"] == pytest.approx(np.mean(each), **CLOSE)


def test_folds_of_several_classes() -> None:
    actual = draw.integers(0, 3, 150)
    shares = draw.dirichlet(np.ones(3), 150)
    said = shares.argmax(axis=1)
    found = ours.fold_class_metrics(actual, said, shares, 3)
    assert found["AUC"] == pytest.approx(sk.roc_auc_score(actual, shares, multi_class="ovr"), **CLOSE)
    assert found["Average Log Loss"] == pytest.approx(sk.log_loss(actual, shares), **CLOSE)
    assert found["F-Score"] == pytest.approx(sk.f1_score(actual, said, average="macro"), **CLOSE)


def test_numbers() -> None:
    actual, said = draw.normal(size=100), draw.normal(size=100)
    spread = np.abs(draw.normal(size=100)) + 0.1
    found = ours.regression_metrics(actual, said, spread)
    from scipy.stats import norm

    expected = {
        "Negative Log Likelihood": -norm(said, spread).logpdf(actual).sum(),
        "Mean Absolute Error": sk.mean_absolute_error(actual, said),
        "Root Mean Squared Error": sk.root_mean_squared_error(actual, said),
        "Relative Absolute Error": np.abs(actual - said).sum() / np.abs(actual - actual.mean()).sum(),
        "Relative Squared Error": 1 - sk.r2_score(actual, said),
        "Coefficient of Determination": sk.r2_score(actual, said),
    }
    assert found == pytest.approx(expected, **CLOSE)
    assert ours.regression_metrics(actual, said)["Negative Log Likelihood"] == np.inf


def test_quantiles() -> None:
    actual, said = draw.normal(size=100), draw.normal(size=100)
    found = ours.quantile_metrics(actual, {0.25: said})
    expected = sk.mean_pinball_loss(actual, said, alpha=0.25)
    assert found == pytest.approx({"Quantile Loss 0.25": expected}, **CLOSE)


@pytest.mark.parametrize("rows", [0, 1])
def test_hardly_a_row_is_no_accident(rows: int) -> None:
    none = np.zeros(rows, dtype=bool)
    assert ours.two_class_metrics(none, none, np.zeros(rows))["True Positive"] == 0
    assert np.isnan(ours.area(none, np.zeros(rows)))
    ours.multiclass_metrics(none.astype(int), none.astype(int))
    ours.regression_metrics(np.zeros(rows), np.zeros(rows))
    ours.quantile_metrics(np.zeros(rows), {0.5: np.zeros(rows)})
