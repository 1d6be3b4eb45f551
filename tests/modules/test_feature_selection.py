"""Filter Based Feature Selection and Fisher Linear Discriminant Analysis, beside other computations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import mutual_info_score

from modules.feature_selection.filter_based_feature_selection import (
    FilterParams,
    Selected,
    filter_based_feature_selection,
)
from modules.feature_selection.fisher_linear_discriminant_analysis import (
    FisherParams,
    fisher_linear_discriminant_analysis,
)
from modules.learning.roles import as_score
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import replay
from modules.sdk.values import Table
from tests.modules.tables import values

RANDOM = np.random.default_rng(3)
Y = RANDOM.normal(size=80)
NEAR = Y + RANDOM.normal(size=80)
NOISE = RANDOM.normal(size=80)
CLASS = np.where(Y > 0, "yes", "no")
TABLE = Table.of(noise=NOISE, near=-NEAR, word=CLASS, y=Y)
RESPONSES = {
    "pearson_correlation": lambda x: abs(stats.pearsonr(x, Y)[0]),
    "kendall_correlation": lambda x: abs(stats.kendalltau(x, Y)[0]),
    "spearman_correlation": lambda x: abs(stats.spearmanr(x, Y)[0]),
    "mutual_information": lambda x: mutual_info_score(tenths(x), tenths(Y)),
    "chi_squared": lambda x: stats.chi2_contingency(
        np.histogram2d(tenths(x), tenths(Y), bins=10)[0], correction=False
    )[0],
}


def tenths(x: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.quantile(x, np.arange(1, 10) / 10), x)


def chosen(table: Table, target: str, **params: Any) -> Selected:
    return filter_based_feature_selection(table, FilterParams(target_column=[target], **params))


def scores(selected: Selected) -> dict[str, float]:
    return dict(zip(values(selected.features, "Feature"), values(selected.features, "Score"), strict=True))


@pytest.mark.parametrize("method", RESPONSES)
def test_scores_are_those_of_scipy(method: str) -> None:
    made = chosen(TABLE, "y", feature_scoring_method=method, number_of_desired_features=2)
    found = scores(made)
    assert found["near"] == pytest.approx(RESPONSES[method](NEAR), abs=1e-12)
    assert found["noise"] == pytest.approx(RESPONSES[method](NOISE), abs=1e-12)
    assert list(found) == sorted(found, key=lambda name: -found[name])
    assert made.filtered_dataset.names == ["y", *list(found)[:2]]


def test_classes_are_correlated_by_their_means() -> None:
    means = np.where(Y > 0, Y[Y > 0].mean(), Y[Y <= 0].mean())
    assert scores(chosen(TABLE, "y"))["word"] == pytest.approx(stats.pearsonr(means, Y)[0], abs=1e-12)
    back = scores(chosen(TABLE, "word"))
    assert back["y"] == pytest.approx(stats.pearsonr(means, Y)[0], abs=1e-12)


def test_the_fisher_score_is_the_variance_between_by_that_within() -> None:
    found = scores(chosen(TABLE, "word", feature_scoring_method="Fisher Score"))
    one, other = NEAR[Y > 0], NEAR[Y <= 0]
    middle = NEAR.mean()
    between = len(one) * (one.mean() - middle) ** 2 + len(other) * (other.mean() - middle) ** 2
    assert found["near"] == pytest.approx(between / (len(one) * one.var() + len(other) * other.var()))
    parted = Table.of(x=[1, 1, 2, 2], y=["a", "a", "b", "b"])
    assert scores(chosen(parted, "y", feature_scoring_method="fisher_score"))["x"] > 1e300


@pytest.mark.parametrize("method", [*RESPONSES, "fisher_score"])
def test_what_says_nothing_scores_0(method: str) -> None:
    table = Table.of(
        none=pa.nulls(4, pa.float64()), same=[1, 1, 1, 1], word=["a", "a", "a", None], y=[1, 2, 3, 4]
    )
    assert set(scores(chosen(table, "y", feature_scoring_method=method)).values()) == {0.0}
    assert scores(chosen(table.take(pa.array([1])), "y", feature_scoring_method=method))["same"] == 0.0


def test_columns_are_counted_in_their_order() -> None:
    table = Table.of(b=[0, 1, 2], a=[0, 0, None], c=["x", None, "y"])
    counted = FilterParams(feature_scoring_method="count_based", minimum_number_of_non_zero_elements=2)
    made = filter_based_feature_selection(table, counted)
    assert made.filtered_dataset.names == ["b", "c"]
    assert scores(made) == {"b": 2, "a": 0, "c": 2}


def test_labels_and_scores_are_no_features() -> None:
    columns = (as_score(c, "two-class", "label") if c.name == "near" else c for c in TABLE)
    scored = Table.from_columns(columns, 80)
    assert "near" not in scores(chosen(scored, "y"))
    assert "near" in scores(chosen(scored, "y", operate_on_feature_columns_only=False))


def test_the_target_need_not_be_in_other_tables() -> None:
    made = chosen(TABLE, "y", number_of_desired_features=1)
    assert replay(made.transformation, TABLE.select(["noise", "near", "word"])).names == ["near"]
    with pytest.raises(ModuleError, match="Choose one column as the target"):
        filter_based_feature_selection(TABLE, FilterParams())
    with pytest.raises(ModuleError, match="no column 'near'"):
        replay(made.transformation, TABLE.select(["noise"]))


def test_thousands_of_columns_are_scored_in_one_go() -> None:
    noise = RANDOM.normal(size=(50, 300))
    table = Table.of(**{f"x{n}": noise[:, n] for n in range(300)}, y=RANDOM.integers(0, 2, 50))
    found = scores(chosen(table, "y", number_of_desired_features=5))
    expected = np.abs(np.corrcoef(noise.T, values(table, "y"))[-1, :-1])
    assert [found[f"x{n}"] for n in range(300)] == pytest.approx(expected.tolist(), abs=1e-12)


def fisher(table: Table, **params: Any) -> Table:
    wanted = FisherParams(class_labels_column=["c"], **params)
    return fisher_linear_discriminant_analysis(table, wanted).transformed_features


def parted(columns: int) -> tuple[np.ndarray, np.ndarray]:
    classes = np.repeat([0, 1, 2], 30)
    return RANDOM.normal(size=(90, columns)) + classes[:, None] * RANDOM.normal(size=columns), classes


def within(x: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return x - np.array([x[classes == c].mean(axis=0) for c in range(3)])[classes]


def test_discriminants_are_those_of_scikit_learn() -> None:
    x, classes = parted(4)
    table = Table.of(
        **{f"x{n}": x[:, n] for n in range(4)}, s=["text"] * 90, c=np.array(["p", "q", "r"])[classes]
    )
    done = fisher(table)
    assert done.names == ["col1", "col2", "col3", "col4", "c"]
    found = np.column_stack([values(done, f"col{n}") for n in (1, 2, 3, 4)])
    expected = LinearDiscriminantAnalysis().fit(x, classes).transform(x)
    expected /= np.sqrt((within(expected, classes) ** 2).sum(axis=0) / 87)
    assert np.abs(np.abs(found[:, :2]) - np.abs(expected)).max() < 1e-10
    spread = within(found, classes)
    assert np.allclose(spread.T @ spread / 87, np.eye(4), atol=1e-10)


def test_features_that_are_sums_of_others_give_none(capsys: pytest.CaptureFixture) -> None:
    x, classes = parted(2)
    table = Table.of(a=x[:, 0], b=x[:, 1], sum=x.sum(axis=1), same=[1] * 90, c=classes)
    assert fisher(table).names == ["col1", "col2", "c"]
    assert "there are 2 extractors, not 4" in capsys.readouterr().out
    assert fisher(table, number_of_feature_extractors=1).names == ["col1", "c"]


def test_new_rows_need_no_labels_and_one_class_is_refused() -> None:
    x, classes = parted(2)
    table = Table.of(a=x[:, 0], b=x[:, 1], c=classes)
    made = fisher_linear_discriminant_analysis(table, FisherParams(class_labels_column=["c"]))
    learned = made.fisher_linear_discriminant_analysis_transformation
    assert replay(learned, table.select(["b", "a"])).names == ["col1", "col2"]
    with pytest.raises(ModuleError, match="in 1 classes; needed are"):
        fisher(table.take(pa.array(range(30))))
