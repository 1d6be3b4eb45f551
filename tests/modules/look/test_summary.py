"""What the result view says about each column."""

from __future__ import annotations

import json
import statistics

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.look.charts import chart
from modules.look.summaries import summary
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table


def of(values: object) -> dict:
    [found] = summary(Table.from_frame(pd.DataFrame({"x": values})))["columns"]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def test_numbers() -> None:
    found = of([1.0, 2.0, 2.0, None, 7.0])
    assert {key: found[key] for key in ("name", "type", "count", "missing", "unique")} == {
        "name": "x",
        "type": "float",
        "count": 4,
        "missing": 1,
        "unique": 3,
    }
    assert (found["mean"], found["median"], found["min"], found["max"]) == (3.0, 2.0, 1.0, 7.0)
    assert found["std"] == pytest.approx(statistics.stdev([1, 2, 2, 7]))
    assert found["histogram"]["counts"] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert found["histogram"]["edges"] == pytest.approx(np.linspace(1, 7, 11))


def test_integers_stay_exact() -> None:
    found = of(pd.array([2**62 + 1, None, 1], dtype="Int64"))
    assert (found["type"], found["min"], found["max"], found["unique"]) == ("integer", 1, 2**62 + 1, 2)


def test_the_median_and_quantiles_of_ids_are_ids() -> None:
    found = of([2**53 + n for n in (1, 3, 5)])
    assert (found["median"], found["quantiles"][2]) == (2**53 + 3, {"share": 0.25, "value": 2**53 + 2})
    assert of([2**53 + 1, 2**53 + 3])["median"] == 2**53 + 2
    assert of([1, 2])["median"] == 1.5


def test_short_floats_are_told_as_cells_show_them() -> None:
    found = of(np.array([0.1, 0.3], "float32"))
    assert (found["min"], found["max"]) == (0.1, 0.3)


def test_the_order_of_categories_is_told_where_they_have_one() -> None:
    sizes = pd.CategoricalDtype(["small", "mid", "large"], ordered=True)
    assert of(pd.Categorical(["large", "small"], dtype=sizes))["order"] == ["small", "mid", "large"]
    assert "order" not in of(pd.Categorical(["b", "a"]))


