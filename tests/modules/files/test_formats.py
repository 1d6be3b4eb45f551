"""Files other than CSV: what each format says of types is kept."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from modules.files import jsonl
from modules.files.formats import ALL, FORMATS
from modules.files.kinds import guess
from modules.files.read import read
from modules.files.reading import Reading
from modules.look.exports import export
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Table


def upload(kind: str, content: str | bytes, folder: Path) -> Table:
    file = folder / "upload"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read(kind, file, "mine")
    assert isinstance(table, Table)
    return table


def shown(table: Table) -> dict[str, tuple[str, list]]:
    return {column.name: (column.type, column.data.to_pylist()) for column in table}


def test_every_format_has_a_reader_a_name_and_endings_of_its_own() -> None:
    assert len(FORMATS) == len(ALL)
    endings = [ending for format in ALL for ending in format.endings]
    assert len(set(endings)) == len(endings)
    for format in ALL:
        assert callable(format.reader())
        assert set(format.settings) <= set(Reading.model_fields)
        assert guess(f"x{format.endings[0]}", format.magic[0] if format.magic else b"") == format.name


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModuleError, match="'docx' is not a file type; known are csv"):
        upload("docx", "x", tmp_path)


def test_arff(tmp_path: Path) -> None:
    text = (
        "% weather\n@relation w\n@attribute 'wind speed' numeric\n@attribute n integer\n"
        "@attribute sky {sunny, 'half clouded', rain}\n@attribute note string\n"
        "@attribute day date 'yyyy-MM-dd'\n@data\n"
        "1.5,3,sunny,'hi, you','2024-01-01'\r\n?,?,?,?,?\n2,1,'half clouded',x,'2024-01-02'\n"
    )
    table = upload("arff", text, tmp_path)
    assert shown(table) == {
        "wind speed": ("float", [1.5, None, 2.0]),
        "n": ("integer", [3, None, 1]),
        "sky": ("categorical", ["sunny", None, "half clouded"]),
        "note": ("string", ["hi, you", None, "x"]),
        "day": ("datetime", [dt.datetime(2024, 1, 1), None, dt.datetime(2024, 1, 2)]),
    }
    assert table.frame()["sky"].cat.categories.tolist() == ["sunny", "half clouded", "rain"]


def test_sparse_arff(tmp_path: Path) -> None:
    text = "@relation t\n@attribute a numeric\n@attribute c {x,y}\n@data\n{0 3}\n{1 y}\n"
    assert shown(upload("arff", text, tmp_path)) == {
        "a": ("float", [3, 0]),
        "c": ("categorical", ["x", "y"]),
    }


def test_what_sparse_arff_leaves_out(tmp_path: Path) -> None:
    text = (
        "@relation t\n@attribute n integer\n@attribute s string\n@attribute k {x,y}\n@attribute d date\n"
        '@data\n% first\n{0 3, 1 "0"}\n{2 y}\n{1 ?, 3 2020-01-02}\n'
    )
    assert shown(upload("arff", text, tmp_path)) == {
        "n": ("integer", [3, 0, 0]),
        "s": ("string", ["0", None, None]),
        "k": ("categorical", ["x", "y", "x"]),
        "d": ("datetime", [None, None, dt.datetime(2020, 1, 2)]),
    }


@pytest.mark.parametrize(
    ("pattern", "said", "moment"),
    [
        ("dd/MM/yyyy", "01/02/2020", dt.datetime(2020, 2, 1)),
        ("MM/dd/yy HH:mm:ss", "12/31/19 10:05:07", dt.datetime(2019, 12, 31, 10, 5, 7)),
        ("EEE, d MMM yyyy h:mm a", "Tue, 31 Dec 2019 1:05 PM", dt.datetime(2019, 12, 31, 13, 5)),
        ("yyyyMMdd", "20191231", dt.datetime(2019, 12, 31)),
        (
            "yyyy-MM-dd\\'T\\'HH:mm:ss.SSS",
            "2019-12-31T10:05:07.250",
            dt.datetime(2019, 12, 31, 10, 5, 7, 250000),
        ),
        ("yyyy-dd-MM", "2019-02-01", dt.datetime(2019, 1, 2)),
    ],
)
def test_dates_of_arff_are_read_by_their_pattern(
    pattern: str, said: str, moment: dt.datetime, tmp_path: Path
) -> None:
    text = f"@relation t\n@attribute 'a day' date '{pattern}'\n@data\n'{said}'\n?\n"
    assert shown(upload("arff", text, tmp_path)) == {"a day": ("datetime", [moment, None])}


@pytest.mark.parametrize(
    ("pattern", "said", "note"),
    [
        ("dd/MM/yyyy", "1/31/2019", "'1/31/2019' does not fit its date pattern 'dd/MM/yyyy' in line 4"),
        ("HH:mm", "10:05", "its date pattern 'HH:mm' has no year"),
        ("ww yyyy", "01 2020", "'ww' in its date pattern 'ww yyyy' is not known here"),
    ],
)
def test_dates_of_arff_that_fit_no_pattern_stay_text(
    pattern: str, said: str, note: str, tmp_path: Path
) -> None:
    text = f'@relation t\n@attribute d date "{pattern}"\n@data\n"{said}"\n'
    column = upload("arff", text, tmp_path).column("d")
    assert (column.data.to_pylist(), column.note) == ([said], f"{note}, so it is text")


def test_numbers_in_arff_are_exact_or_text(tmp_path: Path) -> None:
    text = (
        "@relation\tw\n@attribute\tid\tinteger\n@attribute big numeric\n@attribute both real\n"
        "@attribute 'half whole' INTEGER\n@attribute huge integer\n@data\n% a comment\n"
        "9007199254740993,1234567890123456789,1.5,3,18446744073709551617\n-1,?,9007199254740993,2.5,1\n"
    )
    table = upload("arff", text, tmp_path)
    assert shown(table) == {
        "id": ("integer", [9007199254740993, -1]),
        "big": ("integer", [1234567890123456789, None]),
        "both": ("string", ["1.5", "9007199254740993"]),
        "half whole": ("float", [3.0, 2.5]),
        "huge": ("string", ["18446744073709551617", "1"]),
    }
    assert "no type of number holds each" in (table.column("both").note or "")


def test_svmlight(tmp_path: Path) -> None:
    assert shown(upload("svmlight", "1 1:0.5 3:2 # a comment\n-1 2:1\n", tmp_path)) == {
        "Label": ("integer", [1, -1]),
        "Col1": ("float", [0.5, 0]),
        "Col2": ("float", [0, 1]),
        "Col3": ("float", [2, 0]),
    }
    ranked = upload("svmlight", "1.5 qid:3 1:0.5\n", tmp_path)
    assert ranked.names == ["Label", "QueryId", "Col1"]


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


def test_decimals_are_exact_or_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "price": pa.array([Decimal("2.55"), None], pa.decimal128(10, 2)),
            "wide": pa.array([Decimal("0.1"), Decimal("123456.789")], pa.decimal128(38, 18)),
            "exact": pa.array([Decimal("12345678901234567890.123"), None], pa.decimal128(38, 3)),
        }
    )
    pq.write_table(table, tmp_path / "p")
    assert shown(read("parquet", tmp_path / "p", "p")) == {
        "price": ("float", [2.55, None]),
        "wide": ("float", [0.1, 123456.789]),
        "exact": ("string", ["12345678901234567890.123", None]),
    }


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("the data")
    for row in (
        ["n", "n", None, "day", "code", "mixed", "flag"],
        [1, 1.5, "x", dt.date(2024, 1, 1), "007", 1, True],
        [None, None, "y", dt.datetime(2024, 1, 2, 3), "8", "oops", None],
        [3, 2, None, None, None, 3, False],
    ):
        book["the data"].append(row)
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "n": ("integer", [1, None, 3]),
        "n (2)": ("float", [1.5, None, 2]),
        "Col3": ("string", ["x", "y", None]),
        "day": ("datetime", [dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2, 3), None]),
        "code": ("string", ["007", "8", None]),
        "mixed": ("string", ["1", "oops", "3"]),
        "flag": ("boolean", [True, None, False]),
    }
    assert (
        table.column("mixed").note == "1 of 3 values is not a number (it is 'oops' in line 3), so it is text"
    )


WORDS = ["NA", "nan", "None", "n/a", "null", "#N/A", "007", "x"]


def test_text_cells_stay_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, word in enumerate(["words", *WORDS]):
        book.active.append([None, at or "among"])
        book.active.cell(at + 1, 1, word).data_type = "s"
    book.active["B3"], book.active["B4"] = "NA", None
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "words": ("string", WORDS),
        "among": ("string", ["1", "NA", None, "4", "5", "6", "7", "8"]),
    }
    assert table.column("among").note == "1 of 7 values is not a number (it is 'NA' in line 3), so it is text"
    export(table, "xlsx", tmp_path / "again")
    assert shown(read("xlsx", tmp_path / "again", "again.xlsx")) == shown(table)


def test_an_error_in_a_cell_is_missing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["n"], [1], ["#DIV/0!"], [3]):
        book.active.append(row)
    book.save(tmp_path / "book")
    assert shown(read("xlsx", tmp_path / "book", "book.xlsx")) == {"n": ("integer", [1, None, 3])}


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


def test_formulas_without_results_are_missing_and_say_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        [None, "a", "b", "c"],
        [None, 1, "=B2+1", None],
        [None, 2, "=B3+1", "x"],
        [None, 3, 5, "=C2"],
    ):
        book.active.append(row)
    book.save(tmp_path / "book")  # openpyxl writes formulas, and does not compute them
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "a": ("integer", [1, 2, 3]),
        "b": ("integer", [None, None, 5]),
        "c": ("string", [None, "x", None]),
    }
    advice = "no result in the file: open it in a spreadsheet, which computes it, and save it again"
    assert [column.note for column in table] == [None, f"2 formulas have {advice}", f"1 formula has {advice}"]


def test_merged_cells_say_where_their_value_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b", "c"], [1, 2, 3], [None, 4, None], [5, None, 6], [7, 8, 9]):
        book.active.append(row)
    for merged in ("A2:A3", "A4:B4", "C1:C1"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    told = "1 merged cell has its value in its first row and column only"
    assert [column.note for column in table] == [told, told, None]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "i": pd.array([1, None], dtype="Int64"),
            "small": pd.array([1, 2], dtype="int8"),
            "c": pd.Categorical(["a", "b"], ["b", "a"], ordered=True),
            "when": pd.to_datetime(["2024-01-01", None], utc=True),
        }
    )
    frame.to_parquet(tmp_path / "p")
    pd.testing.assert_frame_equal(read("parquet", tmp_path / "p", "p").frame(), frame)
    pq.write_table(pa.table({"l": [[1], None], "s": [{"k": 1}, None]}), tmp_path / "p")
    assert shown(read("parquet", tmp_path / "p", "p")) == {
        "l": ("string", ["[1]", None]),
        "s": ("string", ['{"k": 1}', None]),
    }


def test_plain_text_is_a_row_a_line(tmp_path: Path) -> None:
    assert shown(upload("text", "one, two\r\n\n 3\n", tmp_path)) == {
        "text": ("string", ["one, two", "", " 3"])
    }
    assert shown(upload("text", "a\nb", tmp_path)) == {"text": ("string", ["a", "b"])}


PROTECTED = (
    bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 90
)
"""As much of a workbook with a password as tells it from an old Office document."""

FAULTS = [
    (
        "arff",
        "@relation t\n@attribute a numeric\n@data\n1\nabc\n",
        5,
        "Line 5: a is 'abc', which is not a number",
    ),
    ("arff", "@relation t\n@attribute c {x,y}\n@data\nq\n", 4, "Data value q not found"),
    ("arff", "a,b\n1,2\n", 2, "breaks a rule of ARFF"),
    ("svmlight", "1 1:0.5\nabc def\n", 2, "Line 2 is not 'label index:value"),
    ("svmlight", "1 3:1 2:2\n", 1, "growing indexes"),
    ("svmlight", "1 1000000:1\n", None, "at most 50,000 features"),
    ("csv", "<!DOCTYPE html><p>Sign in, please", None, "This is a web page"),
    ("csv", "Sales\na,b\n1,2\n", 2, "lines above the header must be skipped"),
    ("jsonl", '{"a": 1}\n{"a": 2\n', 2, "Line 2 is not JSON"),
    ("jsonl", "[1, 2]\n", 1, "Line 1 is not a JSON object"),
    ("jsonl", "\n\n", None, "only empty ones"),
    ("xlsx", "a,b\n", None, "not an Excel workbook"),
    ("xlsx", PROTECTED, None, "It is encrypted: a password protects it; open it in Excel"),
    ("xlsx", "", None, "The file is empty"),
    ("parquet", "PAR1 not really", None, "not a Parquet file"),
    ("zip", "not a zip", None, "This is not a zip file"),
    ("text", b"\x00\x01\x02" * 50, 1, "not a text file"),
]


@pytest.mark.parametrize(("kind", "content", "line", "sentence"), FAULTS)
def test_a_fault_is_named_with_its_line(kind, content, line, sentence, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=sentence) as caught:
        upload(kind, content, tmp_path)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.CSV", b"", "csv"),
        ("a.nh.csv", b"", "csv-no-header"),
        ("a.tsv", b"", "tsv"),
        ("a.txt", b"", "text"),
        ("a", b"PK\x03\x04..xl/workbook", "xlsx"),
        ("a", b"PK\x03\x04", "zip"),
        ("a", b"PAR1\x15\x04", "parquet"),
        ("sales.csv", b"PAR1\x15\x04", "parquet"),
        ("sales.csv", b"PAR1,PAR2\n1,2\n", "csv"),
        ("sales.csv", b"PK\x03\x04..xl/workbook", "xlsx"),
        ("sales.xls", b"\xd0\xcf\x11\xe0\xa1", "xlsx"),
        ("sales.xls", b"a\tb\n1\t2\n", "tsv"),
        ("sales.xlsx", b"a;b\n1;2\n", "csv"),
        ("book.xlsx", b"PK\x03\x04", "xlsx"),
        ("bundle.zip", b"PK\x03\x04..xl/workbook", "zip"),
        ("a", b"% c\n@RELATION x", "arff"),
        ("a", b'{"a": 1}\n', "jsonl"),
        ("a", b"a;b\n1;2\n1", "csv"),
        ("a", b"a\tb\n1\t2\n", "tsv"),
        ("a", b"Dear reader,\nhow are you?\n", "csv"),
        ("a", b"hello\n", "text"),
    ],
)
def test_a_kind_is_guessed(name: str, head: bytes, kind: str) -> None:
    assert guess(name, head) == kind


FRAME = {"n": [1, None, 3], "t": ["a", "ü", None], "b": [True, False, None]}


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_feather_keeps_its_types(compression: str, tmp_path: Path) -> None:
    feather.write_feather(pa.table(FRAME), tmp_path / "x.feather", compression=compression)
    table = read("arrow", tmp_path / "x.feather", "x.feather")
    assert {column.name: column.data.to_pylist() for column in table} == FRAME
    assert [column.type for column in table] == ["integer", "string", "boolean"]


def test_an_arrow_stream_is_read_too(tmp_path: Path) -> None:
    with (
        pa.OSFile(str(tmp_path / "x"), "wb") as sink,
        pa.ipc.new_stream(sink, pa.table(FRAME).schema) as stream,
    ):
        stream.write_table(pa.table(FRAME))
    assert read("arrow", tmp_path / "x", "x.arrow").names == ["n", "t", "b"]


def test_a_damaged_arrow_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"ARROW1\0\0" + b"junk" * 50)
    with pytest.raises(FileError, match="not an Arrow or Feather file, or it is damaged"):
        read("arrow", tmp_path / "x", "x.arrow")


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


@pytest.mark.parametrize("packed", ["gzip", "zstd"])
def test_packed_files_are_known_by_what_is_in_them(packed: str) -> None:
    head = pa.compress(b"a\tb\n1\t2\n", packed, asbytes=True)
    assert guess("export.gz", head) == "tsv"
    assert guess("export.nh.csv.zst", head) == "csv-no-header"


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


def test_an_index_that_pandas_wrote_has_a_name(tmp_path: Path) -> None:
    pd.DataFrame({"x": [1, 2]}, index=["a", "b"]).to_parquet(tmp_path / "x")
    assert shown(read("parquet", tmp_path / "x", "x")) == {
        "x": ("integer", [1, 2]),
        "index": ("string", ["a", "b"]),
    }


SPACED = b" 0.1  2 3\n10.5 20 30.5\n 1 2 3\n"


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.svm", b"1 1:2\n", "svmlight"),
        ("a.dat", b"+1 1:2 3:4 # x\n-1 2:1\n", "svmlight"),
        ("housing.data", SPACED, "csv-no-header"),
        ("a.dat", b"x y\n" + SPACED.replace(b" 3", b"").replace(b" 30.5", b""), "csv"),
        ("letter.dat", b"Dear all\nsee you\nthen now\n", "text"),
    ],
)
def test_a_kind_is_guessed_from_blanks_and_pairs(name: str, head: bytes, kind: str) -> None:
    assert guess(name, head) == kind


def test_values_with_blanks_between_them(tmp_path: Path) -> None:
    assert shown(upload("csv-no-header", SPACED, tmp_path)) == {
        "Col1": ("float", [0.1, 10.5, 1.0]),
        "Col2": ("integer", [2, 20, 2]),
        "Col3": ("float", [3.0, 30.5, 3.0]),
    }


def test_codes_that_look_like_numbers_are_told(tmp_path: Path) -> None:
    table = upload("csv", "id,x\n123456,1e5\n\n557e92,2.5\n1E34,1\n", tmp_path)
    assert table.column("id").data.to_pylist() == [123456.0, 557e92, 1e34]
    assert table.column("id").note == (
        "'557e92' in line 4 was read as the number 5.57e+94; if these are codes, choose text"
    )
    assert table.column("x").note is None


def test_numbers_with_signed_exponents_are_no_codes(tmp_path: Path) -> None:
    column = upload("csv", "x\n1E5\n2E-3\n", tmp_path).column("x")
    assert (column.data.to_pylist(), column.note) == ([1e5, 2e-3], None)


def test_heads_of_a_workbook_are_as_they_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([2019, 0.5, dt.date(2020, 1, 31), "x"], [1, 2, 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "book")
    assert read("xlsx", tmp_path / "book", "book.xlsx").names == ["2019", "0.5", "2020-01-31", "x"]
