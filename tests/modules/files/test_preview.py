"""A first look at a file before it is kept."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from modules.files import preview as home
from modules.files.preview import preview
from modules.files.read import read
from modules.files.reading import Reading
from modules.sdk.errors import FileError
from modules.sdk.values import Table


def look(folder: Path, content: bytes, kind: str = "csv", **said: Any) -> dict[str, Any]:
    (folder / "a").write_bytes(content)
    return preview(kind, folder / "a", "a", folder, Reading.model_validate(said))


def test_first_rows_types_and_how_it_was_read(tmp_path: Path) -> None:
    seen = look(tmp_path, "id;größe\n007;1,5\n008;2,5\n".encode("cp1252"))
    assert (seen["whole"], seen["rows"], seen["width"]) == (True, 2, 2)
    assert seen["found"] == {"delimiter": ";", "encoding": "cp1252"}
    assert [(c["original"], c["type"]) for c in seen["columns"]] == [("id", "string"), ("größe", "string")]
    assert seen["cells"] == [["007", "1,5"], ["008", "2,5"]]


@pytest.mark.parametrize(
    ("content", "above"),
    [
        (b"Extract of May\na,b\n1,2\n3,4\n", 1),
        (b"Extract of May\n\nby Ann\na,b,c\n1,2,3\n", 3),
        (b"a,b\n1,2\n3,4,5\n", 0),
        (b"a,b\n1\n2\n", 0),
        (b"a,b\n" + b"1,2\n" * 30 + b"1,2,3\n" * 40, 0),
    ],
)
def test_lines_above_the_header_are_seen(content: bytes, above: int, tmp_path: Path) -> None:
    assert look(tmp_path, content)["above"] == above
    if above:
        seen = look(tmp_path, content, skip=above)
        assert (seen["bad"]["count"], seen["above"]) == (0, 0)
        assert seen["columns"][0]["name"] == "a"


LIKELY = [
    ("1,5\n2,25\n", ["comma-number"]),
    ("1.234,5\nNA\n-7\n", ["comma-number"]),
    ('"1,234.5"\n"7"\n', ["grouped-number"]),
    ('"1,234"\n"7"\n', ["comma-number", "grouped-number"]),
    ("31/12/2024\n1/2/2024 08:30\n", ["day-first"]),
    ("31.12.2024\n01.02.2024\n", ["day-first"]),
    ("12/31/2024\n", ["month-first"]),
    ("1/2/2024\n", ["day-first", "month-first"]),
    ("31.12.24\n1.2.24\n", ["day-first"]),
    ("31/12/24\n12/01/24\n", ["day-first", "year-first"]),
    ("12/31/2024 1:05 PM\n", ["month-first"]),
    ("2024/12/31\n", ["year-first"]),
    ("2024.12.31\n", ["year-first"]),
    ("31/12/2024\nsoon\n", []),
    ("30/02/2024\n", []),
    ("007\n008\n", []),
    ("1.5\n", []),
    ("a,b\n", []),
    ("1.2.3\n", []),
    ("NA\n", []),
]


@pytest.mark.parametrize(("cells", "choices"), LIKELY, ids=[repr(cells) for cells, _ in LIKELY])
def test_text_that_looks_like_numbers_or_dates_of_a_country_could_be_these(
    cells: str, choices: list[str], tmp_path: Path
) -> None:
    assert look(tmp_path, f"x\n{cells}".encode(), delimiter=";")["columns"][0]["could_be"] == choices


def test_a_thousand_is_doubted_where_decimals_are_behind_a_comma_elsewhere(tmp_path: Path) -> None:
    content = b"a;b;c;d\n1.000;2,5;1.5;1.234.567\n2.000;NA;1.000;1.234.568\n"
    seen = look(tmp_path, content)["columns"]
    assert [(c["type"], c["could_be"]) for c in seen] == [
        ("float", ["comma-number"]),
        ("string", ["comma-number"]),
        ("float", []),
        ("string", ["comma-number"]),
    ]
    said = {"b": {"type": "comma-number"}, "a": {"name": "A"}}
    assert look(tmp_path, content, columns=said)["columns"][0]["could_be"] == ["comma-number"]
    assert look(tmp_path, b"a;b\n1.000;2.5\n")["columns"][0]["could_be"] == []


def test_what_somebody_said_is_not_doubted(tmp_path: Path) -> None:
    said = {"a": {"type": "string", "name": "A"}, "b": {"name": "B"}}
    columns = look(tmp_path, b"a;b\n1,5;1,5\n", columns=said)["columns"]
    assert [column["could_be"] for column in columns] == [[], ["comma-number"]]


def test_what_breaks_a_rule_is_told_by_line_though_nothing_was_said_of_it(tmp_path: Path) -> None:
    seen = look(tmp_path, b"id,n\n1,x\n2\n3,4\n", columns={"n": {"type": "integer", "name": "N"}})
    assert seen["columns"][1] == {
        "original": "n",
        "name": "N",
        "type": "integer",
        "note": None,
        "could_be": [],
    }
    assert seen["bad"]["count"] == 2
    assert seen["bad"]["first"][0] == {
        "line": 2,
        "reason": "N is 'x', which is not an integer",
        "text": "1,x",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("packed", [False, True])
def test_of_a_large_file_only_the_beginning(
    encoding: str, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "HEAD", 5001)
    content = ("name,n\n" + '"two\nlines",1\n' * 5000 + "late,x\n").encode(encoding)
    seen = look(tmp_path, gzip.compress(content) if packed else content)
    assert not seen["whole"]
    assert (seen["bad"]["count"], [c["type"] for c in seen["columns"]]) == (0, ["string", "integer"])
    assert seen["cells"][-1] == ["two\nlines", 1]


def test_of_lines_of_json_only_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "HEAD", 5000)
    seen = look(tmp_path, b'{"a": 1}\n' * 5000 + b"oops", "jsonl")
    assert (seen["whole"], seen["bad"]["count"], seen["columns"][0]["type"]) == (False, 0, "integer")


def test_parquet_is_known_by_its_first_rows(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(Table.of(a=list(range(1000)), b=["x"] * 1000).arrow(), tmp_path / "p")
    seen = preview("parquet", tmp_path / "p", "p", tmp_path, Reading())
    assert (seen["cells"][0], [c["type"] for c in seen["columns"]]) == ([0, "x"], ["integer", "string"])


def test_a_zip_shows_its_tree(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("lib/hello.py", "x = 1\n")
    seen = preview("zip", tmp_path / "z", "z", tmp_path, Reading())
    assert (seen["kind"], seen["entries"]) == ("bundle", [{"name": "lib/hello.py", "bytes": 6}])


def test_many_columns_are_counted_not_all_shown(tmp_path: Path) -> None:
    seen = look(tmp_path, (",".join(f"c{at}" for at in range(5000)) + "\n" + ",".join(["1"] * 5000)).encode())
    assert (seen["width"], len(seen["columns"]), len(seen["cells"][0])) == (5000, 200, 200)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not a text file"):
        look(tmp_path, b"a,b\n1,\x00\n")


def test_numbers_with_some_na_as_text_in_a_workbook_are_offered_as_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["n", "x", "k", "w"], [1, 0.5, "NA", "NA"], ["NA", "NA", "NA", "x"], [3, 2, "NA", "y"]):
        book.active.append(row)
    book.save(tmp_path / "a")
    seen = preview("xlsx", tmp_path / "a", "a.xlsx", tmp_path, Reading())
    assert [column["could_be"] for column in seen["columns"]] == [["integer"], ["float"], [], []]
    chosen = read("xlsx", tmp_path / "a", "a.xlsx", reading=Reading(columns={"n": {"type": "integer"}}))
    assert chosen.column("n").data.to_pylist() == [1, None, 3]
