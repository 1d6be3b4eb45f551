"""The picture of a scored table says what scikit-learn says of the same scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from sklearn import metrics

from modules.learning.roles import as_label, as_score
from modules.look.evaluation import evaluation
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

ROWS = 5_000


def scored_by(truth: list[object], **scores: np.ndarray) -> Table:
    """A table as Score Model leaves it: `probability` is of the class "yes"."""
    label = as_label(Column("truth", pa.chunked_array([pa.array(truth)])))
    columns = [label]
    for part, values in scores.items():
        column = Column(f"Scored {part}", pa.chunked_array([pa.array(values, from_pandas=True)]))
        task = (
            "two-class"
            if "probability" in scores
            else "multiclass"
            if values.dtype == object
            else "regression"
        )
        columns.append(as_score(column, task, part, "yes" if part == "probability" else ""))
    return Table.from_columns(columns, len(truth))


def chance(seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    positive = random.random(ROWS) < 0.3
    return positive, np.round(np.clip(random.normal(0.4 + 0.2 * positive, 0.2), 0, 1), 2)


def test_every_threshold_counts_as_a_confusion_matrix_does():
    positive, scores = chance()
    table = scored_by(np.where(positive, "yes", "no").tolist(), probability=scores)
    told = evaluation(table)["two_classes"]
    for threshold in (0.0, 0.25, 0.5, 0.731, 1.0):
        tn, fp, fn, tp = metrics.confusion_matrix(positive, scores > threshold).ravel()
        step = round(threshold * 1000)
        assert (told["grid"]["positives"][step], told["grid"]["negatives"][step]) == (tp, fp)
        assert (told["positives"] - tp, told["negatives"] - fp) == (fn, tn)


def test_area_and_loss_are_those_of_scikit_learn():
    positive, scores = chance()
    told = evaluation(scored_by(np.where(positive, "yes", "no").tolist(), probability=scores))["two_classes"]
    assert told["auc"] == pytest.approx(metrics.roc_auc_score(positive, scores), abs=1e-12)
    assert told["log_loss"] == pytest.approx(metrics.log_loss(positive, scores), abs=1e-12)


def test_the_curve_is_the_roc_curve():
    positive, scores = chance()
    told = evaluation(scored_by(np.where(positive, "yes", "no").tolist(), probability=scores))["two_classes"]
    false, true, at = metrics.roc_curve(positive, scores, drop_intermediate=False)
    expected = [
        [t, round(p * positive.sum()), round(f * (~positive).sum())]
        for t, p, f in zip(at, true, false, strict=True)
    ]
    assert told["curve"] == expected[1:]  # scikit-learn begins with a point of its own


def test_bins_hold_every_row_once():
    positive, scores = chance()
    bins = evaluation(scored_by(np.where(positive, "yes", "no").tolist(), probability=scores))["two_classes"][
        "bins"
    ]
    assert sum(b["positives"] for b in bins) == positive.sum()
    assert sum(b["positives"] + b["negatives"] for b in bins) == ROWS
    assert bins[-1]["to"] == 1.0


def test_rows_without_label_or_score_are_left_out():
    table = scored_by(["yes", "no", None, "no"], probability=np.array([0.9, np.nan, 0.4, 0.1]))
    told = evaluation(table)
    assert (told["rows"], told["scored"]) == (4, 2)
    assert told["two_classes"]["auc"] == 1.0


def test_a_table_without_rows_has_no_figures_and_breaks_nothing():
    told = evaluation(scored_by([], probability=np.array([], dtype=float)))
    assert told["scored"] == 0
    assert told["two_classes"]["auc"] is None


def test_several_classes_are_reported_as_by_scikit_learn():
    random = np.random.default_rng(3)
    names = np.array(["a", "b", "c", "d"], dtype=object)
    truth = names[random.integers(0, 3, 900)]
    guessed = np.where(random.random(900) < 0.6, truth, names[random.integers(0, 4, 900)]).astype(object)
    told = evaluation(scored_by(truth.tolist(), label=guessed))["many_classes"]
    assert told["counts"] == metrics.confusion_matrix(truth, guessed, labels=told["classes"]).tolist()
    report = metrics.classification_report(truth, guessed, output_dict=True, zero_division=0)
    for one in told["per_class"][:3]:
        said = report[one["name"]]
        assert [one["precision"], one["recall"], one["f1"]] == pytest.approx(
            [said["precision"], said["recall"], said["f1-score"]]
        )
    assert told["weighted"]["f1"] == pytest.approx(report["weighted avg"]["f1-score"])
    assert told["macro"]["recall"] == pytest.approx(report["macro avg"]["recall"])


def test_errors_of_numbers_are_those_of_scikit_learn():
    random = np.random.default_rng(5)
    truth = random.normal(10, 3, 400)
    guessed = truth + random.normal(0, 1, 400)
    guessed[17] = truth[17] + 50
    told = evaluation(scored_by(truth.tolist(), label=guessed))["numbers"]
    assert told["metrics"]["mae"] == pytest.approx(metrics.mean_absolute_error(truth, guessed), abs=1e-12)
    assert told["metrics"]["r2"] == pytest.approx(metrics.r2_score(truth, guessed), abs=1e-12)
    assert told["worst"][0] == {"row": 17, "actual": truth[17], "predicted": guessed[17]}


def test_a_table_without_scores_says_what_to_do():
    with pytest.raises(ModuleError, match="no score column"):
        evaluation(Table.of(x=[1, 2]))


def test_a_label_can_be_chosen_where_the_roles_are_lost():
    positive, scores = chance()
    table = scored_by(np.where(positive, "yes", "no").tolist(), probability=scores)
    plain = (
        Table(tuple(replace(c, role=None) for c in table), len(table))
        .arrow()
        .rename_columns(["truth", "Scored Probabilities"])
    )
    with pytest.raises(ModuleError, match="which column has the true labels"):
        evaluation(Table.from_arrow(plain))
    assert evaluation(Table.from_arrow(plain), "truth")["two_classes"]["positive"] == "yes"


def test_bins_and_the_curve_are_those_of_numpy_with_ties_at_their_edges():
    positive, scores = chance()
    scores[:20] = np.tile([0.0, 0.1, 0.3, 1.0], 5)
    told = evaluation(scored_by(np.where(positive, "yes", "no").tolist(), probability=scores))["two_classes"]
    edges = np.linspace(0, 1, 11)
    assert [b["positives"] for b in told["bins"]] == np.histogram(scores[positive], edges)[0].tolist()
    assert [b["negatives"] for b in told["bins"]] == np.histogram(scores[~positive], edges)[0].tolist()
    held = np.histogram(scores, edges)[0]
    sums = np.histogram(scores, edges, weights=scores)[0]
    assert [b["mean"] for b in told["bins"]] == pytest.approx((sums / held).tolist(), rel=1e-12)
    assert [at for at, _, _ in told["curve"]] == np.unique(scores)[::-1].tolist()


def test_of_errors_that_are_equal_the_first_row_is_told_first():
    truth = np.zeros(100)
    said = np.where(np.arange(100) % 3 == 0, 2.0, 1.0)
    worst = evaluation(scored_by(truth.tolist(), label=said))["numbers"]["worst"]
    assert [one["row"] for one in worst] == list(range(0, 60, 3))
