"""Odd CSVs, after what pandas, DuckDB, csvkit and csv-spectrum describe in their test suites."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
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
    "three line ends in one file": ("a,b\n1,2\r3,4\r\n5,6\n", {"a": [1, 3, 5], "b": [2, 4, 6]}),
    "a header and not even a line end": ("a,b", {"a": [], "b": []}),
    "a single word": ("x", {"x": []}),
    "Excel says its separator": ("sep=;\na;b\n1;2\n", {"a": [1], "b": [2]}),
    "too large for a float": ("a\n1e400\n1\n", {"a": ["1e400", "1"]}),
    "too small for a float": ("a\n1e-400\n1\n", {"a": ["1e-400", "1"]}),
    "as small as floats go": ("a\n5e-324\n0.0000000\n", {"a": [5e-324, 0.0]}),
    "ids of 19 digits": (
        "id\n9223372036854775807\n1234567890123456789\n",
        {"id": [9223372036854775807, 1234567890123456789]},
    ),
    "ids of 19 digits among fractions": (
        "x\n1.5\n1234567890123456789\n",
        {"x": ["1.5", "1234567890123456789"]},
    ),
    "names empty, in other scripts, of signs": (
        ",größe,日本,😀\n1,2,3,4\n",
        {"Col1": [1], "größe": [2], "日本": [3], "😀": [4]},
    ),
    "nothing but separators": (",,\n,,\n", {"Col1": [None], "Col2": [None], "Col3": [None]}),
    "a separator at each line's end": ("a,b,\n1,2,\n", {"a": [1], "b": [2], "Col3": [None]}),
    "a separator at the end of each row only": ("a,b\n1,2,\n3,4,\n", {"a": [1, 3], "b": [2, 4]}),
    "the same, with missing values and without a last line end": (
        'a;b\r\n"x;y";;\r\nNA;2;',
        {"a": ["x;y", None], "b": [None, 2]},
    ),
    "the same below a header of two lines": ('"a\nb",c\n1,2,\n', {"a\nb": [1], "c": [2]}),
    "the end of a text as DOS marks it": ("a,b\r\n1,2\r\n\x1a", {"a": [1], "b": [2]}),
    "a quote in the middle of a word": ('a,b\n5" pipe,1\n6" x,2\n', {"a": ['5" pipe', '6" x'], "b": [1, 2]}),
    "day zero": ("d\n0000-00-00\n2024-01-01\n", {"d": ["0000-00-00", "2024-01-01"]}),
    "a leap second": ("t\n2016-12-31T23:59:60\n", {"t": ["2016-12-31T23:59:60"]}),
    "zones for some": (
        "t\n2024-01-01T00:00:00Z\n2024-01-01T00:00:00\n",
        {"t": ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00"]},
    ),
    "hexadecimal, money, shares": ("a,b,c\n0x1F,$5,10%\n", {"a": ["0x1F"], "b": ["$5"], "c": ["10%"]}),
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
    "a separator at the end of all rows but one": ("a,b\n1,2,\n" + "3,4,\n" * 60 + "5,6\n", 2, 3),
    "a value behind the last separator of one row": ("a,b\n1,2,\n" + "3,4,\n" * 60 + "5,6,7\n", 2, 3),
    "NA behind the last separator": ("a,b\n1,2,\n" + "3,4,\n" * 60 + "5,6,NA\n", 2, 3),
    "a title above the header": ("Sales 2024\na,b\n1,2\n", 2, 2),
    "a title above a header with ;": ("Extract of May\na;b\n1;2\n", 2, 2),
    "a title above a header with |": ("Extract of May\n\na|b\n1|2\n", 3, 2),
    "two lines above a header with tabs": ("Extract\nof May\na\tb\n1\t2\n", 3, 2),
    "a quote that stays open": ('a,b\n1,"2\n3,4\n', 2, None),
    "binary in the middle": ("a,b\n1,\x00\n", 2, None),
}


def test_thousands_of_columns(tmp_path: Path) -> None:
    names = [f"c{at}" for at in range(5000)]
    rows = [",".join(map(str, range(at, at + 5000))) for at in range(20)]
    (tmp_path / "wide.csv").write_text("\n".join([",".join(names), *rows]))
    table = read("csv", tmp_path / "wide.csv", "wide.csv")
    assert [column.name for column in table] == names
    assert table.columns[-1].data.to_pylist() == list(range(4999, 5019))


def test_lines_above_the_header_are_skipped_and_still_counted(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text('Sales, "all of them"\n\na,b\n1,2\n3\n')
    with pytest.raises(FileError) as caught:
        read("csv", tmp_path / "odd.csv", "odd.csv", reading=Reading(skip=2))
    assert caught.value.line == 5
    report = Report()
    table = read(
        "csv", tmp_path / "odd.csv", "odd.csv", reading=Reading(skip=2, bad_rows="apart"), report=report
    )
    assert {column.name: column.data.to_pylist() for column in table} == {"a": [1], "b": [2]}
    assert [(row.line, row.text) for row in report.rejects] == [(5, "3")]
    with pytest.raises(FileError, match="only the 9 lines"):
        read("csv", tmp_path / "odd.csv", "odd.csv", reading=Reading(skip=9))


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    content, line, column = REFUSED[name]
    (tmp_path / "odd.csv").write_bytes(content.encode())
    with pytest.raises(FileError) as caught:
        read("csv", tmp_path / "odd.csv", "odd.csv")
    assert (caught.value.line, caught.value.column) == (line, column)


def test_what_does_not_fit_a_chosen_type_is_told_also_where_rows_end_with_a_separator(tmp_path: Path) -> None:
    said = Reading.model_validate({"columns": {"a": {"type": "integer", "name": "n"}}, "bad_rows": "apart"})
    (tmp_path / "odd.csv").write_text("a,b\n1,2,\nx,4,\n")
    report = Report()
    table = read("csv", tmp_path / "odd.csv", "odd.csv", reading=said, report=report)
    assert {column.name: column.data.to_pylist() for column in table} == {"n": [1], "b": [2]}
    assert [(row.line, row.reason) for row in report.rejects] == [(3, "n is 'x', which is not an integer")]
    with pytest.raises(FileError, match="Line 3: n is 'x'"):
        read("csv", tmp_path / "odd.csv", "odd.csv", reading=said.model_copy(update={"bad_rows": "refuse"}))


def test_a_separator_that_no_file_can_be_cut_by_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("a§b\n1§2\n")
    with pytest.raises(FileError, match="'§' cannot be the separator: only letters and signs of ASCII can"):
        read("csv", tmp_path / "odd.csv", "odd.csv", reading=Reading(delimiter="§"))


@pytest.mark.parametrize("end", ["", "\n", "\n1\n"])
def test_one_endless_line_is_no_header(end: str, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("x" * (17 << 20) + end)
    with pytest.raises(FileError, match="Line 1, the header, has a name of 17,825,792 characters"):
        read("csv", tmp_path / "odd.csv", "odd.csv")
    assert len(read("csv-no-header", tmp_path / "odd.csv", "odd.csv").columns) == 1
