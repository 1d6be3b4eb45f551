"""A person uploads a CSV: its values arrive as they stand in the file, or a sentence says why not."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.files.read import read
from modules.look.exports import export
from modules.sdk.errors import FileError
from modules.sdk.values import Table


def upload(content: str | bytes, folder: Path, kind: str = "csv") -> Table:
    file = folder / "upload"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read(kind, file, "sales.csv")
    assert isinstance(table, Table)
    return table


def values(*cells: str) -> str:
    return "x\n" + "\n".join(cells) + "\n"


UTC = dt.UTC
TYPES = [
    (["1", "-20", "0"], "integer", [1, -20, 0]),
    (["9223372036854775807", "-9223372036854775808"], "integer", [2**63 - 1, -(2**63)]),
    (["1234567890123456789", "1"], "integer", [1234567890123456789, 1]),
    (["9223372036854775808", "1"], "string", ["9223372036854775808", "1"]),
    (["007", "8"], "string", ["007", "8"]),
    (["+49123", "5"], "string", ["+49123", "5"]),
    (["0x1F", "1"], "string", ["0x1F", "1"]),
    (["1_000", "2"], "string", ["1_000", "2"]),
    (["1e5", ".5", "1.", "-0.0"], "float", [1e5, 0.5, 1.0, -0.0]),
    (["1", "2.5", "inf", "-inf"], "float", [1, 2.5, float("inf"), float("-inf")]),
    (["1.5", "1234567890123456789"], "string", ["1.5", "1234567890123456789"]),
    (["1.5", "00.5"], "string", ["1.5", "00.5"]),
    (["1", "NA", "N/A", "NaN", "null", "None", "#N/A", "3"], "integer", [1, *[None] * 6, 3]),
    (["NA", "null"], "float", [None, None]),
    (["true", "FALSE", "True", "NA"], "boolean", [True, False, True, None]),
    (["2024-01-31", "NA"], "datetime", [dt.datetime(2024, 1, 31), None]),
    (
        ["2024-01-31", "2024-01-31 10:20"],
        "datetime",
        [dt.datetime(2024, 1, 31), dt.datetime(2024, 1, 31, 10, 20)],
    ),
    (["2024-01-31T10:20:30.5"], "datetime", [dt.datetime(2024, 1, 31, 10, 20, 30, 500000)]),
    (
        ["2024-01-31T10:00:00+02:00", "2024-01-31T10:00:00Z"],
        "datetime",
        [dt.datetime(2024, 1, 31, 8, tzinfo=UTC), dt.datetime(2024, 1, 31, 10, tzinfo=UTC)],
    ),
    (["2024-01-31", "2024-02-30"], "string", ["2024-01-31", "2024-02-30"]),
    (["2024-01-31", "31.01.2024"], "string", ["2024-01-31", "31.01.2024"]),
    (["2024-01-31", "2024-01-31T10:00:00Z"], "string", ["2024-01-31", "2024-01-31T10:00:00Z"]),
    (
        ["1 days 02:03:04", "-1 days"],
        "timedelta",
        [dt.timedelta(days=1, hours=2, minutes=3, seconds=4), -dt.timedelta(days=1)],
    ),
    (["PT5S", "P1DT2H"], "timedelta", [dt.timedelta(seconds=5), dt.timedelta(days=1, hours=2)]),
    (["10:30:00"], "string", ["10:30:00"]),
    ([" 5", "6 ", " NA"], "integer", [5, 6, None]),
    ([" a", "b "], "string", [" a", "b "]),
    (['"1"', '"NA"', '""'], "integer", [1, None, None]),
    (['"NA"', "NA", "b", '"  "'], "string", ["NA", None, "b", "  "]),
    (['"a\nb"', '"say ""hi"""', '"1,5"'], "string", ["a\nb", 'say "hi"', "1,5"]),
    (["a", '""', "", "b"], "string", ["a", None, "b"]),
    (["süß", "🎈"], "string", ["süß", "🎈"]),
]


@pytest.mark.parametrize(("cells", "type", "expected"), TYPES, ids=lambda v: str(v)[:40])
def test_a_column_gets_its_type_without_damage(cells, type, expected, tmp_path: Path) -> None:
    column = upload(values(*cells), tmp_path).column("x")
    assert column.type == type
    assert column.data.to_pylist() == expected


def test_the_whole_column_counts_not_a_sample(tmp_path: Path) -> None:
    cells = ["1"] * 50_000
    cells[43_210] = "abc"
    column = upload(values(*cells), tmp_path).column("x")
    assert column.type == "string"
    assert column.note == (
        "1 of 50,000 values is not a plain number (it is 'abc' in line 43212), so it is text"
    )