@pytest.mark.parametrize(
    ("values", "edges", "counts"),
    [
        ([5.0, 5.0], list(np.linspace(4.5, 5.5, 11)), [0, 0, 0, 0, 0, 2, 0, 0, 0, 0]),
        ([1e300, 1e300], [1e300, 1e300], [2]),
        ([float("inf"), 0.0, 10.0], list(np.linspace(0, 10, 11)), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ([-1.7e308, 1.7e308], list(1.7e308 * np.linspace(-1, 1, 11)), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_a_histogram_whatever_the_range(values: list, edges: list, counts: list) -> None:
    found = of(values)["histogram"]
    assert found["counts"] == counts
    assert found["edges"] == pytest.approx(edges)


def test_the_histogram_is_numpy_s() -> None:
    values = np.random.default_rng(0).normal(size=10_000)
    counts, edges = np.histogram(values, 10)
    found = of(values)["histogram"]
    assert found["counts"] == counts.tolist()
    assert found["edges"] == pytest.approx(edges)


@pytest.mark.parametrize("values", [pd.Series([], dtype=float), pd.Series([None, None], dtype=float)])
def test_numbers_that_are_all_missing(values: pd.Series) -> None:
    found = of(values)
    assert (found["count"], found["missing"], found["unique"]) == (0, len(values), 0)
    assert found["mean"] is found["std"] is found["histogram"] is None


def test_one_number_has_no_deviation_and_infinite_ones_are_said() -> None:
    assert of([1.0])["std"] is None
    found = of([float("inf"), float("-inf"), 1.0])
    assert (found["max"], found["min"], found["mean"]) == ("Infinity", "-Infinity", None)


def test_text_has_its_most_frequent_values_first() -> None:
    found = of(["b", "a", None, "b", "c"])
    assert found == {
        "name": "x",
        "type": "string",
        "count": 4,
        "missing": 1,
        "unique": 3,
        "top": [{"value": "b", "count": 2}, {"value": "a", "count": 1}, {"value": "c", "count": 1}],
    }


def test_only_ten_are_shown_and_equally_frequent_ones_in_order() -> None:
    found = of([f"v{at:02}" for at in range(30)] * 2 + ["v29"])
    assert [entry["value"] for entry in found["top"]] == ["v29", *(f"v{at:02}" for at in range(9))]
    assert found["unique"] == 30


def test_categories_count_only_those_used_in_their_order() -> None:
    found = of(pd.Categorical(["low", "high", None], ["high", "low", "never"], ordered=True))
    assert found["unique"] == 2
    assert [entry["value"] for entry in found["top"]] == ["high", "low"]


def test_booleans_datetimes_timedeltas_and_bytes() -> None:
    assert of([True, False, True])["top"] == [{"value": True, "count": 2}, {"value": False, "count": 1}]
    found = of(pd.to_datetime(["2024-01-02", None, "2023-01-01"], utc=True))
    assert (found["min"], found["max"], found["unique"]) == (
        "2023-01-01T00:00:00Z",
        "2024-01-02T00:00:00Z",
        2,
    )
    assert of(pd.to_timedelta(["1s", "2s"]))["max"] == "0 days 00:00:02"
    assert of(pd.to_datetime([None, None]))["min"] is None
    assert of([b"a", b"a", None])["unique"] == 1


def test_nan_is_missing_wherever_it_comes_from() -> None:
    [found] = summary(Table.from_arrow(pa.table({"x": pa.array([1.0, float("nan")])})))["columns"]
    assert (found["count"], found["missing"]) == (1, 1)


def test_only_the_columns_asked_for() -> None:
    table = Table.of(a=[1], b=[2], c=[3])
    assert [column["name"] for column in summary(table, ["c", "a"])["columns"]] == ["c", "a"]
    with pytest.raises(ModuleError, match="no column 'q'"):
        summary(table, ["q"])


def test_of_the_rows_that_a_filter_and_a_search_leave() -> None:
    table = Table.of(x=[1, 2, 3, 4, None], word=["a", "b", "b", "c", "b"])
    whole = [{"column": "x", "op": "ge", "value": 2}]
    x, word = summary(table, filters=whole)["columns"]
    assert (x["count"], x["missing"], x["mean"], x["min"]) == (3, 0, 3, 2)
    assert word["top"][0] == {"value": "b", "count": 2}
    [x] = summary(table, ["x"], whole, "b")["columns"]
    assert (x["count"], x["missing"], x["max"]) == (2, 0, 3)
    nothing = [{"column": "word", "op": "eq", "value": "z"}]
    assert [one["count"] for one in summary(table, filters=nothing)["columns"]] == [0, 0]
    assert summary(table, filters=[])["columns"][0]["missing"] == 1


def test_quantiles_are_numpy_s() -> None:
    values = np.random.default_rng(0).normal(size=1234)
    found = of(values)["quantiles"]
    assert [each["share"] for each in found] == [0.01, 0.05, 0.25, 0.75, 0.95, 0.99]
    expected = np.quantile(values, [each["share"] for each in found])
    assert [each["value"] for each in found] == pytest.approx(expected)


def test_quantiles_among_the_infinite() -> None:
    found = {
        each["share"]: each["value"] for each in of([float("-inf"), 0.0, 1.0, float("inf")])["quantiles"]
    }
    assert (found[0.01], found[0.99]) == ("-Infinity", "Infinity")
    assert of(pd.array([None, None], dtype="Float64"))["quantiles"] is None


@pytest.mark.parametrize(
    ("values", "mean", "std", "edges", "counts"),
    [
        ([2**53 + 1, 2**53 + 3, 2**53 + 5], 2**53 + 3, 2.0, [1, 2, 3, 4, 5, 6], [1, 0, 1, 0, 1]),
        ([2**53 + n for n in range(1, 101)], 2**53 + 50.5, 29.011491975882016, range(1, 102, 10), [10] * 10),
    ],
)  # fmt: skip
def test_integers_beyond_floats_are_spread_as_they_are(values, mean, std, edges, counts) -> None:
    found = of(values)
    assert found["mean"] == mean
    assert found["std"] == pytest.approx(std, rel=1e-12)
    assert found["histogram"] == {"edges": [2**53 + edge for edge in edges], "counts": counts}
    drawn = chart(Table.of(x=values), {"kind": "histogram", "x": "x", "bins": 10})
    assert (drawn["edges"], drawn["counts"]) == (found["histogram"]["edges"], counts)


def test_the_ends_of_64_bits() -> None:
    found = of([-(2**63), 2**63 - 1])
    assert (found["mean"], found["std"]) == (-0.5, pytest.approx(2**64 / 2**0.5))
    assert found["histogram"]["counts"] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
