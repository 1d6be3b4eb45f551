"""A bundle: a zip file."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, FailFast

from modules.sdk.values import Bundle
from modules.wire_types.stored import (
    DRAFT,
    Count,
    Download,
    Drafts,
    Findings,
    Inputs,
    Object,
    Part,
    Question,
    Stored,
    StoredValue,
    parts_by_name,
)

MOST_ENTRIES = 1000


class BundleEntry(Stored):
    name: str
    bytes: Count


class EntryOut(BaseModel):
    name: str
    bytes: int


class BundleMembers(BaseModel):
    entries: list[EntryOut]
    files: int


class StoredBundle(StoredValue):
    """`entries` lists at most its first 1,000 files, `files` counts them all."""

    value_class = Bundle
    shown_as_files = True
    members = BundleMembers
    dataset_type = "zip"

    type: Literal["bundle"] = "bundle"
    object: Object
    bytes: Count
    files: Count = 0
    entries: Annotated[tuple[BundleEntry, ...], FailFast()] = ()

    def parts(self) -> Sequence[Part]:
        return (self,)

    def read(self, port: str, inputs: Inputs) -> Bundle:
        return Bundle(inputs.path(self.object), self.object)

    @classmethod
    def write(cls, value: Bundle, drafts: Drafts) -> StoredBundle:
        known = drafts.find(parts_by_name).get(value.origin or "")
        if isinstance(known, StoredBundle):
            return known
        path = drafts.draft("zip")
        shutil.copyfile(value.path, path)
        with zipfile.ZipFile(path) as zipped:
            files = [entry for entry in zipped.infolist() if not entry.is_dir()]
        entries = tuple(BundleEntry(name=e.filename, bytes=e.file_size) for e in files[:MOST_ENTRIES])
        size = path.stat().st_size
        return cls(object=DRAFT + path.name, bytes=size, files=len(files), entries=entries)

    @classmethod
    def answer(cls, value: Bundle, question: Question) -> Any:
        from modules.look import inside

        match question.verb:
            case "file":
                return inside.bundle_file(value, question.args["name"])
            case "files":
                return inside.bundle_files(value)
            case "export" if question.folder is not None:
                return inside.changed_bundle(value, question.args["files"], question.folder)
        return super().answer(value, question)

    def check(self, found: Findings) -> None:
        found.take(self, b"PK")

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        return {"files": data.get("files", 0), "entries": list(data.get("entries", ()))}

    def downloads(self) -> Sequence[Download]:
        return (Download("zip", "application/zip", self.object),)
