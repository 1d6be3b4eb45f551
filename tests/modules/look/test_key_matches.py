"""How many keys match, before a join: the same that the join finds, and pandas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.data_transformation.join_data import JoinParams, join_data
from modules.data_transformation.shape.as_of_join import AsOfParams, as_of_join
from modules.data_transformation.shape.fuzzy_join import FuzzyParams, fuzzy_join
from modules.look import key_matches as home
from modules.look.key_matches import key_matches
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

LONG = 2**60 + 1


def asked(left: Table, right: Table, *keys: str, match_case: bool = True) -> dict[str, Any]:
    return key_matches(left, right, {"left": keys, "right": keys, "match_case": match_case})


def test_it_is_what_the_join_finds_and_what_pandas_finds() -> None:
    draw = np.random.default_rng(1)
    one = pd.DataFrame({"k": draw.integers(0, 40, 200), "g": draw.choice(["a", "B"], 200)})
    two = pd.DataFrame({"k": draw.integers(20, 60, 100), "g": draw.choice(["A", "B"], 100)})
    left, right = Table.from_frame(one), Table.from_frame(two)
    found = asked(left, right, "k", "g")
    merged = one.reset_index().merge(two, on=["k", "g"])
    assert (found["pairs"], found["found"]) == (len(merged), merged["index"].nunique())
    keys = {"join_key_columns_for_l": ["k", "g"], "join_key_columns_for_r": ["k", "g"]}
    params = JoinParams.model_validate({**keys, "match_case": False})
    alike = asked(left, right, "k", "g", match_case=False)
    assert alike["pairs"] == len(join_data(left, right, params).results_dataset) > found["pairs"]


def test_keys_without_a_partner_are_named_exactly() -> None:
    left = Table.from_arrow(pa.table({"k": [LONG, LONG + 1, None, LONG + 1, 7]}))
    found = asked(left, Table.of(k=[LONG]), "k")
    assert found == {
        "rows": 5, "sampled": 5, "found": 1, "pairs": 1, "missing": 1, "without": [str(LONG + 1), "7"],
    }  # fmt: skip
    assert asked(Table.of(k=["Köln "]), Table.of(k=["Köln"]), "k")["without"] == ['"Köln "']


@pytest.mark.parametrize("left", [[], [None, None]])
def test_nothing_finds_nothing(left: list[Any]) -> None:
    table = Table.from_arrow(pa.table({"k": pa.array(left, pa.int64())}))
    found = asked(table, Table.of(k=[1]), "k")
    assert (found["found"], found["pairs"], found["missing"]) == (0, 0, len(left))


def test_of_a_long_table_a_sample_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "SAMPLE", 10)
    found = asked(Table.of(k=list(range(1_000))), Table.of(k=list(range(500))), "k")
    assert (found["rows"], found["sampled"], found["found"]) == (1_000, 10, 5)


def test_what_cannot_be_looked_up_is_refused() -> None:
    with pytest.raises(ModuleError, match="The left table has no column k"):
        asked(Table.of(x=[1]), Table.of(k=[1]), "k")
    with pytest.raises(ModuleError, match="Each key of the left table needs its partner"):
        key_matches(Table.of(k=[1]), Table.of(k=[1]), {"left": ["k"], "right": []})


@pytest.mark.parametrize("params", [{}, {"match": "first"}, {"match": "nearest", "within": 1}])
def test_times_find_what_the_as_of_join_finds(params: dict[str, Any]) -> None:
    left, right = (
        Table.of(at=[3, 5, 9, None], g=["a", "b", "a", "a"]),
        Table.of(t=[1, 4, 8, 11], h=["a", "b", "a", "c"]),
    )
    keys = {"left_time": "at", "right_time": "t", "left_equal_columns": "g", "right_equal_columns": "h"}
    joined = as_of_join(left, right, AsOfParams.model_validate(keys | params)).results_dataset
    found = key_matches(left, right, {"left": ["at", "g"], "right": ["t", "h"], "how": "as_of", **params})
    assert found["found"] == found["pairs"] == len(joined) - joined.column("t").data.null_count
    assert (found["rows"], found["missing"]) == (4, 1)
    assert len(found["without"]) == 3 - found["found"]


@pytest.mark.parametrize("partners", ["best", "all"])
def test_texts_find_what_the_fuzzy_join_finds(partners: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = Table.of(name=["Jon Smith", "Ada", None, "Zoe", "jon  SMITH"])
    right = Table.of(who=["Ada", "John Smith", "Jon Smithe", None])
    params = {"at_least": 0.9, "partners": partners}
    keys = {"left_columns": "name", "right_columns": "who", "keep_left_rows": False}
    joined = fuzzy_join(left, right, FuzzyParams.model_validate(keys | params)).results_dataset
    found = key_matches(left, right, {"left": ["name"], "right": ["who"], "how": "fuzzy", **params})
    assert (found["found"], found["pairs"], found["missing"]) == (3, len(joined), 1)
    assert found["without"] == ['"Zoe"']
    monkeypatch.setattr(home, "COMPARED", 6)
    few = key_matches(left, right, {"left": ["name"], "right": ["who"], "how": "fuzzy", **params})
    assert (few["rows"], few["sampled"]) == (5, 2)
