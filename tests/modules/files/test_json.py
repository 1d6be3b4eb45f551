"""JSON and JSON lines: what they say of types is kept."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from modules.files import jsonl
from modules.files.read import read
from modules.sdk.errors import FileError
from modules.sdk.values import Table
from tests.modules.files.uploads import shown, upload


def test_json_lines(tmp_path: Path) -> None:
    text = (
        '{"a": 1, "b": "007", "day": "2024-01-01", "big": 9007199254740993}\n'
        '{"a": 2.5, "c": [1, {"k": "ü"}]}\n\n{"a": null, "b": null, "big": 1}\n'
    )
    assert shown(upload("jsonl", text, tmp_path)) == {
        "a": ("float", [1, 2.5, None]),
        "b": ("string", ["007", None, None]),
        "day": ("datetime", [dt.datetime(2024, 1, 1), None, None]),
        "big": ("integer", [9007199254740993, None, 1]),
        "c": ("string", [None, '[1, {"k": "ü"}]', None]),
    }


def test_json_lines_of_mixed_values_become_text_and_say_so(tmp_path: Path) -> None:
    column = upload("jsonl", '{"a": 1}\n{"a": "x"}\n{"a": 3}\n', tmp_path).column("a")
    assert column.data.to_pylist() == ["1", "x", "3"]
    assert column.note == "mixed objects (2 int, 1 str) become text"


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_numbers_in_json_are_exact_or_text(kind: str, tmp_path: Path) -> None:
    rows = [
        '{"id": 1234567890123456789, "x": 1e400, "long": 1}',
        '{"id": 1.5, "x": 2.5, "long": ' + "9" * 5000 + "}",
    ]
    text = "\n".join(rows) if kind == "jsonl" else f"[{','.join(rows)}]"
    table = upload(kind, text, tmp_path)
    assert shown(table) == {
        "id": ("string", ["1234567890123456789", "1.5"]),
        "x": ("string", ["1e400", "2.5"]),
        "long": ("string", ["1", "9" * 5000]),
    }
    assert table.column("id").note == "whole numbers too long for a float, among fractions, become text"


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv"])
def test_a_zone_is_kept_and_zones_in_some_make_it_text(kind: str, tmp_path: Path) -> None:
    def written(*moments: str) -> str:
        rows = [{"a": at, "t": moment, "z": "x"} for at, moment in enumerate(moments)]
        if kind == "csv":
            return "a,t,z\n" + "".join(f"{row['a']},{row['t']},x\n" for row in rows)
        return json.dumps(rows) if kind == "json" else "".join(json.dumps(row) + "\n" for row in rows)

    table = upload(kind, written("2020-01-01T00:30:00+02:00", "2020-01-02T00:30:00Z"), tmp_path)
    assert table.names == ["a", "t", "z"]
    assert table.column("t").data.to_pylist() == [
        dt.datetime(2019, 12, 31, 22, 30, tzinfo=dt.UTC),
        dt.datetime(2020, 1, 2, 0, 30, tzinfo=dt.UTC),
    ]
    texts = ["2020-01-01T00:30:00+02:00", "2020-01-02T00:30:00"]
    column = upload(kind, written(*texts), tmp_path).column("t")
    assert (column.type, column.data.to_pylist()) == ("string", texts)
    where = {"jsonl": " in line 2", "json": "", "csv": " in line 3"}[kind]
    assert column.note == (
        f"1 of 2 dates has a time zone and the others have none (the first of these is '{texts[1]}'{where}), "
        "so it is text"
    )


def test_dates_far_down_in_json_lines_are_dates_in_their_place(tmp_path: Path) -> None:
    many = 20_000
    lines = '{"z": "x", "t": "2020-01-01"}\n' * many + '{"new": "2020-01-01T10:00:00Z", "t": "2020-01-05"}\n'
    table = upload("jsonl", lines, tmp_path)
    assert [(column.name, column.type) for column in table] == [
        ("z", "string"), ("t", "datetime"), ("new", "datetime"),
    ]  # fmt: skip
    assert table.column("new").data[many].as_py() == dt.datetime(2020, 1, 1, 10, tzinfo=dt.UTC)


def test_words_for_missing_stay_text_among_dates_of_json(tmp_path: Path) -> None:
    assert shown(upload("jsonl", '{"d":"2020-01-01"}\n{"d":"NA"}\n', tmp_path)) == {
        "d": ("string", ["2020-01-01", "NA"])
    }
    assert shown(upload("jsonl", '{"d":"2020-01-01"}\n{"d":""}\n{}\n', tmp_path)) == {
        "d": ("datetime", [dt.datetime(2020, 1, 1), None, None])
    }


JSONS = [
    '[{"n": 1, "t": "a"}, {"n": 2}]',
    '{"n": [1, 2], "t": ["a", null]}',
    '{"columns": ["n", "t"], "index": [0, 1], "data": [[1, "a"], [2, null]]}',
    '{"count": 2, "results": [{"n": 1, "t": "a"}, {"n": 2, "t": null}]}',
]


@pytest.mark.parametrize("content", JSONS)
def test_json_in_its_usual_forms(content: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(content)
    table = read("json", tmp_path / "x", "x.json")
    assert {column.name: column.data.to_pylist() for column in table} == {"n": [1, 2], "t": ["a", None]}


OF_PANDAS = pd.DataFrame({"n": [1, 2], "t": ["a", None]})


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (OF_PANDAS.to_json(), {"n": [1, 2], "t": ["a", None]}),
        (OF_PANDAS[["n"]].to_json(), {"n": [1, 2]}),
        (OF_PANDAS.to_json(orient="index"), {"n": [1, 2], "t": ["a", None]}),
        (
            OF_PANDAS.set_axis(["x", "y"]).to_json(),
            {"index": ["x", "y"], "n": [1, 2], "t": ["a", None]},
        ),
        ('{"user": {"id": 1, "name": "x"}}', {"user": ['{"id": 1, "name": "x"}']}),
        ('{"a": {"x": 1}, "b": {"y": 1}}', {"a": ['{"x": 1}'], "b": ['{"y": 1}']}),
    ],
)
def test_json_as_pandas_writes_a_frame(content: str, values: dict[str, Any], tmp_path: Path) -> None:
    table = upload("json", content, tmp_path)
    assert {column.name: column.data.to_pylist() for column in table} == values


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_true_among_texts_is_spelt_as_in_json(kind: str, tmp_path: Path) -> None:
    rows = ['{"a": true, "b": true}', '{"a": "x", "b": false}', '{"a": false, "b": null}']
    table = upload(kind, "\n".join(rows) if kind == "jsonl" else f"[{','.join(rows)}]", tmp_path)
    assert shown(table) == {"a": ("string", ["true", "x", "false"]), "b": ("boolean", [True, False, None])}
    assert table.column("a").note == "mixed objects (2 bool, 1 str) become text"


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ('[{"a": 1},\n{"a": }]', 2, "Line 2 is not JSON"),
        ("[1, 2]", None, "Item 1 is not a JSON object"),
        ("7", None, "a single value, no rows"),
        ('{"a": [1], "b": [1, 2]}', None, "lists of different lengths"),
        ("[" * 100_000, None, "nested too deeply"),
        ("[]", None, "no rows"),
    ],
)
def test_json_that_is_no_table_says_why(content, line, sentence, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(content)
    with pytest.raises(FileError) as caught:
        read("json", tmp_path / "x", "x.json")
    assert sentence in caught.value.message
    assert caught.value.line == line


def test_json_lines_in_batches_are_as_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[dict] = [{"n": at, "tags": [at], "late": None, "odd": at} for at in range(11)]
    rows[7]["late"], rows[9]["odd"] = 0.5, "x"
    rows[10] |= {"new": "2024-01-01", "never": None}
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    whole = read("jsonl", tmp_path / "a.jsonl", "a.jsonl")
    monkeypatch.setattr(jsonl, "BATCH", 3)
    cut = read("jsonl", tmp_path / "a.jsonl", "a.jsonl")
    assert isinstance(whole, Table)
    assert isinstance(cut, Table)
    seen = [(column.name, column.type, column.data.to_pylist(), column.note) for column in cut]
    assert seen == [(column.name, column.type, column.data.to_pylist(), column.note) for column in whole]
    assert [column.type for column in cut] == ["integer", "string", "float", "string", "datetime", "string"]
