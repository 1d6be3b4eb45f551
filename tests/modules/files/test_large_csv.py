"""A person uploads a CSV that is read in segments: nothing of its values shows where the cuts were."""

from __future__ import annotations

import csv
import errno
import gzip
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.files import delimited, segments, text_source
from modules.files.read import read
from modules.files.spill import Scratch, Spill
from modules.sdk.columns import open_column, write_column
from modules.sdk.errors import FileError
from modules.sdk.values import Table


@pytest.fixture(autouse=True)
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment of a few lines, and every column on disk, as if the file had many GB."""
    whole = segments.segments
    monkeypatch.setattr(delimited, "segments", lambda data, quoted: whole(data, quoted=quoted, size=200))
    monkeypatch.setattr(delimited, "IN_MEMORY", 0)


def upload(content: str | bytes, folder: Path) -> Table:
    file = folder / "upload"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read("csv", file, "large.csv", scratch=folder)
    assert isinstance(table, Table)
    assert [path.name for path in folder.iterdir()] == ["upload"]  # no scratch file is left
    return table


def column(*cells: str) -> str:
    return "x,y\n" + "".join(f"{cell},.\n" for cell in cells)


MANY = 500
LATE = [
    (["1"] * MANY + ["2.5"], "float", 2.5),
    (["1"] * MANY + ["007"], "string", "007"),
    (["1"] * MANY + ["-0"], "float", -0.0),
    (["1"] * MANY + ["0x1F"], "string", "0x1F"),
    (["0.5"] * MANY + ["00.5"], "string", "00.5"),
    (["0.5"] * MANY + ["-01"], "string", "-01"),
    (["0.5"] * MANY + ["1234567890123456789"], "string", "1234567890123456789"),
    (["1234567890123456789"] * MANY + ["0.5"], "string", "0.5"),
    (["1"] * MANY + ["2.5"] * MANY + ["+49123"], "string", "+49123"),
    (["NA"] * MANY + ["7"], "integer", 7),
    (["NA"] * MANY + ["a"], "string", "a"),
    (["true"] * MANY + ["maybe"], "string", "maybe"),
    (["2024-01-31"] * MANY + ["2024-02-30"], "string", "2024-02-30"),
    (["1"] * MANY + [" 5 "], "integer", 5),
    (["1"] * MANY + ['"6"'], "integer", 6),
]


@pytest.mark.parametrize(("cells", "type", "last"), LATE, ids=lambda value: str(value)[-30:])
def test_the_last_value_counts_as_much_as_the_first(cells, type, last, tmp_path: Path) -> None:
    found = upload(column(*cells), tmp_path).column("x")
    assert (found.type, found.data[-1].as_py()) == (type, last)
    assert len(found.data) == len(cells)
    if type == "string" and cells[0] != "NA":
        assert found.data[0].as_py() == cells[0]


def test_fine_and_coarse_times_meet(tmp_path: Path) -> None:
    cells = ["2024-01-31"] * MANY + ["2024-01-31T10:00:00.123456789"]
    found = upload(column(*cells), tmp_path).column("x")
    assert found.data.type == pa.timestamp("ns")
    assert str(found.data[-1].as_py()) == "2024-01-31 10:00:00.123456789"


def test_a_note_names_the_line_of_the_first_odd_value(tmp_path: Path) -> None:
    found = upload(column(*["1"] * MANY, "abc", *["2"] * MANY, "def"), tmp_path).column("x")
    assert found.note == (
        "2 of 1,002 values are not plain numbers (the first is 'abc' in line 502), so it is text"
    )


def test_a_line_with_too_few_values_is_found_in_any_segment(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        upload(column(*["1"] * MANY, "2,3"), tmp_path)
    assert (caught.value.line, caught.value.column) == (MANY + 2, 3)


QUOTED = [
    '"one\ntwo"',
    '"say ""hi"""',
    '"1,5"',
    '""',
    '"""\n"',
    '5" pipe',
    'pipe 5"',
    "plain",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(QUOTED), min_size=1, max_size=120))
def test_quotes_are_read_as_by_python_wherever_they_stand(tmp_path_factory, cells: list[str]) -> None:
    text = "x,y\nplainly,text\n" + "".join(f"{cell},{at}\n" for at, cell in enumerate(cells))
    table = upload(text, tmp_path_factory.mktemp("quotes"))
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert table.column("x").data.to_pylist() == [row[0] or None for row in rows]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1),
            st.integers(-(2**63), 2**63 - 1),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_any_text_arrives_as_it_was(tmp_path_factory, rows: list[tuple[str, int]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerows([("x", "y"), ("plainly", 0), *rows])
    table = upload(stream.getvalue(), tmp_path_factory.mktemp("text"))
    assert table.column("y").data.to_pylist() == [0, *(number for _, number in rows)]
    assert table.column("x").data.to_pylist() == ["plainly", *(text for text, _ in rows)]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("packed", ["gzip", "zstd", None])
def test_packed_or_not_in_any_encoding(encoding: str, packed: str | None, tmp_path: Path) -> None:
    raw = column(*["Müller"] * 4_000, "Åsa").encode(encoding)
    found = upload(pa.compress(raw, packed, asbytes=True) if packed else raw, tmp_path).column("x")
    assert (found.data[0].as_py(), found.data[-1].as_py(), len(found.data)) == ("Müller", "Åsa", 4_001)


def test_archives_one_behind_the_other_are_one_text(tmp_path: Path) -> None:
    parts = gzip.compress(b"x,y\n1,2\n") + gzip.compress(b"3,4\n")
    assert upload(parts, tmp_path).column("x").data.to_pylist() == [1, 3]


def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(column(*map(str, range(5000))).encode())
    with pytest.raises(FileError, match="gzip archive is damaged or cut off"):
        upload(whole[:-500], tmp_path)


def test_an_archive_in_an_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="This is a Zstandard archive"):
        upload(gzip.compress(pa.compress(b"x\n1\n", "zstd", asbytes=True)), tmp_path)


TYPES = st.sampled_from([pa.int64(), pa.float64(), pa.timestamp("us", "UTC"), pa.large_string()])


@settings(max_examples=40, deadline=None)
@given(st.data(), TYPES)
def test_a_column_grown_on_disk_is_what_was_added(tmp_path_factory, data, type: pa.DataType) -> None:
    cells = st.none() | (st.text() if pa.types.is_large_string(type) else st.integers(-(10**6), 10**6))
    pieces = data.draw(st.lists(st.lists(cells, max_size=20), max_size=6))
    folder = tmp_path_factory.mktemp("spill")
    spill = Spill(Scratch(folder), type)
    arrays = [
        pa.array(piece, type) if not pa.types.is_floating(type) else pa.array(piece, pa.int64()).cast(type)
        for piece in pieces
    ]
    for array in arrays:
        spill.add(array.slice(len(array) // 3))
    expected = [value for array in arrays for value in array.slice(len(array) // 3).to_pylist()]
    grown = spill.finish()
    grown.validate(full=True)
    assert grown.to_pylist() == expected
    write_column(grown, folder / "column")
    assert open_column(folder / "column").to_pylist() == expected


def test_what_unpacks_to_more_than_there_is_room_for_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr(text_source, "_pour", full)
    (tmp_path / "upload").write_bytes(gzip.compress(b"a\n1\n"))
    with pytest.raises(FileError, match="is too large: unpacked and read, it needs more room on the disk"):
        read("csv", tmp_path / "upload", "large.csv.gz", scratch=tmp_path)
