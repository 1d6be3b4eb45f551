"""Modules that work row by row: a large table in pieces gives what the whole table gives."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from modules import pieces
from modules.module_call import call_module
from modules.pieces import Cut
from modules.registry import catalog
from modules.sdk import progress
from modules.sdk.column import Column
from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table, Transform, Value
from tests.modules.examples import EXAMPLES
from tests.modules.given import GIVEN
from tests.modules.tables import every_type
from tests.modules.test_every_module import CHOICES, PARTED, model_for, told

SCRIPT = "execute-python-script"
SAYING_SO = [slug for slug, spec in catalog().items() if spec.row_by_row is True or callable(spec.row_by_row)]


def many() -> Table:
    """A column of every type, with missing values in some pieces and not in others."""
    table = every_type().arrow()
    parts = [table.slice(0, 1), table, table.slice(2, 1), table.slice(1, 1), table.slice(0, 1)]
    made = Table.from_arrow(pa.concat_tables(parts).unify_dictionaries().combine_chunks())
    return Table(tuple(replace(column, data=storable(column.data)) for column in made), len(made))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "FEWEST", 1)
    monkeypatch.setattr(pieces, "MOST", 2)


def run(script: str, table: Table, folder: Path, **more: Any) -> dict[str, Value | None]:
    params = {"script": script, "row_by_row": True, **more}
    return call_module(SCRIPT, params, {"dataset1": table}, Cut("dataset1", folder))


def frame_of(made: dict[str, Value | None]) -> dict[str, list[Any]]:
    table = made["result_dataset"]
    assert isinstance(table, Table)
    found: dict[str, list[Any]] = table.arrow().to_pydict()
    return found


@pytest.mark.parametrize("slug", [slug for slug in SAYING_SO if slug != SCRIPT])
def test_a_module_that_says_so_gives_the_same_in_pieces(slug: str, tmp_path: Path) -> None:
    spec, table = catalog()[slug], many()
    values = inputs_of(spec, table, tmp_path)
    params = CHOICES.get(slug, {})
    port = next(p.name for p in spec.inputs if p.type == "table")
    whole = call_module(slug, params, values)
    cut = call_module(slug, params, values, Cut(port, tmp_path))
    assert told(cut.values()) == told(whole.values())


FITTING = [slug for slug, spec in catalog().items() if spec.fits]


@pytest.mark.parametrize("slug", FITTING)
def test_what_was_learned_is_applied_the_same_in_pieces(slug: str, tmp_path: Path) -> None:
    spec, table = catalog()[slug], PARTED if slug == "fisher-linear-discriminant-analysis" else many()
    values = {port.name: table for port in spec.inputs if port.type == "table" and not port.optional}
    made = call_module(slug, CHOICES.get(slug, {}), values)
    learned = next(value for value in made.values() if isinstance(value, Transform))
    given: dict[str, Value] = {"transformation": learned, "dataset": table}
    whole = call_module("apply-transformation", {}, given)
    cut = call_module("apply-transformation", {}, given, Cut("dataset", tmp_path))
    assert told(cut.values()) == told(whole.values())


def inputs_of(spec: ModuleSpec, table: Table, folder: Path) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for port in spec.inputs:
        if port.optional:
            continue
        if port.type == "table":
            found[port.name] = table
        elif port.type == "model" and "vowpal" not in spec.slug:
            found[port.name] = model_for(spec.slug)
        else:
            found[port.name] = given_or_example(spec, port.name, port.type, folder)
    return found


def given_or_example(spec: ModuleSpec, port: str, kind: str, folder: Path) -> Value:
    if kind == "transform":
        return Transform()
    made = GIVEN.get(spec.slug, {}).get(port)
    return made() if made else EXAMPLES[kind](folder)


def test_a_script_is_called_for_each_piece_and_its_rows_stay_in_order(tmp_path: Path) -> None:
    script = (
        "print('top')\nsizes = []\ndef azureml_main(df):\n    sizes.append(len(df))\n"
        "    df['y'] = df['x'] * 2\n    df['n'] = len(df)\n    return df[df['x'] != 3],\n"
    )
    place = progress.lead_to(before := ctypes.c_double())
    try:
        made = run(script, Table.of(x=[1, 2, 3, 4, 5]), tmp_path)
    finally:
        progress.lead_to(place)
    assert frame_of(made) == {"x": [1, 2, 4, 5], "y": [2, 4, 8, 10], "n": [2, 2, 2, 1]}
    assert before.value == 1.0


def test_a_script_that_says_nothing_gets_the_whole_table(tmp_path: Path) -> None:
    script = "def azureml_main(df):\n    df['n'] = len(df)\n    return df,\n"
    table = Table.of(x=[1, 2, 3, 4, 5])
    assert set(frame_of(run(script, table, tmp_path, row_by_row=False))["n"]) == {5}
    assert set(frame_of(run(script, table, tmp_path, api="classic"))["n"]) == {5}
    assert set(frame_of(run(script, Table.of(x=[1, 2]), tmp_path))["n"]) == {2}


def test_a_piece_comes_to_pandas_as_the_whole_would(tmp_path: Path) -> None:
    """Whether a number is missing in it or not: 1 is 1.0 in all, and true is an object in all."""
    line = "df['s'] = df['x'].astype(str) + ' ' + str(df['b'].dtype)"
    script = f"def azureml_main(df):\n    {line}\n    return df,\n"
    table = Table.of(x=[1, 2, None, 4], b=[True, False, None, True])
    whole = call_module(SCRIPT, {"script": script}, {"dataset1": table})
    assert frame_of(run(script, table, tmp_path)) == frame_of(whole)
    assert told([run(script, table, tmp_path)["result_dataset"]]) == told([whole["result_dataset"]])
    big = Table.of(x=[1, 2, None, 2**60])
    script = "def azureml_main(df):\n    df['t'] = str(df['x'].dtype)\n    return df,\n"
    assert frame_of(run(script, big, tmp_path))["t"] == ["Int64"] * 4


def test_a_column_that_is_passed_on_is_not_written_again(tmp_path: Path) -> None:
    columns = (
        Column("x", pa.chunked_array([[1, 2, 3]]), origin="a" * 64),
        Column("z", pa.chunked_array([["a", None, "b"]], pa.large_string()), origin="b" * 64),
    )
    script = "def azureml_main(df):\n    df['x'] = df['x'] + 1\n    return df.rename(columns={'z': 'w'}),\n"
    made = run("def azureml_main(df):\n    df['y'] = 1\n    return df,\n", Table(columns, 3), tmp_path)
    table = made["result_dataset"]
    assert isinstance(table, Table)
    assert [c.origin for c in table] == ["a" * 64, "b" * 64, None]
    half = "def azureml_main(df):\n    return df[df['x'] < 3],\n"
    filtered = run(half, Table(columns, 3), tmp_path)["result_dataset"]
    assert isinstance(filtered, Table)
    assert [c.origin for c in filtered] == [None, None]
    renamed = run(script, Table(columns, 3), tmp_path)["result_dataset"]
    assert isinstance(renamed, Table)
    assert renamed.column("x").origin is None


TYPES = [
    ("1 if x < 3 else 1.5", "float", [1.0, 1.0, 1.5, 1.5]),
    ("None if x < 3 else 'a'", "string", [None, None, "a", "a"]),
    ("pd.NaT if x < 3 else pd.Timestamp('2020-01-01')", "datetime", None),
]


@pytest.mark.parametrize(("value", "type", "wanted"), TYPES)
def test_types_of_pieces_become_one(value: str, type: str, wanted: list[Any] | None, tmp_path: Path) -> None:
    lines = f"    x = df['x'][0]\n    df['y'] = {value}\n"
    script = f"import pandas as pd\ndef azureml_main(df):\n{lines}    return df,\n"
    table = run(script, Table.of(x=[1, 2, 3, 4]), tmp_path)["result_dataset"]
    assert isinstance(table, Table)
    assert table.column("y").type == type
    assert wanted is None or table.column("y").data.to_pylist() == wanted


def test_categories_of_pieces_are_united(tmp_path: Path) -> None:
    script = "def azureml_main(df):\n    df['c'] = df['s'].astype('category')\n    return df,\n"
    table = run(script, Table.of(s=["a", "b", "c", "a", None]), tmp_path)["result_dataset"]
    assert isinstance(table, Table)
    assert (table.column("c").type, table.column("c").data.to_pylist()) == (
        "categorical",
        ["a", "b", "c", "a", None],
    )


REFUSED = [
    (
        "df['y'] = 1 if df['x'][0] < 3 else 'a'",
        "column 'y' is integer in rows 1 to 2, and string in rows 3 to 4",
    ),
    (
        "df['y' + str(df['x'][0])] = 1",
        "The columns are 'x', 'y3' in rows 3 to 4, and 'x', 'y1' in rows 1 to 2",
    ),
    ("return df, object()", "in rows 1 to 2 it left a model"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_what_does_not_go_together_is_refused_in_a_sentence(line: str, said: str, tmp_path: Path) -> None:
    script = f"def azureml_main(df):\n    {line}\n    return df,\n"
    with pytest.raises(ModuleError, match=said):
        run(script, Table.of(x=[1, 2, 3, 4]), tmp_path)


def test_an_error_says_in_which_rows_it_was(tmp_path: Path) -> None:
    script = (
        "def azureml_main(df):\n    if df['x'][0] == 3:\n        raise ValueError('no')\n    return df,\n"
    )
    with pytest.raises(ValueError, match="no") as raised:
        run(script, Table.of(x=[1, 2, 3, 4]), tmp_path)
    assert "rows 3 to 4 of 4" in raised.value.__notes__[0]


def test_pieces_without_rows_keep_the_columns(tmp_path: Path) -> None:
    script = "def azureml_main(df):\n    return df[df['x'] > {}],\n"
    table = Table.of(x=[1, 2, 3, 4])
    assert frame_of(run(script.format(9), table, tmp_path)) == {"x": []}
    assert frame_of(run(script.format(2), table, tmp_path)) == {"x": [3, 4]}


def test_the_size_of_a_piece_follows_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "FEWEST", 10)
    monkeypatch.setattr(pieces, "MOST", 1000)
    monkeypatch.setattr(pieces, "BYTES", 8_000)
    one = Column("a", pa.chunked_array([pa.array(range(2000))]))
    assert pieces.piece_rows(Table((one,), 2000)) == 1000
    assert pieces.piece_rows(Table(tuple(replace(one, name=str(n)) for n in range(4)), 2000)) == 250
    assert pieces.piece_rows(Table(tuple(replace(one, name=str(n)) for n in range(4000)), 2000)) == 10


def test_a_table_that_is_the_same_for_all_pieces_comes_to_each_as_it_was(tmp_path: Path) -> None:
    line = "b.loc[0, 'k'] += 1\n    a['k'] = b['k'][0]"
    script = f"def azureml_main(a, b):\n    {line}\n    return a,\n"
    values: dict[str, Value] = {"dataset1": Table.of(x=[1, 2, 3, 4]), "dataset2": Table.of(k=[10])}
    made = call_module(SCRIPT, {"script": script, "row_by_row": True}, values, Cut("dataset1", tmp_path))
    assert frame_of(made)["k"] == [11, 11, 11, 11]


def test_a_process_that_a_script_forks_ends_where_it_comes_back(tmp_path: Path) -> None:
    lines = "    if not os.fork():\n        df['x'] = -1\n    else:\n        os.wait()\n"
    script = f"import os\ndef azureml_main(df):\n{lines}    return df,\n"
    assert frame_of(run(script, Table.of(x=[1, 2, 3, 4]), tmp_path)) == {"x": [1, 2, 3, 4]}
