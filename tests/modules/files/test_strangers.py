"""Odd CSVs, after what pandas, DuckDB, csvkit and csv-spectrum describe in their test suites."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from modules.files.read import read
from modules.sdk.errors import FileError

ODD = {
    "csv-spectrum: quotes and newlines": (
        'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
        {"a": [1, 3], "b": ['ha \n"ha" \nha', "4"]},
    ),
    "csv-spectrum: JSON in a value": (
        'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
        {"key": [1], "val": ['{"type": "Point", "coordinates": [102.0, 0.5]}']},
    ),
    "csv-spectrum: empty values, CRLF": (
        'a,b,c\r\n1,"",""\r\n2,3,4\r\n',
        {"a": [1, 2], "b": [None, 3], "c": [None, 4]},
    ),
    "DuckDB: separator in quotes": ('a;b\n"x;y";1\nz;2\n', {"a": ["x;y", "z"], "b": [1, 2]}),
    "DuckDB: quoted names with line ends": ('"first\nname",b\nx,1\n', {"first\nname": ["x"], "b": [1]}),
    "DuckDB: a type that breaks late": (
        "a\n" + "1\n" * 30_000 + "x\n",
        {"a": ["1"] * 30_000 + ["x"]},
    ),
    "DuckDB: mixed line ends": ("a,b\n1,2\r\n3,4\n", {"a": [1, 3], "b": [2, 4]}),
    "DuckDB: blank lines within": ("a,b\n\n1,2\n\n\n3,4\n\n", {"a": [1, 3], "b": [2, 4]}),
    "DuckDB: control character as separator": ("a\x01b\n1\x012\n", {"a": [1], "b": [2]}),
    "DuckDB: date that no calendar has": ("d\n2023-02-29\n", {"d": ["2023-02-29"]}),
    "DuckDB: leap day": ("d\n2024-02-29\n", {"d": [dt.datetime(2024, 2, 29)]}),
    "pandas: no line end at the end": ("a,b\n1,2", {"a": [1], "b": [2]}),
    "pandas: BOM before a quoted name": ('\ufeff"a",b\n1,2\n', {"a": [1], "b": [2]}),
    "pandas: old Macs": ("a,b\r1,2\r3,4\r", {"a": [1, 3], "b": [2, 4]}),
    "pandas: thousands stay text": ('a\n"1,000"\n"2,500"\n', {"a": ["1,000", "2,500"]}),
    "pandas: integers with a gap": ("a,b\n1,x\n,y\n3,z\n", {"a": [1, None, 3], "b": ["x", "y", "z"]}),
    "pandas: float that needs 17 digits": ("a\n0.30000000000000004\n", {"a": [0.30000000000000004]}),
    "pandas: larger than 64 bits": (
        "a\n18446744073709551616\n1\n",
        {"a": ["18446744073709551616", "1"]},
    ),
    "pandas: names twice": ("a,a,a (2)\n1,2,3\n", {"a": [1], "a (3)": [2], "a (2)": [3]}),
    "csvkit: phone numbers": ("p\n+1 212 555 0100\n0049301234\n", {"p": ["+1 212 555 0100", "0049301234"]}),
    "csvkit: postcodes": ("z\n02134\n10001\n", {"z": ["02134", "10001"]}),
    "csvkit: yes and no stay words": ("a\nyes\nno\n", {"a": ["yes", "no"]}),
    "csvkit: 0 and 1 stay numbers": ("a\n0\n1\n", {"a": [0, 1]}),
    "csvkit: times of day stay text": ("t\n08:15\n23:59:59\n", {"t": ["08:15", "23:59:59"]}),
    "csvkit: American dates stay text": ("d\n01/02/2024\n", {"d": ["01/02/2024"]}),
    "csvkit: only one column": ("word\nalpha\nbeta\n", {"word": ["alpha", "beta"]}),
    "spreadsheets: error values": ("a\n#N/A\n#DIV/0!\n", {"a": [None, "#DIV/0!"]}),
    "spreadsheets: cards of 16 digits": ("c\n4111111111111111\n", {"c": [4111111111111111]}),
    "spreadsheets: formulas stay text": ("f\n=1+1\n@SUM(A1)\n", {"f": ["=1+1", "@SUM(A1)"]}),
    "one letter of four bytes": ("a,b\n😀,1\n", {"a": ["😀"], "b": [1]}),
    "versions are no numbers": ("v\n1.10\n1.2.3\n", {"v": ["1.10", "1.2.3"]}),
    "exponents of identifiers": ("id\n1e5\n2A7\n", {"id": ["1e5", "2A7"]}),
    "digits of other scripts": ("a\n１２\n３\n", {"a": ["１２", "３"]}),
}


@pytest.mark.parametrize("name", ODD)
def test_a_stranger_s_file_arrives_as_it_was_meant(name: str, tmp_path: Path) -> None:
    content, expected = ODD[name]
    (tmp_path / "odd.csv").write_bytes(content.encode())
    table = read("csv", tmp_path / "odd.csv", "odd.csv")
    assert {column.name: column.data.to_pylist() for column in table} == expected


REFUSED = {
    "ragged, too long": ("a,b\n1,2\n1,2,3\n", 3, 3),
    "ragged, too short": ("a,b,c\n1,2,3\n1,2\n", 3, 3),
    "a title above the header": ("Sales 2024\na,b\n1,2\n", 2, 2),
    "a quote that stays open": ('a,b\n1,"2\n3,4\n', 2, None),
    "binary in the middle": ("a,b\n1,\x00\n", 2, None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    content, line, column = REFUSED[name]
    (tmp_path / "odd.csv").write_bytes(content.encode())
    with pytest.raises(FileError) as caught:
        read("csv", tmp_path / "odd.csv", "odd.csv")
    assert (caught.value.line, caught.value.column) == (line, column)
