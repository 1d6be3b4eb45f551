"""What goes in comes out: any values, written by Studio or by the format's own library, read again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import arff
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.files.conversions import MISSING
from modules.files.read import read
from modules.look.exports import export
from modules.sdk.values import Table

LONG = 2**63
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
BARE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}")
"""liac-arff writes braces without quotes, and does not read them so."""
TEXT = st.text(LETTERS, min_size=1)
MOMENT = st.datetimes(dt.datetime(1000, 1, 1))
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-LONG, LONG - 1),
    "float": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "datetime": MOMENT,
    "timedelta": st.timedeltas(dt.timedelta(-9999), dt.timedelta(9999)),
    "text": st.text(st.characters(exclude_categories=["Cs"])),
    "binary": st.binary(),
}
IN_LINES = {name: cell for name, cell in CELLS.items() if name not in ("timedelta", "binary")} | {
    "float": st.floats(allow_nan=False, allow_infinity=False)
}
"""JSON has no more; time spans and bytes become text there."""
ON_A_SHEET = {
    "integer": st.integers(-(10**15) + 1, 10**15 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "datetime": st.datetimes(dt.datetime(1900, 3, 1)).map(lambda moment: moment.replace(microsecond=0)),
    "text": st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
    | st.sampled_from(["_x0041_ _x000D_", "#REF!", *filter(None, MISSING)]),
}
few = settings(max_examples=40, deadline=None)


def lists(data: st.DataObject, cells: dict[str, st.SearchStrategy[Any]], first: str) -> dict[str, list[Any]]:
    """Some rows of each kind. The first is there, so that each column has its type; texts begin with `first`,
    which is no date."""
    rows = data.draw(st.integers(0, 4))
    drawn = {
        name: [data.draw(cell), *data.draw(st.lists(st.none() | cell, min_size=rows, max_size=rows))]
        for name, cell in cells.items()
    }
    drawn["text"][0] = first
    return drawn


def shown(table: Table) -> dict[str, tuple[str, list[Any]]]:
    return {column.name: (column.type, column.data.to_pylist()) for column in table}


def back(table: Table, kind: str, folder: Path) -> Table:
    export(table, kind, folder / "out")
    found = read(kind, folder / "out", "out")
    assert isinstance(found, Table)
    return found


@few
@given(st.data())
@pytest.mark.parametrize(
    ("kind", "cells"),
    [("parquet", CELLS), ("arrow", CELLS), ("jsonl", IN_LINES), ("xlsx", ON_A_SHEET)],
    ids=["parquet", "arrow", "jsonl", "xlsx"],
)
def test_what_is_downloaded_can_be_uploaded_again(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    cells: dict[str, st.SearchStrategy[Any]],
    data: st.DataObject,
) -> None:
    drawn = lists(data, cells, "plainly text")
    if kind == "xlsx":
        drawn["boolean"] = [bool(value) for value in drawn["boolean"]]  # rows without a cell are none there
    table = Table.of(**drawn)
    found = back(table, kind, tmp_path_factory.mktemp(kind))
    assert found.names == table.names
    for name, values in drawn.items():
        assert found.column(name).data.to_pylist() == values, name
        if kind != "xlsx" or name != "float":  # a sheet has floats only: whole ones come as integers
            assert found.column(name).type == table.column(name).type, name


@few
@given(st.lists(st.tuples(st.integers(-LONG, LONG - 1), st.none() | st.text()), min_size=1))
def test_json_lines_of_other_programs(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str | None]]
) -> None:
    file = tmp_path_factory.mktemp("jsonl") / "x"
    file.write_text("".join(json.dumps({"n": n, "t": t}) + "\n" for n, t in [*rows, (0, "no date")]))
    found = shown(read("jsonl", file, "x"))
    texts = [None if t is None else t.encode("utf-8", "replace").decode() for _, t in rows]
    assert found == {"n": ("integer", [*(n for n, _ in rows), 0]), "t": ("string", [*texts, "no date"])}


@few
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-LONG, LONG - 1),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.text(BARE, min_size=1),
            st.none() | st.sampled_from(["a", "b c", "d'e"]),
        ),
        min_size=1,
    )
)
def test_arff_of_its_own_library(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple]) -> None:
    file = tmp_path_factory.mktemp("arff") / "x"
    attributes = [("n", "INTEGER"), ("x", "REAL"), ("t", "STRING"), ("k", ["a", "b c", "d'e"])]
    file.write_text(arff.dumps({"relation": "r", "attributes": attributes, "data": [list(r) for r in rows]}))
    table = read("arff", file, "x")
    assert [column.data.to_pylist() for column in table] == [
        list(column) for column in zip(*rows, strict=True)
    ]
    assert [column.type for column in table] == ["integer", "float", "string", "categorical"]


@few
@given(
    st.lists(st.none() | st.decimals(-10, 10, places=2), min_size=1), st.sampled_from(["parquet", "arrow"])
)
def test_decimals(tmp_path_factory: pytest.TempPathFactory, values: list, kind: str) -> None:
    file = tmp_path_factory.mktemp(kind) / "x"
    whole = pa.table({"x": pa.array(values, pa.decimal128(10, 2))})
    if kind == "parquet":
        pq.write_table(whole, file)
    else:
        with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, whole.schema) as writer:
            writer.write_table(whole)
    expected = [None if value is None else float(value) for value in values]
    assert read(kind, file, "x").column("x").data.to_pylist() == expected
