"""A person lays two tables side by side."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from modules.look.comparison import compare
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

OLD = pd.DataFrame({"id": [1, 2, 3, 4], "name": ["a", "b", "c", None], "size": [1.0, 2.0, None, 4.0]})
NEW = pd.DataFrame({"id": [5, 4, 3, 2], "name": ["e", None, "c!", "b"], "more": [True, False, True, False]})


def compared(old: pd.DataFrame, new: pd.DataFrame, **asked: Any) -> dict[str, Any]:
    found = compare(Table.from_frame(old), Table.from_frame(new), asked)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def test_rows_by_key() -> None:
    found = compared(OLD, NEW, key=["id"])
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 1, "same": 2}
    assert found["page"]["columns"] == ["id", "name", "size", "more"]
    [row] = found["page"]["rows"]
    assert row == {"old": [3, "c", None, None], "new": [3, "c!", None, True], "changed": ["name"]}
    types = {c["name"]: (c["old"], c["new"]) for c in found["columns"]}
    assert types["size"] == ("float", None)
    assert types["more"] == (None, "boolean")


def test_added_and_removed_rows_are_shown() -> None:
    assert compared(OLD, NEW, key=["id"], show="added")["page"]["rows"][0]["new"] == [5, "e", None, True]
    assert compared(OLD, NEW, key=["id"], show="removed")["page"]["rows"][0]["old"] == [1, "a", 1.0, None]


def test_dates_without_times_are_days_where_both_tables_have_none() -> None:
    days = pd.to_datetime(["2024-01-01", "2024-01-02"])
    old = pd.DataFrame({"id": [1, 2], "day": days, "at": days, "gone": days})
    new = pd.DataFrame({"id": [1, 3], "day": days[::-1], "at": days + pd.Timedelta(hours=1), "came": pd.NaT})
    assert compared(old, new, key=["id"])["page"]["days"] == ["day", "gone"]
    assert "days" not in compared(OLD, NEW, key=["id"])["page"]


def test_without_a_key_rows_are_matched_by_their_place() -> None:
    longer = pd.concat([OLD, OLD[:1]])
    assert compared(OLD, longer)["counts"] == {"added": 1, "removed": 0, "changed": 0, "same": 4}


def test_missing_keys_are_alike_and_types_may_differ() -> None:
    old = pd.DataFrame({"k": ["x", None], "v": [1, 2]})
    new = pd.DataFrame({"k": pd.Categorical([None, "x"]), "v": [2.0, 1.5]})
    assert compared(old, new, key=["k"])["counts"] == {"added": 0, "removed": 0, "changed": 1, "same": 1}


def test_a_key_that_is_none_is_refused() -> None:
    twice = pd.DataFrame({"id": [1, 1], "v": [1, 2]})
    with pytest.raises(ModuleError, match=r"2 rows of the old table have id = 1"):
        compared(twice, OLD, key=["id"])


def test_drift_tells_moved_from_unmoved() -> None:
    random = np.random.default_rng(1)
    old = pd.DataFrame({"still": random.normal(size=5000), "moved": random.normal(size=5000)})
    new = pd.DataFrame({"still": random.normal(size=5000), "moved": random.normal(2, size=5000)})
    still, moved = (column["drift"] for column in compared(old, new)["columns"])
    assert still["psi"] < 0.02
    assert moved["psi"] > 1
    assert moved["new_mean"] == pytest.approx(2, abs=0.1)
    assert sum(moved["old_counts"]) == sum(moved["new_counts"]) == 5000


def test_drift_of_words() -> None:
    old, new = (pd.DataFrame({"w": ["a"] * part + ["b"] * (100 - part)}) for part in (50, 90))
    assert compared(old, new)["columns"][0]["drift"]["psi"] == pytest.approx(0.88, abs=0.01)


def test_a_key_may_have_changed_its_type() -> None:
    days = pd.to_datetime(["2020-01-01", "2020-01-02 10:00"], format="ISO8601")
    for old, new in (
        (days, ["2020-01-01", "2020-01-02 10:00:00"]),
        ([1, 2], ["1", "two"]),
        ([True, False], ["true", "no"]),
    ):
        found = compared(
            pd.DataFrame({"k": old, "v": [1, 2]}), pd.DataFrame({"k": new, "v": [1, 2]}), key=["k"]
        )
        assert found["counts"]["same"] == (2 if old is days else 1)


def test_a_changed_type_is_no_change_of_the_value() -> None:
    old = pd.DataFrame({"n": [1, 2**53 + 1], "d": pd.to_datetime(["2020-01-01", None]), "b": [True, False]})
    new = pd.DataFrame({"n": [1.0, 2.0**53], "d": ["2020-01-01", None], "b": ["true", "false"]})
    found = compared(old, new)
    assert {c["name"]: c["changed"] for c in found["columns"]} == {"n": 1, "d": 0, "b": 0}


def test_no_key_says_which_rows_are_alike() -> None:
    old = pd.DataFrame({"k": pd.to_datetime(["2020-01-01", "2020-01-01"]), "c": ["a", "a"]})
    with pytest.raises(ModuleError, match="2 rows of the old table have k = 2020-01-01T00:00:00, c = a"):
        compared(old, old.head(1), key=["k", "c"])
    gone = pd.DataFrame({"k": [None, None]}, dtype="str")
    with pytest.raises(ModuleError, match="2 rows of the new table have k missing"):
        compared(gone.head(1), gone, key=["k"])
