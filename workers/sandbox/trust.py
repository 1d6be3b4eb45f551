"""Looks at what a child left before a byte of it is trusted, and clears away the rest."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

from modules import registry
from modules.sdk import pixels
from modules.sdk.manifest import (
    DRAFT,
    Manifest,
    StoredBundle,
    StoredDevice,
    StoredModel,
    StoredPicture,
    StoredTable,
    objects,
)
from workers.sandbox import answer as answer_
from workers.sandbox.answer import MOST_BYTES, RESULT, Answer, Unreadable
from workers.sandbox.job import Job
from workers.sandbox.tables import Place, place_of

SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
ARROW = b"ARROW1"
HEAD = 4096


class Refused(Exception):
    """A result that cannot be what our own code wrote. The message is a sentence for the user."""


class TooMuch(Exception):
    """A result beyond a limit; the argument is the limit's name."""


def read_answer(drafts: Path, job: Job) -> Answer | None:
    """What a child that ended well says; None where it left no word. Nothing in it is checked against files
    yet."""
    try:
        fd = _open(drafts, RESULT)
    except FileNotFoundError:
        return None
    with open(fd, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooMuch("output_bytes")
    try:
        return answer_.read(data, job.verb)
    except Unreadable as error:
        raise Refused(f"The node's result is not readable: {error}.") from None


def check_answer(answer: Answer, job: Job, drafts: Path) -> set[str]:
    """Holds an answer against its job and the files that are really there; the names of its drafts."""
    if job.verb in ("node", "import"):
        _check_ports(answer, job)
    elif answer.outputs:
        raise Refused("The answer has outputs nobody asked for.")
    known = {name for given in job.inputs.values() for name in objects(given.manifest)}
    places = {
        (column.object, place_of(given.manifest, column))
        for given in job.inputs.values()
        if isinstance(given.manifest, StoredTable)
        for column in given.manifest.columns
    }
    found: dict[str, int] = {}
    for manifest in answer.outputs.values():
        if isinstance(manifest, StoredTable):
            _check_table(manifest, drafts, places, found)
        else:
            _check_manifest(manifest, job, drafts, known, found)
    if job.verb == "export" and answer.failure is None:
        name = answer.data.get("file") if isinstance(answer.data, dict) else None
        if name != f"export.{job.args['format']}":
            raise Refused("The export left no file.")
        os.close(_open(drafts, name))
        found[name] = (drafts / name).lstat().st_size
    if sum(found.values()) > job.limits.output_bytes:
        raise TooMuch("output_bytes")
    return set(found)


def clear(drafts: Path, keep: set[str]) -> None:
    """Leaves only the files to keep, made this user's own again."""
    mine = os.geteuid() == 0
    os.chmod(drafts, 0o700)
    if mine:
        os.chown(drafts, 0, 0)
    for entry in list(os.scandir(drafts)):
        if entry.name in keep:
            if mine:
                os.chown(entry.path, 0, 0, follow_symlinks=False)
            os.chmod(entry.path, 0o644)
        elif entry.is_dir(follow_symlinks=False):
            _remove_folder(entry.path)
        else:
            os.unlink(entry.path)


def _remove_folder(path: str) -> None:
    """Removes a folder however deep and whatever its rights, which shutil cannot."""
    shutil.rmtree(path, ignore_errors=True)
    if os.path.lexists(path):
        subprocess.run(["chmod", "-R", "u+rwx", path], check=False, capture_output=True)
        subprocess.run(["rm", "-rf", path], check=False, capture_output=True)


def _check_ports(answer: Answer, job: Job) -> None:
    if job.verb == "import":
        types: dict[str, tuple[str, ...]] = {"dataset": ("table", "bundle"), "rejects": ("table",)}
    else:
        spec = registry.find(job.args["module"])
        types = {port.name: (port.type,) for port in spec.outputs} if spec else {}
    for port, manifest in answer.outputs.items():
        if manifest.type not in types.get(port, ()):
            raise Refused(f"The result has a {manifest.type} on {port!r:.50}, where none belongs.")


def _check_manifest(
    manifest: Manifest, job: Job, drafts: Path, known: set[str], found: dict[str, int]
) -> None:
    match manifest:
        case StoredBundle() as bundle:
            files = [(bundle.object, bundle.bytes, b"PK")]
        case StoredModel() as model:
            files = [(model.object, model.bytes, b"")]
        case StoredDevice(pictures=pictures):
            if len(pictures) > job.limits.pictures:
                raise TooMuch("pictures")
            if any(picture.bytes > job.limits.picture_bytes for picture in pictures):
                raise TooMuch("picture_bytes")
            files = [(p.object, p.bytes, SIGNATURES.get(p.media_type, b"<")) for p in pictures]
        case _:
            return
    for name, size, signature in files:
        if not name.startswith(DRAFT):
            if name not in known:
                raise Refused("The result names a stored file that was not among its inputs.")
            continue
        _take_file(drafts, name.removeprefix(DRAFT), size, signature, found)
    if isinstance(manifest, StoredDevice):
        for picture in manifest.pictures:
            _check_pixels(picture, job, drafts)


def _take_file(drafts: Path, file: str, size: int, signature: bytes, found: dict[str, int]) -> None:
    if file in found or file == RESULT:
        raise Refused(f"The result names the file {file} twice.")
    found[file] = _check_file(drafts, file, size, signature)


def _check_table(
    table: StoredTable, drafts: Path, known: set[tuple[str, Place]], found: dict[str, int]
) -> None:
    """A column that is passed on is one of the inputs', where that lies, by the name it has. New ones lie in
    files of their own, or one after the other in a pack, so that hashing each reads no byte twice."""
    ends: dict[str, int] = {}
    for column in table.columns:
        place = place_of(table, column)
        if not column.object.startswith(DRAFT):
            if (column.object, place) not in known:
                raise Refused("The result names a stored file that was not among its inputs.")
        elif place.pack is None:
            _take_file(drafts, column.object.removeprefix(DRAFT), column.bytes, ARROW, found)
        else:
            if column.object != place.pack.object:
                raise Refused("The result has a column that lies in a file of another name.")
            if place.start is None or place.start < ends.get(column.object, 0):
                raise Refused("The result has columns that lie over each other.")
            ends[column.object] = place.start + column.bytes
    sizes = {pack.object: pack.bytes for pack in table.packs}
    if len(sizes) != len(table.packs) or len({c.pack for c in table.columns} - {None}) != len(sizes):
        raise Refused("The result names a file twice, or one that holds no column.")
    for name, end in ends.items():
        if end > sizes[name]:
            raise Refused("The result has a column that ends beyond its file.")
        _take_file(drafts, name.removeprefix(DRAFT), sizes[name], ARROW, found)


def _check_pixels(picture: StoredPicture, job: Job, drafts: Path) -> None:
    if not picture.object.startswith(DRAFT):
        return
    name = picture.object.removeprefix(DRAFT)
    with suppress(FileNotFoundError), open(_open(drafts, name), "rb") as file:
        try:
            if pixels.count(file, picture.media_type) > job.limits.picture_pixels:
                raise TooMuch("picture_pixels")
        except pixels.Unknown as error:
            raise Refused(
                f"The picture {picture.name!r:.200} does not say how large it is: {error}."
            ) from None


def _check_file(drafts: Path, name: str, size: int, signature: bytes) -> int:
    try:
        fd = _open(drafts, name)
    except FileNotFoundError:
        raise Refused(f"The result names the file {name}, which is not there.") from None
    with open(fd, "rb") as file:
        actual = os.fstat(fd).st_size
        if actual != size:
            raise Refused(f"The file {name} has {actual} bytes, not the {size} the result says.")
        head = file.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip() if signature == b"<" else file.read(16)
        if not head.startswith(signature):
            raise Refused(f"The file {name} is not of the type the result says.")
    return actual


def _open(drafts: Path, name: str) -> int:
    """A regular file directly in the folder, no link of any kind, open for reading."""
    folder = os.open(drafts, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Refused(f"The file {name} among the results cannot be opened: {error.strerror}.") from None
    finally:
        os.close(folder)
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        os.close(fd)
        raise Refused(f"The file {name} among the results is not a regular file.")
    return fd
