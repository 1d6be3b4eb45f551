"""ARFF and SVMlight."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.modules.files.uploads import shown, upload


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
