"""A device: what a script printed, and its pictures."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, FailFast

from modules.sdk import pixels
from modules.sdk.errors import ModuleError
from modules.sdk.values import Device, Picture
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


class PictureOut(BaseModel):
    name: str
    media_type: str
    bytes: int


class DeviceMembers(BaseModel):
    pictures: list[PictureOut]
    text: str


class DeviceSizes(BaseModel):
    pictures: int


class StoredDevice(StoredValue):
    value_class = Device
    shown_as_files = True
    members = DeviceMembers
    outline_members = DeviceSizes

    type: Literal["device"] = "device"
    text: str = ""
    pictures: Annotated[tuple[StoredPicture, ...], FailFast()] = ()

    def parts(self) -> Sequence[Part]:
        return self.pictures

    def renamed(self, names: Names) -> Self:
        pictures = tuple(p.model_copy(update={"object": names.of(p)}) for p in self.pictures)
        return self.model_copy(update={"pictures": pictures})

    @classmethod
    def object_names(cls, data: Mapping[str, Any]) -> set[str]:
        return {picture["object"] for picture in data.get("pictures", ())}

    def read(self, port: str, inputs: Inputs) -> Device:
        pictures = [Picture(p.name, p.media_type, inputs.path(p.object)) for p in self.pictures]
        return Device(self.text, tuple(pictures))

    @classmethod
    def write(cls, value: Device, drafts: Drafts) -> StoredDevice:
        if len(value.pictures) > drafts.limits.pictures:
            raise TooMuch("pictures")
        return cls(text=value.text, pictures=tuple(_write(picture, drafts) for picture in value.pictures))

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
        for picture in self.pictures:
            _check_pixels(picture, found)

    @classmethod
    def needed(cls, data: Mapping[str, Any], verb: str, args: Mapping[str, Any]) -> StoredValue:
        """`args["picture"]`: the one picture that the question is about."""
        whole, place = cls.model_validate(data), args.get("picture")
        if place is None:
            return whole
        return whole.model_copy(update={"pictures": whole.pictures[place : place + 1]})

    @classmethod
    def outline(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"pictures": len(data["pictures"])}

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        pictures = [{name: p[name] for name in ("name", "media_type", "bytes")} for p in data["pictures"]]
        return {"text": data["text"], "pictures": pictures}

    def downloads(self) -> Sequence[Download]:
        text = Download("txt", "text/plain; charset=utf-8", text=self.text)
        return [
            text,
            *(
                Download(f"{place}.{ENDINGS[picture.media_type]}", picture.media_type, picture.object)
                for place, picture in enumerate(self.pictures)
            ),
        ]


def _write(picture: Picture, drafts: Drafts) -> StoredPicture:
    fd = os.open(picture.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(fd, "rb") as source:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise ModuleError(f"The picture {picture.name} is not a regular file.")
        if status.st_size > drafts.limits.picture_bytes:
            raise TooMuch("picture_bytes")
        path = drafts.draft("picture")
        with path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    media_type = cast(MediaType, picture.media_type)
    size = path.stat().st_size
    return StoredPicture(name=picture.name, media_type=media_type, object=DRAFT + path.name, bytes=size)


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
