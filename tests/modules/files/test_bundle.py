"""A zip is only believed once it is known to be harmless, and unpacks into its own folder."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from modules.files import bundle as bundles
from modules.files.bundle import entries, read_entry, unpack, with_files
from modules.files.read import read
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Bundle


def zipped(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_harmless_zip_is_listed_and_unpacked(tmp_path: Path) -> None:
    files = {"hello.py": b"print('hi')", "data/x.csv": b"a\n1\n", "empty/": b""}
    value = read("zip", zipped(tmp_path / "z", files), "hello.zip")
    assert isinstance(value, Bundle)
    assert entries(value) == [("hello.py", 11), ("data/x.csv", 4)]
    made = unpack(value, tmp_path / "out")
    assert [path.relative_to(tmp_path / "out").as_posix() for path in made] == ["hello.py", "data/x.csv"]
    assert (tmp_path / "out/data/x.csv").read_bytes() == b"a\n1\n"
    assert (tmp_path / "out/empty").is_dir()
    assert read_entry(value, "hello.py") == b"print('hi')"


def test_a_zip_with_other_bytes_in_some_of_its_files(tmp_path: Path) -> None:
    files = {
        "a.py": b"x = 1\n",
        "data/x.csv": b"a\n1\n" * 9000,
        "empty/": b"",
        "plain.bin": bytes(range(256)),
    }
    value = Bundle(zipped(tmp_path / "z", files, zipfile.ZIP_STORED))
    with_files(value, {"a.py": b"x = 2\n"}, tmp_path / "changed")
    with zipfile.ZipFile(tmp_path / "changed") as made:
        assert {name: made.read(name) for name in made.namelist()} == {**files, "a.py": b"x = 2\n"}
        assert (
            made.getinfo("data/x.csv").date_time
            == zipfile.ZipFile(value.path).getinfo("data/x.csv").date_time
        )
    with pytest.raises(ModuleError, match=r"the zip has no file 'empty/'"):
        with_files(value, {"empty/": b""}, tmp_path / "other")


def test_a_file_that_is_not_in_the_zip(tmp_path: Path) -> None:
    value = Bundle(zipped(tmp_path / "z", {"a.csv": b"", "b.csv": b""}))
    with pytest.raises(ModuleError, match=r"the zip has no file 'c.csv'; it has: a.csv, b.csv"):
        read_entry(value, "c.csv")


BAD_NAMES = [
    ("/etc/passwd", "absolute path"),
    ("C:/windows/x", "absolute path"),
    ("../up.py", "leaves its folder"),
    ("a/../../up.py", "leaves its folder"),
    ("a\\..\\up.py", "backslash"),
    ("a\nb", "control characters"),
    ("..", "leaves its folder"),
    ("./.", "usable name"),
    ("x" * 300, "usable name"),
]


@pytest.mark.parametrize(("name", "sentence"), BAD_NAMES)
def test_names_that_reach_elsewhere_are_refused(name: str, sentence: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "z", {"good.txt": b"", name: b"x"})
    with pytest.raises(FileError, match=sentence):
        read("zip", path, "z.zip")
    with pytest.raises(FileError, match=sentence):
        unpack(Bundle(path), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "names", [("a", "a"), ("a.txt", "A.TXT"), ("a/b", "a//b"), ("a", "./a"), ("ü", "u\u0308")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_for_one_file_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(FileError, match="two entries for one file"):
        read("zip", tmp_path / "z", "z.zip")


def test_a_file_that_is_also_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="'a' both as a file and as a folder"):
        read("zip", zipped(tmp_path / "z", {"a": b"", "a/b": b""}), "z.zip")


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(mode: int, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(FileError, match="'link' in the zip is a link or a device"):
        read("zip", tmp_path / "z", "z.zip")


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped(tmp_path / "z", {"a": b"x"}).read_bytes())
    at = raw.index(b"PK\x01\x02") + 8
    raw[at : at + 2] = struct.pack("<H", 1)
    (tmp_path / "z").write_bytes(raw)
    with pytest.raises(FileError, match="'a' in the zip is encrypted"):
        read("zip", tmp_path / "z", "z.zip")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "z", {"a": bytes(5_000_000)})
    monkeypatch.setattr(bundles, "MOST_RATIO", 100)
    monkeypatch.setattr(bundles, "FREE_BYTES", 1_000_000)
    with pytest.raises(FileError, match="zip bomb"):
        read("zip", path, "z.zip")
    monkeypatch.setattr(bundles, "MOST_BYTES", 4_000_000)
    with pytest.raises(FileError, match="5,000,000 bytes; at most 4,000,000"):
        read("zip", path, "z.zip")


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "z", {f"f{at}": b"" for at in range(10_001)}, zipfile.ZIP_STORED)
    with pytest.raises(FileError, match="10,001 entries"):
        read("zip", path, "z.zip")


def test_an_entry_that_lies_about_its_size_does_not_grow(tmp_path: Path) -> None:
    raw = bytearray(zipped(tmp_path / "z", {"a": bytes(100_000)}).read_bytes())
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(magic) + offset
        raw[at : at + 4] = struct.pack("<I", 10)
    (tmp_path / "z").write_bytes(raw)
    with pytest.raises(FileError, match="'a' in the zip could not be unpacked"):
        unpack(Bundle(tmp_path / "z"), tmp_path / "out")
    assert (tmp_path / "out/a").stat().st_size <= 10


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped(tmp_path / "z", {"a": b"hello world" * 100}).read_bytes())
    raw[40] ^= 0xFF
    (tmp_path / "z").write_bytes(raw)
    with pytest.raises(FileError, match="could not be unpacked"):
        unpack(Bundle(tmp_path / "z"), tmp_path / "out")
