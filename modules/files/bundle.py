"""Zips: checked before anything believes them, and unpacked within bounds."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Bundle

MOST_FILES = 10_000
MOST_BYTES = 2 << 30
MOST_RATIO = 1000  # deflate itself reaches 1032; a zip of real data stays below 100
FREE_BYTES = 64 << 20  # up to here the ratio does not matter
PIECE = 1 << 20
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Entry(NamedTuple):
    """A file in a bundle: its path with `/`, and its size when unpacked."""

    name: str
    bytes: int


def read_zip(path: Path) -> Bundle:
    """The bundle of a zip; FileError, naming the entry, where it is damaged or not safe to unpack."""
    _checked(path)
    return Bundle(path)


def entries(bundle: Bundle) -> list[Entry]:
    """The files of a bundle in their order; folders are left out."""
    return [Entry(info.filename, info.file_size) for info in _checked(bundle.path) if not info.is_dir()]


def read_entry(bundle: Bundle, name: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of one file; ModuleError that lists the names where it is not there."""
    files = [info for info in _checked(bundle.path) if not info.is_dir()]
    found = next((info for info in files if info.filename == name), None)
    if found is None:
        listed = ", ".join(info.filename for info in files[:20]) + (" …" if len(files) > 20 else "")
        raise ModuleError(f"the zip has no file '{name}'; it has: {listed or 'no files'}")
    if found.file_size > most:
        raise FileError(f"'{name}' in the zip is larger than {most:,} bytes")
    try:
        with zipfile.ZipFile(bundle.path) as archive, archive.open(found) as source:
            return source.read(found.file_size)
    except FAULTS as error:
        raise FileError(f"'{name}' in the zip is damaged ({error})") from error


def with_files(bundle: Bundle, files: Mapping[str, bytes], target: Path) -> None:
    """Writes the bundle to `target` with other bytes in these of its files; the rest stays as it is.
    ModuleError where it has no file of such a name."""
    infos = _checked(bundle.path)
    if missing := set(files) - {info.filename for info in infos if not info.is_dir()}:
        raise ModuleError(f"the zip has no file '{sorted(missing)[0]}'")
    try:
        with zipfile.ZipFile(bundle.path) as archive, zipfile.ZipFile(target, "x") as made:
            for info in infos:
                changed = files.get(info.filename)
                kept = zipfile.ZipInfo(info.filename, info.date_time)
                kept.compress_type = zipfile.ZIP_DEFLATED if changed is not None else info.compress_type
                kept.external_attr = info.external_attr
                if changed is not None or info.is_dir():
                    made.writestr(kept, changed or b"")
                    continue
                kept.file_size = info.file_size
                with archive.open(info) as source, made.open(kept, "w") as sink:
                    _copy(source, sink, info.file_size)
    except FAULTS as error:
        raise FileError(f"the zip is damaged ({error})") from error


def unpack(bundle: Bundle, folder: Path) -> list[Path]:
    """Writes a bundle's files below `folder` and returns their paths.

    Nothing lands outside the folder, whatever the names say, and no file grows beyond the size
    that the zip's own list promises.
    """
    infos = _checked(bundle.path)
    folder.mkdir(parents=True, exist_ok=True)
    home, made = folder.resolve(), []
    with zipfile.ZipFile(bundle.path) as archive:
        for info in infos:
            target = home.joinpath(*PurePosixPath(info.filename).parts)
            if info.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(archive, info, target)
            except FAULTS as error:
                raise FileError(f"'{info.filename}' in the zip could not be unpacked ({error})") from error
            made.append(target)
    return made


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    with archive.open(info) as source, target.open("xb") as sink:
        _copy(source, sink, info.file_size)


def _copy(source: IO[bytes], sink: IO[bytes], left: int) -> None:
    while piece := source.read(min(PIECE, left + 1)):
        left -= len(piece)
        if left < 0:
            raise zipfile.BadZipFile("it is larger than the zip says")
        sink.write(piece)


def _checked(path: Path) -> list[zipfile.ZipInfo]:
    if path.stat().st_size == 0:
        raise FileError("the file is empty")
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except FAULTS as error:
        raise FileError(f"this is not a zip file, or it is damaged ({error})") from error
    if len(infos) > MOST_FILES:
        raise FileError(f"the zip has {len(infos):,} entries; at most {MOST_FILES:,} are taken")
    seen: dict[str, str] = {}
    for info in infos:
        _check_entry(info)
        same = _normal(info.filename)
        if same in seen:
            raise FileError(f"the zip has two entries for one file: '{seen[same]}' and '{info.filename}'")
        seen[same] = info.filename
    for name in seen:
        for parent in PurePosixPath(name).parents:
            above = seen.get(str(parent))
            if above is not None and not above.endswith("/"):
                raise FileError(f"the zip has '{above}' both as a file and as a folder")
    _check_expansion(infos, path.stat().st_size)
    return infos


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or any(ord(char) < 32 for char in name):
        raise FileError(f"the zip has an entry with control characters in its name: {name!r}")
    if "\\" in name:
        raise FileError(f"the zip has an entry with a backslash in its name: '{name}'")
    if name.startswith("/") or (len(parts[0]) > 1 and parts[0][1] == ":"):
        raise FileError(f"the zip has an entry with an absolute path: '{name}'")
    if ".." in parts:
        raise FileError(f"the zip has an entry that leaves its folder: '{name}'")
    if not name.strip("/. ") or any(len(part.encode()) > 255 for part in parts):
        raise FileError(f"the zip has an entry without a usable name: '{name[:80]}'")
    if info.flag_bits & 0x1:
        raise FileError(f"'{name}' in the zip is encrypted; make a zip without a password")
    if info.compress_type not in READABLE:
        raise FileError(f"'{name}' in the zip is compressed in a way that cannot be read; use deflate")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FileError(f"'{name}' in the zip is a link or a device, not a file")


def _check_expansion(infos: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        raise FileError(f"unpacked, the zip has {total:,} bytes; at most {MOST_BYTES:,} are taken")
    if total > FREE_BYTES and total > MOST_RATIO * size:
        raise FileError(f"the zip unpacks to {total // size:,} times its size; that is a zip bomb, not data")


def _normal(name: str) -> str:
    """One spelling for names that are one file on some system: case, Unicode form, `./`, `//`."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return str(PurePosixPath(folded))