def test_a_mixed_column_says_so_with_the_right_line(tmp_path: Path) -> None:
    text = 'x,y\n1,"two\nlines"\n\n2,b\nabc,c\n3,d\n?,e\n4,f\n'
    note = upload(text, tmp_path).column("x").note
    assert note == "2 of 6 values are not plain numbers (the first is 'abc' in line 6), so it is text"
    dates = upload(values("2024-01-01", "2024-01-02", "soon"), tmp_path).column("x")
    assert dates.note == "1 of 3 values is not a date (it is 'soon' in line 4), so it is text"
    assert upload(values("a", "b", "c", "d", "1"), tmp_path).column("x").note is None


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("a,b\n1,2\n", "csv", ["a", "b"]),
        ("a, ,a,b \n1,2,3,4\n", "csv", ["a", "Col2", "a (2)", "b"]),
        ("\ufeffa,b\n1,2\n", "csv", ["a", "b"]),
        ("\n\na,b\n1,2\n", "csv", ["a", "b"]),
        ('"a\nb",c\n1,2\n', "csv", ["a\nb", "c"]),
        ("1,2\n3,4", "csv-no-header", ["Col1", "Col2"]),
        ("a\tb\n1\t2\n", "tsv", ["a", "b"]),
        ("a,b\tc\n1\t2\n", "tsv", ["a,b", "c"]),
        ("1\t2\n", "tsv-no-header", ["Col1", "Col2"]),
        ("a;b\n1,5;2\n", "csv", ["a", "b"]),
        ("a|b\n1|2\n", "csv", ["a", "b"]),
        ("a\tb\n1\t2\n", "csv", ["a", "b"]),
        ('a,b\n"x;y",1\n"u;v",2\n', "csv", ["a", "b"]),
        ("a b\n1 2\n", "csv", ["a", "b"]),
        ("  a   b k\n 1  2 x\n10 20 y\n", "csv", ["a", "b", "k"]),
        ("full name\nAnn Lee\nBob Roe\n", "csv", ["full name"]),
        ("\ufeff\ufeffid;x\n1;2\n", "csv", ["id", "x"]),
    ],
)
def test_names_and_separators(text, kind, names, tmp_path: Path) -> None:
    assert upload(text, tmp_path, kind).names == names


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending(ending: str, tmp_path: Path) -> None:
    table = upload(ending.join(["a,b", "1,2", "3,4", ""]), tmp_path)
    assert [column.data.to_pylist() for column in table] == [[1, 3], [2, 4]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_any_common_encoding(encoding: str, tmp_path: Path) -> None:
    table = upload("name,größe\nJosé Müller,1\nÅsa,2\n".encode(encoding), tmp_path)
    assert table.names == ["name", "größe"]
    assert table.column("name").data.to_pylist() == ["José Müller", "Åsa"]


def test_windows_has_a_euro_sign(tmp_path: Path) -> None:
    assert upload("x\n5 €\n".encode("cp1252"), tmp_path).column("x").data.to_pylist() == ["5 €"]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = upload("a,b\n", tmp_path)
    assert (len(table), [column.type for column in table]) == (0, ["string", "string"])


def test_a_value_of_many_megabytes(tmp_path: Path) -> None:
    long = "line of text\n" * 500_000
    table = upload(f'a,b\n"{long}",2\n', tmp_path)
    assert table.column("a").data[0].as_py() == long


FAULTS = [
    ("a,b\n1,2\n3\n", 3, 2, "Line 3 has 1 value, but the first line has 2"),
    ("a,b\n1,2,3\n", 2, 3, "Line 2 has 3 values, but the first line has 2"),
    ('a,b\n"x\ny\nz",1\n\n3\n', 6, 2, "Line 6 has 1 value"),
    ('a,b\n1,2\n"3,4\n5,6\n', 3, None, 'The quote (") opened in line 3 is never closed'),
    ("a,b\n1,\0\n", 2, None, "line 2 holds bytes that no text has"),
    ("", None, None, "The file is empty"),
    ("\n\n\n", None, None, "only empty lines"),
    (b"PK\x03\x04junk", None, None, "This is a zip archive or an Office document"),
    (b"\x89PNG\r\n\x1a\n", None, None, "This is a picture"),
    (bytes(range(1, 256)) * 30, 1, None, "This is not a text file"),
    ("ä,ö\nü,ß\n".encode() * 20 + b"\xff,1\n", 41, None, "line 41 holds bytes that are not UTF-8"),
]


@pytest.mark.parametrize(("content", "line", "column", "sentence"), FAULTS, ids=lambda v: str(v)[:30])
def test_a_file_that_cannot_be_read_says_where_and_why(content, line, column, sentence, tmp_path) -> None:
    with pytest.raises(FileError) as caught:
        upload(content, tmp_path)
    assert sentence.lower() in caught.value.message.lower()
    assert caught.value.message.startswith("sales.csv cannot be read as csv. ")
    assert (caught.value.line, caught.value.column) == (line, column)


CELLS = {
    "integer": st.none() | st.integers(-(2**63), 2**63 - 1),
    "float": st.none() | st.floats(allow_nan=False),
    "boolean": st.none() | st.booleans(),
    "datetime": st.none() | st.datetimes(dt.datetime(1000, 1, 1)),
    "zoned": st.none() | st.datetimes(dt.datetime(1000, 1, 1), timezones=st.just(UTC)),
    "timedelta": st.none() | st.timedeltas(dt.timedelta(-9999), dt.timedelta(9999)),
    "text": st.none()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1),
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_downloaded_can_be_uploaded_again(tmp_path_factory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("csv")
    rows = data.draw(st.integers(1, 5))
    lists = {name: data.draw(st.lists(cell, min_size=rows, max_size=rows)) for name, cell in CELLS.items()}
    lists["text"][0] = "plainly text"
    table = Table.of(**lists)
    export(table, "csv", folder / "out.csv")
    back = read("csv", folder / "out.csv", "out.csv")
    for name, expected in lists.items():
        assert back.column(name).data.to_pylist() == expected
        if any(value is not None for value in expected):
            assert back.column(name).type == table.column(name).type


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2), min_size=1
    )
)
def test_python_s_own_csv_reads_the_same_text(tmp_path_factory, rows: list[list[str]]) -> None:
    target = tmp_path_factory.mktemp("csv") / "out.csv"
    export(Table.of(a=[row[0] for row in rows], b=[row[1] for row in rows]), "csv", target)
    text = io.StringIO(target.read_bytes().decode(), newline="")
    assert list(csv.reader(text)) == [["a", "b"], *rows]
