"""Filters over rows in time, and what is odd in a series."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from scipy import signal

from modules.data_transformation.filter.apply_filter import ApplyFilterParams, apply_filter
from modules.registry import find
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import replay
from modules.sdk.values import Table
from modules.time_series.time_series_anomaly_detection import AnomalyParams, time_series_anomaly_detection
from tests.modules.tables import values

X = np.random.default_rng(3).normal(size=60)


def make(slug: str, **params):
    spec = find(slug)
    assert spec
    return spec.function(spec.read_params(params)).filter


def run(slug: str, x=X, **params):
    done = apply_filter(
        make(slug, **params),
        Table.of(x=pa.array(list(x), pa.float64()), t=["é"] * len(x)),
        ApplyFilterParams(),
    )
    assert done.results_dataset.names == ["x"]
    return values(done.results_dataset, "x")


BUTTER = signal.butter(4, [0.2, 0.6], "bandpass")


@pytest.mark.parametrize(
    ("slug", "params", "expected"),
    [
        ("fir-filter", {"order": 8}, signal.lfilter(signal.firwin(9, 0.3, window="hamming"), 1, X)),
        (
            "fir-filter",
            {"order": 5, "filter_type": "HighPass", "window": "Blackman", "scale": False},
            signal.lfilter(signal.firwin(7, 0.3, window="blackman", pass_zero=False, scale=False), 1, X),
        ),
        (
            "iir-filter",
            {"order": 4, "filter_type": "band_pass", "low_cutoff": 0.2, "high_cutoff": 0.6},
            signal.lfilter(*BUTTER, X),
        ),
        (
            "iir-filter",
            {"filter_kind": "Chebyshev Type 1", "ripple": 1.0, "filter_type": "high_pass"},
            signal.lfilter(*signal.cheby1(5, 1.0, 0.3, "highpass"), X),
        ),
        ("median-filter", {"length": 4}, [np.median(np.pad(X, 1, "edge")[at : at + 3]) for at in range(60)]),
        ("moving-average-filter", {"length": 3}, [X[max(0, at - 2) : at + 1].mean() for at in range(60)]),
        ("moving-average-filter", {"type": "cumulative"}, np.cumsum(X) / np.arange(1, 61)),
        ("user-defined-filter", {"type_of_filter": "iir_filter", "forward": "1;2", "backward": "2, 0.5"},
         signal.lfilter([1, 2], [2, 0.5], X)),
        ("threshold-filter", {"type": "GreaterThan", "level": 0.25}, np.maximum(X, 0.25)),
        ("threshold-filter", {"type": "magnitude_less_than", "level": 0.5}, np.clip(X, -0.5, 0.5)),
        ("threshold-filter", {"type": "InRangeWithStd", "alpha": 1},
         np.clip(X, X.mean() - X.std(), X.mean() + X.std())),
        ("threshold-filter", {"type": "out_of_range", "indicator": True}, ~((X >= -1) & (X <= 1))),
    ],
)  # fmt: skip
def test_a_filter_gives_what_its_definition_says(slug, params, expected) -> None:
    assert run(slug, **params) == pytest.approx(list(expected), abs=1e-9)


def test_weights_of_moving_averages() -> None:
    assert run("moving-average-filter", [4.0, 0, 0, 0], length=3, type="Triangular") == pytest.approx(
        [4, 8 / 3, 1, 0]
    )
    assert run("moving-average-filter", [3.0, 0, 0], length=2, type="exponential_simple") == pytest.approx(
        [3, 0.75, 0]
    )
    ema = run("moving-average-filter", [1.0, 3.0, 5.0], length=3, type="Exponential")
    assert ema == [1, 2, 3.5]
    pushed = run("threshold-filter", [-0.4, 0.9, 3.0], type="OutOfRange")
    assert pushed == [-1, 1, 3]


@pytest.mark.parametrize("x", [[], [2.0]])
def test_a_filter_takes_no_row_and_one(x) -> None:
    for slug in ("fir-filter", "iir-filter", "median-filter", "moving-average-filter", "threshold-filter"):
        assert len(run(slug, x)) == len(x)


def test_what_a_filter_cannot_take_is_named() -> None:
    for x, why in (([1.0, None], "Row 2 of column x has no value"), ([1.0, float("inf")], "is infinite")):
        with pytest.raises(ModuleError, match=why):
            run("median-filter", x)
    with pytest.raises(ModuleError, match="grow without end"):
        run("user-defined-filter", [1e300] * 9, type_of_filter="iir_filter", forward="1e9", backward="1 -9")
    with pytest.raises(ModuleError, match="'a' is no coefficient"):
        run("user-defined-filter", forward="1, a")
    with pytest.raises(ModuleError, match="must be above"):
        run("fir-filter", filter_type="band_pass", low_cutoff=0.7, high_cutoff=0.3)
    with pytest.raises(ModuleError, match="A transformation made by median-filter cannot be applied"):
        replay(make("median-filter"), Table.of(x=[1.0]))


def series(x, **params):
    days = [datetime(2020, 1, 1) + timedelta(hours=at) for at in range(len(x))]
    table = Table.of(**{"Zeit, ": days, "ä": list(x)})
    return time_series_anomaly_detection(
        table, AnomalyParams(data_column=["ä"], time_column=["Zeit, "], **params)
    ).time_series_annotated_with_anomaly_scores


@pytest.mark.parametrize("kind", ["power_avg", "power"])
def test_a_new_level_is_found_and_noise_is_not(kind) -> None:
    rng = np.random.default_rng(1)
    done = series(np.r_[rng.normal(size=600), rng.normal(size=40) + 5], martingale_type=kind)
    alerts = np.array(values(done, "Alert"))
    assert not alerts[:600].any()
    assert alerts[605:].all()


def test_a_slow_rise_is_found_by_the_trend_that_looks_for_it() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=900) + np.r_[np.zeros(500), np.linspace(0, 6, 400)]
    assert max(values(series(x, strangeness_function_type="SlowPosTrend"), "Alert"))
    assert not max(values(series(x, strangeness_function_type="SlowNegTrend"), "Alert"))


def test_the_score_is_the_best_bet_so_far() -> None:
    x = [1.0, 2, 3, 9, 8, 1]
    done = series(x, martingale_type="power", epsilon=0.5, length_of_martingale_values=2,
                  length_of_strangeness_values=0, strangeness_function_type="SlowPosTrend")  # fmt: skip
    won = [0.0]
    for at, now in enumerate(x):
        above = sum(other > now for other in x[:at])
        equal = sum(other == now for other in x[:at])
        p = (above + 0.5 * (equal + 1)) / (at + 1)
        won.append(won[-1] + np.log10(0.5 * p**-0.5))
    expected = [won[at] - min(won[max(0, at - 2) : at + 1]) for at in range(1, 7)]
    assert values(done, "Anomaly Score") == pytest.approx(expected)


def test_rows_of_a_series_may_be_in_any_order_and_some_missing() -> None:
    x = [float(at % 5) for at in range(40)]
    days = [datetime(2020, 1, 1) + timedelta(days=at) for at in range(40)]
    params = AnomalyParams(data_column="x", time_column="d")
    right = values(time_series_anomaly_detection(Table.of(d=days, x=x), params)[0], "Anomaly Score")
    turned = Table.of(d=[*days[::-1], None], x=[*x[::-1], 1.0])
    found = values(time_series_anomaly_detection(turned, params)[0], "Anomaly Score")
    assert found == [*right[::-1], None]
    with pytest.raises(ModuleError, match="2020-01-01 00:00:00 stands twice"):
        time_series_anomaly_detection(Table.of(d=days[:1] * 2, x=[1, 2]), params)
    with pytest.raises(ModuleError, match="needed are dates"):
        time_series_anomaly_detection(Table.of(d=[1], x=[1]), params)
    assert (
        len(time_series_anomaly_detection(Table.of(d=days, x=x).take(pa.array([], pa.int64())), params)[0])
        == 0
    )
