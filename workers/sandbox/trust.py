"""Looks at what a child left before a byte of it is trusted, and clears away the rest."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from modules import registry
from modules.wire_types.device import DRAWING
from modules.wire_types.stored import DRAFT, Part, Refused, StoredValue, TooMuch, sizes
from workers.sandbox import answer as answer_
from workers.sandbox.answer import MOST_BYTES, RESULT, Answer, Unreadable
from workers.sandbox.given import GivenInputs
from workers.sandbox.job import Job

BLANKS = 4096
"""Bytes in which a text file that begins with blanks is looked for its beginning."""


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
    if job.verb in ("node", "import", "call"):
        _check_ports(answer, job)
    elif answer.outputs:
        raise Refused("The answer has outputs nobody asked for.")
    findings = Findings(drafts, job)
    for manifest in answer.outputs.values():
        findings.check(manifest)
    found = findings.found
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
    elif job.verb == "call":
        ends = (*job.args["schema"]["inputs"], *job.args["schema"]["outputs"])
        types = {end["name"]: ("table",) for end in ends}
    else:
        spec = registry.find(job.args["module"])
        types = {port.name: (port.type,) for port in spec.outputs} if spec else {}
    for port, manifest in answer.outputs.items():
        if manifest.type not in types.get(port, ()):
            raise Refused(f"The result has a {manifest.type} on {port!r:.50}, where none belongs.")


class Findings(GivenInputs):
    """The files that a child left, against which its manifests are held. `found`: the bytes of each that a
    manifest names, by its name in the folder."""

    def __init__(self, drafts: Path, job: Job) -> None:
        super().__init__(job)
        self.drafts, self.found = drafts, dict[str, int]()

    def check(self, manifest: StoredValue) -> None:
        """Has the manifest's type check it, then sees to it that the type left no file out."""
        before = set(self.found)
        manifest.check(self)
        taken = {f"{DRAFT}{name}" for name in self.found.keys() - before}
        known = self.find(_sizes)
        for name, size in sizes(manifest).items():
            if name not in taken and known.get(name) != size:
                raise Refused("The result names a stored file that was not among its inputs.")

    def take(self, part: Part, signature: bytes = b"") -> None:
        """Accepts a file of the manifest: a draft of that size that begins so, or a file of an input."""
        if not part.object.startswith(DRAFT):
            if self.find(_sizes).get(part.object) != part.bytes:
                raise Refused("The result names a stored file that was not among its inputs.")
            return
        name = part.object.removeprefix(DRAFT)
        if name in self.found or name == RESULT:
            raise Refused(f"The result names the file {name} twice.")
        self.found[name] = _check_file(self.drafts, name, part.bytes, signature)

    def open(self, part: Part) -> BinaryIO | None:
        """A draft to read; None if the part is no draft."""
        if not part.object.startswith(DRAFT):
            return None
        return open(_open(self.drafts, part.object.removeprefix(DRAFT)), "rb")


def _sizes(inputs: Sequence[StoredValue]) -> dict[str, int]:
    """The bytes of the inputs' files, by content name."""
    return {name: size for manifest in inputs for name, size in sizes(manifest).items()}


def _check_file(drafts: Path, name: str, size: int, signature: bytes) -> int:
    try:
        fd = _open(drafts, name)
    except FileNotFoundError:
        raise Refused(f"The result names the file {name}, which is not there.") from None
    with open(fd, "rb") as file:
        actual = os.fstat(fd).st_size
        if actual != size:
            raise Refused(f"The file {name} has {actual} bytes, not the {size} the result says.")
        head = file.read(16) if signature != DRAWING else _text_start(file)
        if not head.startswith(signature):
            raise Refused(f"The file {name} is not of the type the result says.")
    return actual


def _text_start(file: BinaryIO) -> bytes:
    return file.read(BLANKS).removeprefix(b"\xef\xbb\xbf").lstrip()


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
