"""As-of Join, Fuzzy Join, Cross Join and Union of Many, each against pandas where it does the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.data_transformation.shape.as_of_join import AsOfParams, as_of_join
from modules.data_transformation.shape.cross_join import CrossParams, cross_join
from modules.data_transformation.shape.fuzzy_join import FuzzyParams, fuzzy_join
from modules.data_transformation.shape.union_of_many import UnionParams, union_of_many
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, types, values

LONG = 2**60 + 1
NO_ROWS = pa.array([], pa.int64())


def as_of(left: Table, right: Table, **params: Any) -> Table:
    made = AsOfParams.model_validate({"left_time": "at", "right_time": "at", **params})
    return as_of_join(left, right, made).results_dataset


@pytest.mark.parametrize(
    ("match", "pandas"), [("last", "backward"), ("first", "forward"), ("nearest", "nearest")]
)
def test_an_as_of_join_is_that_of_pandas(match: str, pandas: Any) -> None:
    draw = np.random.default_rng(4)
    left = pd.DataFrame({"at": draw.permutation(200)[:40], "k": draw.choice(["a", "b"], 40)})
    right = pd.DataFrame({"at": draw.permutation(200)[:50], "k": draw.choice(["a", "b"], 50), "v": range(50)})
    done = as_of(Table.from_frame(left), Table.from_frame(right), match=match, left_equal_columns=["k"],
                 right_equal_columns=["k"], within=20)  # fmt: skip
    wanted = pd.merge_asof(
        left.reset_index().sort_values("at"), right.sort_values("at"), on="at", by="k", direction=pandas,
        tolerance=20,
    ).sort_values("index")  # fmt: skip
    assert values(done, "v") == [None if pd.isna(v) else v for v in wanted["v"]]
    assert done.names == ["at", "k", "at (2)", "k (2)", "v"]


def test_an_as_of_join_of_dates_and_of_missing_times() -> None:
    days = [dt.datetime(2024, 1, day) for day in (1, 5, 9)]
    left = Table.of(at=[days[2], None, days[0]])
    right = Table.from_arrow(pa.table({"at": pa.array([days[1], None], pa.timestamp("ms")), "v": [1, 2]}))
    assert values(as_of(left, right), "v") == [1, None, None]
    assert values(as_of(left, right, within=3), "v") == [None, None, None]
    assert values(as_of(Table.of(at=[LONG]), Table.of(at=[LONG + 1, LONG - 1], v=[1, 2])), "v") == [2]
    assert len(as_of(left.take(NO_ROWS), right)) == 0
    assert values(as_of(left, right.take(NO_ROWS)), "v") == [None] * 3
    with pytest.raises(ModuleError, match="Left time at is datetime and right time at is integer"):
        as_of(left, Table.of(at=[1]))
    with pytest.raises(ModuleError, match="Column at is string; an as-of join needs dates or numbers"):
        as_of(Table.of(at=["a"]), right)
    with pytest.raises(ModuleError, match="1 columns of the left table and 0 of the right"):
        as_of(left, right, left_equal_columns=["at"])


def fuzzy(left: list[Any], right: list[Any], **params: Any) -> list[Any]:
    made = FuzzyParams.model_validate({"left_columns": ["l"], "right_columns": ["r"], **params})
    done = fuzzy_join(Table.of(l=left), Table.of(r=right, n=list(range(len(right)))), made).results_dataset
    return [(row["l"], row["n"]) for row in rows(done)]


def test_texts_that_are_alike_are_joined() -> None:
    left, right = ["Jon Smith", None, "Ada"], ["John SMITH", "Jon  Smith", None, "Bob"]
    assert fuzzy(left, right) == [("Jon Smith", 1), (None, None), ("Ada", None)]
    assert fuzzy(left, right, partners="all", keep_left_rows=False) == [("Jon Smith", 1), ("Jon Smith", 0)]
    assert fuzzy(["b a"], ["a b", "a c"], measure="words", at_least=0.9) == [("b a", 0)]
    assert fuzzy(["kitten"], ["kittem", "sitting"], measure="levenshtein", at_least=0.8) == [("kitten", 0)]
    assert fuzzy([""], [""]) == [("", None)]
    with pytest.raises(ModuleError, match="Choose the columns"):
        fuzzy(["a"], ["a"], left_columns=[])


def test_a_cross_join_has_a_bound() -> None:
    left, right = Table.of(a=[1, 2], b=["x", None]), Table.of(a=[LONG, None, 3])
    done = cross_join(left, right, CrossParams()).results_dataset
    wanted = left.frame().merge(right.frame(), how="cross", suffixes=("", " (2)"))
    assert done.names == ["a", "b", "a (2)"]
    assert values(done, "a") == wanted["a"].tolist()
    assert values(done, "a (2)") == [LONG, None, 3] * 2
    assert len(cross_join(left, right.take(NO_ROWS), CrossParams()).results_dataset) == 0
    with pytest.raises(ModuleError, match=r"2 × 3 rows make 6, and the bound is 5"):
        cross_join(left, right, CrossParams(at_most=5))


def test_a_union_goes_by_name_or_position(capsys: pytest.CaptureFixture[str]) -> None:
    one, two, three = Table.of(a=[1], b=["x"]), Table.of(b=["y"], a=[0.5]), Table.of(a=["t"])
    done = union_of_many(one, two, params=UnionParams()).results_dataset
    assert rows(done) == [{"a": 1.0, "b": "x"}, {"a": 0.5, "b": "y"}]
    done = union_of_many(one, None, three, params=UnionParams(source_column="a")).results_dataset
    assert rows(done) == [
        {"a": "Dataset1", "a (2)": "1", "b": "x"},
        {"a": "Dataset3", "a (2)": "t", "b": None},
    ]
    assert "column a is integer and string in different tables, so it is text" in capsys.readouterr().out
    by_place = union_of_many(three, two, params=UnionParams(match_columns="position")).results_dataset
    assert rows(by_place) == [{"a": "t", "a (2)": None}, {"a": "y", "a (2)": 0.5}]
    alone = union_of_many(every_type(), params=UnionParams()).results_dataset
    assert [c.data.to_pylist() for c in alone] == [c.data.to_pylist() for c in every_type()]
    assert types(union_of_many(every_type(), every_type(), params=UnionParams()).results_dataset) == types(
        every_type()
    )
