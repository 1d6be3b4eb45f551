"""A device: what a script printed, its pictures, and the documents of a report."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, FailFast, SerializerFunctionWrapHandler, model_serializer

from modules.sdk import pixels
from modules.sdk.errors import ModuleError
from modules.sdk.values import Device, Document, Picture
from modules.wire_types.stored import (
    DRAFT,
    Count,
    Download,
    Drafts,
    Findings,
    Inputs,
    Names,
    Object,
    Part,
    Question,
    Refused,
    Stored,
    StoredValue,
    TooMuch,
)

MediaType = Literal["image/png", "image/jpeg", "image/gif", "image/svg+xml"]
SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
DRAWING = b"<"
"""What an SVG begins with, after blanks."""
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}


class StoredPicture(Stored):
    name: str
    media_type: MediaType
    object: Object
    bytes: Count


DocumentType = Literal["text/html", "application/pdf"]
DOCUMENTS = {"text/html": b"<!doctype html>", "application/pdf": b"%PDF-"}
MOST_DOCUMENTS = 10


class StoredDocument(Stored):
    name: str
    media_type: DocumentType
    object: Object
    bytes: Count


class PictureOut(BaseModel):
    name: str
    media_type: str
    bytes: int


class DeviceMembers(BaseModel):
    pictures: list[PictureOut]
    documents: list[PictureOut]
    text: str


class DeviceSizes(BaseModel):
    pictures: int
    documents: int = 0


class StoredDevice(StoredValue):
    value_class = Device
    shown_as_files = True
    members = DeviceMembers
    outline_members = DeviceSizes

    type: Literal["device"] = "device"
    text: str = ""
    pictures: Annotated[tuple[StoredPicture, ...], FailFast()] = ()
    documents: Annotated[tuple[StoredDocument, ...], FailFast()] = ()

    @model_serializer(mode="wrap")
    def _without_nothing(self, usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What has no documents is written, and so called, as it was before there were any."""
        written: dict[str, Any] = usual(self)
        return written if self.documents else {k: v for k, v in written.items() if k != "documents"}

    def parts(self) -> Sequence[Part]:
        return (*self.pictures, *self.documents)

    def renamed(self, names: Names) -> Self:
        pictures = tuple(p.model_copy(update={"object": names.of(p)}) for p in self.pictures)
        documents = tuple(d.model_copy(update={"object": names.of(d)}) for d in self.documents)
        return self.model_copy(update={"pictures": pictures, "documents": documents})

    @classmethod
    def object_names(cls, data: Mapping[str, Any]) -> set[str]:
        return {part["object"] for part in (*data.get("pictures", ()), *data.get("documents", ()))}

    def read(self, port: str, inputs: Inputs) -> Device:
        pictures = [Picture(p.name, p.media_type, inputs.path(p.object)) for p in self.pictures]
        documents = [Document(d.name, d.media_type, inputs.path(d.object)) for d in self.documents]
        return Device(self.text, tuple(pictures), tuple(documents))

    @classmethod
    def write(cls, value: Device, drafts: Drafts) -> StoredDevice:
        if len(value.pictures) > drafts.limits.pictures:
            raise TooMuch("pictures")
        pictures = [StoredPicture(**_write(picture, drafts)) for picture in value.pictures]
        documents = [StoredDocument(**_write(document, drafts)) for document in value.documents]
        return cls(text=value.text, pictures=tuple(pictures), documents=tuple(documents))

    @classmethod
    def answer(cls, value: Device, question: Question) -> Any:
        from modules.look.thumbnails import thumbnail

        return thumbnail(value) if question.verb == "thumbnail" else super().answer(value, question)

    def check(self, found: Findings) -> None:
        if len(self.pictures) > found.limits.pictures:
            raise TooMuch("pictures")
        if any(picture.bytes > found.limits.picture_bytes for picture in self.pictures):
            raise TooMuch("picture_bytes")
        for picture in self.pictures:
            found.take(picture, SIGNATURES.get(picture.media_type, DRAWING))
        if len(self.documents) > MOST_DOCUMENTS:
            raise Refused(f"The result has {len(self.documents)} documents; {MOST_DOCUMENTS} are the most.")
        for document in self.documents:
            found.take(document, DOCUMENTS[document.media_type])
        for picture in self.pictures:
            _check_pixels(picture, found)

    @classmethod
    def needed(cls, data: Mapping[str, Any], verb: str, args: Mapping[str, Any]) -> StoredValue:
        """`args["picture"]`: the one picture that the question is about."""
        whole, place = cls.model_validate(data), args.get("picture")
        if place is None:
            return whole
        return whole.model_copy(update={"pictures": whole.pictures[place : place + 1], "documents": ()})

    @classmethod
    def outline(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"pictures": len(data["pictures"]), "documents": len(data.get("documents", ()))}

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        return {"text": data["text"]} | {
            kind: [{name: p[name] for name in ("name", "media_type", "bytes")} for p in data.get(kind, ())]
            for kind in ("pictures", "documents")
        }

    def downloads(self) -> Sequence[Download]:
        text = Download("txt", "text/plain; charset=utf-8", text=self.text)
        return [
            text,
            *(
                Download(f"{place}.{ENDINGS[picture.media_type]}", picture.media_type, picture.object)
                for place, picture in enumerate(self.pictures)
            ),
        ]


def _write(file: Picture | Document, drafts: Drafts) -> dict[str, Any]:
    """The members of a part, whose file is copied into a draft."""
    what = "picture" if isinstance(file, Picture) else "document"
    fd = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(fd, "rb") as source:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise ModuleError(f"The {what} {file.name} is not a regular file.")
        if status.st_size > drafts.limits.picture_bytes:
            raise TooMuch("picture_bytes")
        path = drafts.draft(what)
        with path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    size = path.stat().st_size
    return {"name": file.name, "media_type": file.media_type, "object": DRAFT + path.name, "bytes": size}


def _check_pixels(picture: StoredPicture, found: Findings) -> None:
    file = found.open(picture)
    if file is None:
        return
    with file:
        try:
            if pixels.count(file, picture.media_type) > found.limits.picture_pixels:
                raise TooMuch("picture_pixels")
        except pixels.Unknown as error:
            raise Refused(
                f"The picture {picture.name!r:.200} does not say how large it is: {error}."
            ) from None
