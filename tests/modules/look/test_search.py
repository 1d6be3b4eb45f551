"""A person searches the whole table."""

from __future__ import annotations

import pandas as pd
import pytest

from modules.look.pages import page
from modules.sdk.values import Table

TABLE = Table.from_frame(
    pd.DataFrame(
        {
            "n": [7, 42, 7],
            "s": ["Oslo", None, "a 42 in text"],
            "c": pd.Categorical(["red", "Blue", None]),
            "d": pd.to_datetime(["2024-01-02T10:00", "2024-01-03", None], format="ISO8601"),
        }
    )
)


@pytest.mark.parametrize(
    ("search", "rows"),
    [("oslo", [0]), ("42", [1, 2]), ("BLUE", [1]), ("2024-01-02", [0]), ("(", []), ("", [0, 1, 2])],
)
def test_rows_that_hold_it(search: str, rows: list[int]) -> None:
    found = page(TABLE, 0, 10, search=search)
    assert found["total"] == len(rows)
    assert [row[1] for row in found["rows"]] == [TABLE.column("s").data[i].as_py() for i in rows]


def test_a_page_of_some_columns() -> None:
    found = page(TABLE, 0, 10, sort="-n", columns=["c", "s"])
    assert [column["name"] for column in found["columns"]] == ["c", "s"]
    assert found["rows"][0] == ["Blue", None]


def test_a_long_text_is_cut_unless_it_is_asked_for_whole() -> None:
    table = Table.of(s=["x" * 50_000])
    assert page(table, 0, 1)["rows"][0][0].endswith("… (50,000 characters)")
    assert page(table, 0, 1, longest=100_000)["rows"][0][0] == "x" * 50_000


def test_a_text_that_comes_again_and_again_is_found_in_every_row() -> None:
    table = Table.of(s=["Äpfel", None, "Birnen", "12"] * 5000)
    assert page(table, 0, 1, search="ÄPFEL")["total"] == 5000
    assert page(table, 0, 1, search="2")["total"] == 5000
    assert page(table, 0, 1, search="quitten")["total"] == 0
