"""Normalize Data, Clip Values, Group Data into Bins, Principal Component Analysis, beside others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from modules.data_transformation.clip_values import ClipParams, clip_values
from modules.data_transformation.group_data_into_bins import BinParams, group_data_into_bins
from modules.data_transformation.normalize_data import NormalizeParams, normalize_data
from modules.data_transformation.principal_component_analysis import PcaParams, principal_component_analysis
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import replay
from modules.sdk.values import Table
from tests.modules.tables import types, values

RANDOM = np.random.default_rng(7)
NUMBERS = RANDOM.lognormal(1.0, 0.7, (60, 3))
TABLE = Table.of(**{"a": NUMBERS[:, 0], "b": NUMBERS[:, 1], '[c].d, "é"': NUMBERS[:, 2]})
LONG = 2**60
IDS = Table.of(id=[LONG, LONG + 1, None, LONG + 3])


def normalized(table: Table, **params: Any) -> Table:
    return normalize_data(table, NormalizeParams(**params)).transformed_dataset


def as_array(table: Table, names: list[str] | None = None) -> np.ndarray:
    return np.column_stack([np.array(values(table, name), float) for name in names or table.names])


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("ZScore", StandardScaler().fit_transform(NUMBERS)),
        ("MinMax", MinMaxScaler().fit_transform(NUMBERS)),
        ("Logistic", 1 / (1 + np.exp(-NUMBERS))),
        ("Tanh", np.tanh(NUMBERS)),
        (
            "LogNormal",
            stats.lognorm.cdf(
                NUMBERS, np.log(NUMBERS).std(axis=0), scale=np.exp(np.log(NUMBERS).mean(axis=0))
            ),
        ),
    ],
)
def test_numbers_are_scaled(method: str, expected: np.ndarray) -> None:
    assert np.abs(as_array(normalized(TABLE, transformation_method=method)) - expected).max() < 1e-12


def test_integers_of_every_digit_are_scaled() -> None:
    assert values(normalized(IDS, transformation_method="min_max"), "id") == [0, 1 / 3, None, 1]
    scaled = values(normalized(IDS), "id")
    expected = stats.zscore([0, 1, 3])
    assert [scaled[0], scaled[1], scaled[3]] == pytest.approx(expected.tolist(), abs=1e-12)
    unsigned = Table.of(id=pa.array([2**64 - 1, 2**64 - 2], pa.uint64()))
    assert values(normalized(unsigned, transformation_method="min_max"), "id") == [1, 0]
    far = Table.of(id=[-(2**63), 2**63 - 1, 0])
    assert values(normalized(far, transformation_method="min_max"), "id") == pytest.approx([0, 1, 0.5])


def test_constant_and_empty_columns_become_0_or_missing() -> None:
    table = Table.of(c=[0.1, 0.1, None], e=pa.nulls(3, pa.float64()))
    assert values(normalized(table), "c") == [0, 0, None]
    assert values(normalized(table), "e") == [None] * 3
    assert values(normalized(table, use_0_for_constant_columns_when_checked=False), "c") == [None] * 3


def test_text_is_refused_and_infinite_values_teach_nothing() -> None:
    with pytest.raises(ModuleError, match=r"hold none: s \(string\)"):
        normalized(Table.of(s=["a"]), columns_to_transform=["s"])
    done = values(normalized(Table.of(x=[0.0, 1.0, np.inf]), transformation_method="min_max"), "x")
    assert done == [0, 1, np.inf]
    with pytest.raises(ModuleError, match="numbers near 1e300"):
        normalized(Table.of(x=[1e308, -1e308]), transformation_method="min_max")


def test_one_row_and_no_rows_can_be_scaled_by_what_was_learned() -> None:
    made = normalize_data(TABLE, NormalizeParams())
    one = replay(made.transformation_function, TABLE.take(pa.array([5])))
    assert as_array(one)[0].tolist() == as_array(made.transformed_dataset)[5].tolist()
    alone = normalized(TABLE.take(pa.array([5])))
    assert as_array(alone)[0].tolist() == [0, 0, 0]


def clipped(table: Table, **params: Any) -> Table:
    return clip_values(table, ClipParams(**params)).results_dataset


def test_values_are_clipped_at_constants() -> None:
    both = {"set_of_thresholds": "ClipPeaksAndSubpeaks", "constant_value_for_upper_threshold": 4.5}
    done = clipped(TABLE, **both, constant_value_for_lower_threshold=2)
    assert np.array_equal(as_array(done), np.clip(NUMBERS, 2, 4.5))
    peaks = clipped(TABLE, constant_value_of_upper_threshold=4, upper_substitute_value="missing")
    expected = pd.DataFrame(NUMBERS).mask(NUMBERS > 4).to_numpy()
    assert np.array_equal(as_array(peaks), expected, equal_nan=True)


def test_values_are_clipped_at_percentiles() -> None:
    done = clipped(TABLE, upper_threshold="percentile", percentile_number_of_upper_threshold=90)
    assert np.allclose(as_array(done), np.minimum(NUMBERS, np.percentile(NUMBERS, 90, axis=0)), atol=1e-14)
    low = clipped(
        TABLE, set_of_thresholds="clip_sub_peaks", lower_threshold="percentile",
        percentile_number_of_lower_threshold=5, lower_substitute_value="mean",
    )  # fmt: skip
    expected = np.where(np.percentile(NUMBERS, 5, axis=0) > NUMBERS, NUMBERS.mean(axis=0), NUMBERS)
    assert np.abs(as_array(low) - expected).max() < 1e-12


def test_whole_numbers_stay_whole_to_their_last_digit() -> None:
    params = {"upper_threshold": "percentile", "percentile_number_of_upper_threshold": 50}
    done = clipped(IDS, **params)
    assert values(done, "id") == [LONG, LONG + 1, None, LONG + 1]
    assert types(done) == {"id": "integer"}
    small = Table.of(x=pa.array([100, -100], pa.int8()))
    assert values(clipped(small, constant_value_of_upper_threshold=1000), "x") == [100, -100]
    assert values(clipped(small, constant_value_of_upper_threshold=2.5), "x") == [2.5, -100]
    assert values(clipped(small, constant_value_of_upper_threshold=-1000), "x") == [-128, -128]


def test_dates_are_clipped_by_percentiles_only(capsys: pytest.CaptureFixture) -> None:
    days = [dt.datetime(2020, 1, day) for day in (1, 2, 3, 30)]
    table = Table.of(d=days, s=["a"] * 4)
    by = {"list_of_columns": ["d", "s"], "upper_threshold": "percentile"}
    done = clipped(table, **by, percentile_number_of_upper_threshold=50, upper_substitute_value="median")
    assert values(done, "d") == [*days[:2], dt.datetime(2020, 1, 2, 12), dt.datetime(2020, 1, 2, 12)]
    assert values(clipped(table, list_of_columns=["d"]), "d") == days
    assert "which needs percentiles" in capsys.readouterr().out


def test_clipped_values_and_marks_may_stand_beside() -> None:
    done = clipped(Table.of(x=[1, 9], x_clipped=[0, 0]), overwrite_flag=False, add_indicator_columns=True,
                   constant_value_of_upper_threshold=5, list_of_columns=["x"])  # fmt: skip
    assert done.names == ["x", "x_clipped", "x_clipped (2)", "x_IsClipped"]
    assert (values(done, "x_clipped (2)"), values(done, "x_IsClipped")) == ([1, 5], [False, True])


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ModuleError, match="below the lower one"):
        clipped(TABLE, set_of_thresholds="clip_peaks_and_subpeaks", constant_value_for_upper_threshold=-5)


def binned(table: Table, **params: Any) -> Table:
    return group_data_into_bins(table, BinParams(output_mode="result_only", **params)).quantized_dataset


@pytest.mark.parametrize("bins", [1, 2, 7, 10])
def test_quantiles_and_equal_widths_are_those_of_pandas(bins: int) -> None:
    for mode, cut in (("quantiles", pd.qcut), ("equal_width", pd.cut)):
        done = binned(TABLE, binning_mode=mode, number_of_bins=bins)
        for place, name in enumerate(TABLE.names):
            expected = (cut(NUMBERS[:, place], bins, labels=False) + 1).tolist()
            assert values(done, f"{name}quantized") == expected


def test_equal_values_are_never_parted() -> None:
    done = binned(Table.of(x=[1.0] * 8 + [2.0, 3.0]), number_of_bins=5)
    assert values(done, "xquantized") == [1] * 8 + [2, 2]
    assert values(binned(Table.of(x=[5, 5, None])), "xquantized") == [1, 1, None]
    assert values(binned(Table.of(x=pa.nulls(2, pa.float64()))), "xquantized") == [None, None]


def test_quantiles_are_written_as_shares() -> None:
    table = Table.of(x=[1.0, 2.0, 3.0, 4.0])
    share = {"number_of_bins": 4, "tag_columns_as_categorical": False}
    assert values(binned(table, quantile_normalization="PQuantile", **share), "xquantized") == [
        0.25, 0.5, 0.75, 1.0,
    ]  # fmt: skip
    assert values(binned(table, quantile_normalization="percent", **share), "xquantized") == [25, 50, 75, 100]


def test_edges_of_your_own() -> None:
    table = Table.of(x=[-1.0, 0.0, 0.5, 1.0, 7.0])
    edges = {"binning_mode": "custom_edges", "comma_separated_list_of_bin_edges": "0, 1"}
    done = binned(table, **edges)
    assert values(done, "xquantized") == [1, 1, 2, 2, 3]
    assert types(done) == {"xquantized": "categorical"}
    even = binned(table, binning_mode="Equal Width with Custom Start and Stop")
    assert values(even, "xquantized") == [1, 1, 2, 3, 4]
    for wrong, sentence in (("1,0", "ascend"), ("a", "need to be numbers"), ("nan", "ascend")):
        with pytest.raises(ModuleError, match=sentence):
            binned(table, binning_mode="custom_edges", comma_separated_list_of_bin_edges=wrong)


def test_integers_are_binned_by_every_digit() -> None:
    done = binned(Table.of(id=[LONG + n for n in range(8)]), number_of_bins=4)
    assert values(done, "idquantized") == [1, 1, 2, 2, 3, 3, 4, 4]


def test_entropy_finds_the_edges_between_classes() -> None:
    x = np.concatenate([RANDOM.uniform(0, 1, 50), RANDOM.uniform(2, 3, 50), RANDOM.uniform(4, 5, 50)])
    table = Table.of(x=x, noise=RANDOM.uniform(0, 1, 150), y=["a"] * 50 + ["b"] * 50 + ["a"] * 50)
    by = {"binning_mode": "Entropy MDL", "label_column": ["y"]}
    done = binned(table, **by)
    assert values(done, "xquantized") == [1] * 50 + [2] * 50 + [3] * 50
    assert set(values(done, "noisequantized")) == {1}
    assert set(values(binned(table, **by, number_of_bins=2), "xquantized")) == {1, 2}
    with pytest.raises(ModuleError, match="needs one column as the label"):
        binned(table, binning_mode="entropy_mdl")


def test_bins_stand_beside_or_in_place() -> None:
    table = Table.of(x=[1, 2], s=["a", "b"])
    assert group_data_into_bins(table, BinParams()).quantized_dataset.names == ["x", "s", "xquantized"]
    inside = group_data_into_bins(table, BinParams(output_mode="inplace")).quantized_dataset
    assert (inside.names, values(inside, "x")) == (["x", "s"], [1, 2])


def test_components_are_those_of_scikit_learn() -> None:
    made = principal_component_analysis(TABLE, PcaParams(number_of_dimensions_to_reduce_to=2))
    expected = PCA(2, svd_solver="full").fit_transform(NUMBERS)
    found = as_array(made.results_dataset)
    assert made.results_dataset.names == ["Col1", "Col2"]
    assert np.abs(np.abs(found) - np.abs(expected)).max() < 1e-12
    raw = PcaParams(number_of_dimensions_to_reduce_to=3, normalize_dense_dataset_to_zero_mean=False)
    _, sizes, _ = np.linalg.svd(NUMBERS)
    turned = as_array(principal_component_analysis(TABLE, raw).results_dataset)
    assert np.allclose(np.sqrt((turned**2).sum(axis=0)), sizes, atol=1e-10)


def test_other_columns_stay_and_rows_with_missing_values_have_no_components() -> None:
    table = Table.of(s=["a", "b", "c", "d"], x=[1.0, None, 3.0, 7.0], y=[1, 2, 5, 4])
    done = principal_component_analysis(table, PcaParams(number_of_dimensions_to_reduce_to=1)).results_dataset
    assert done.names == ["s", "Col1"]
    assert [value is None for value in values(done, "Col1")] == [False, True, False, False]
    with pytest.raises(ModuleError, match="Too many dimensions: 3"):
        principal_component_analysis(table, PcaParams(number_of_dimensions_to_reduce_to=3))
