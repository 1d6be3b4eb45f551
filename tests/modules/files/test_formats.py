"""All formats: each is known by its name and its content, and a fault by its line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from modules.files.formats import ALL, FORMATS
from modules.files.kinds import guess
from modules.files.reading import Reading
from modules.sdk.errors import FileError, ModuleError
from tests.modules.files.uploads import shown, upload


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


@pytest.mark.parametrize("packed", ["gzip", "zstd"])
def test_packed_files_are_known_by_what_is_in_them(packed: str) -> None:
    head = pa.compress(b"a\tb\n1\t2\n", packed, asbytes=True)
    assert guess("export.gz", head) == "tsv"
    assert guess("export.nh.csv.zst", head) == "csv-no-header"


SPACED = b" 0.1  2 3\n10.5 20 30.5\n 1 2 3\n"


def test_values_with_blanks_between_them(tmp_path: Path) -> None:
    assert shown(upload("csv-no-header", SPACED, tmp_path)) == {
        "Col1": ("float", [0.1, 10.5, 1.0]),
        "Col2": ("integer", [2, 20, 2]),
        "Col3": ("float", [3.0, 30.5, 3.0]),
    }


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
