"""Uploads in pieces by the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload):
its core with the extensions creation, expiration and termination. The bytes come by it; then
`POST /uploads/{id}/dataset` makes the dataset, as often as its name must be chosen anew.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.http import http_date
from ninja import Router, Schema, Status
from pydantic import Field

from modules.files.reading import ReadAs
from modules.sdk.column import ColumnType
from studio.accounts.access import access_dataset
from studio.accounts.auth import user_of
from studio.artifacts.room import check_room
from studio.datasets import actions
from studio.datasets.api import as_json
from studio.datasets.api_schemas import DatasetKind, DatasetOut, DatasetType
from studio.datasets.import_wait import read_or_refuse
from studio.errors import BadRequest, Taken, Unsupported
from studio.uploads import partial
from studio.uploads.pieces import Upload
from studio.uploads.previews import preview

router = Router(tags=["uploads"])

VERSION = "1.0.0"
MOST_DIGITS = 15
PIECE = "application/offset+octet-stream"


class PreviewWish(Schema):
    """`type` and `reading` as in `POST /datasets`; found out where they are left out."""

    type: str | None = None
    reading: str | None = None


class PreviewColumn(Schema):
    """`original`: what the file calls it; `reading` names it by that. `could_be`: what text could be read as,
    since every value looks like it."""

    original: str
    name: str
    type: ColumnType
    note: str | None = None
    could_be: list[ReadAs] = Field(default_factory=list)


class RejectOut(Schema):
    line: int
    reason: str
    text: str


class Bad(Schema):
    """Rows that break a rule: how many, and the first ones."""

    count: int
    first: list[RejectOut]


class Found(Schema):
    """What was found out about a file, where its type has it."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    sheets: list[str] | None = None
    skip: int | None = None
    object: str | None = None
    objects: list[str] | None = None


class ZipEntryOut(Schema):
    name: str
    bytes: int


class PreviewOut(Schema):
    """How a file would be read. `whole` is false where only its beginning was looked at; the types may then
    have to be other ones in the end. `width`: how many columns there are; `columns` and `cells` are the first
    ones. A bundle has `count` and `entries` instead."""

    type: DatasetType
    kind: DatasetKind
    whole: bool
    rows: int | None = None
    width: int | None = None
    columns: list[PreviewColumn] | None = None
    cells: list[list[Any]] | None = None
    bad: Bad | None = None
    above: int = 0
    found: Found | None = None
    count: int | None = None
    entries: list[ZipEntryOut] | None = None


class DatasetWish(Schema):
    """As the fields of `POST /datasets`."""

    name: str | None = None
    type: str | None = None
    description: str = ""
    new_version_of: str | None = None
    reading: str | None = None


@router.api_operation(["OPTIONS"], "/uploads", summary="What of tus is spoken here")
def get_protocol(request: HttpRequest) -> HttpResponse:
    return _answer(204, headers={"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"})


@router.post("/uploads", response={201: None}, summary="Announce a file (tus)")
def begin_upload(request: HttpRequest) -> HttpResponse:
    """`Upload-Length`: its bytes. `Upload-Metadata`: `filename`, base64. `Location` is where its pieces go.

    507 where the disk would be full with all that was announced, 429 where too many are under way. 409 where
    a dataset of the file's name is there already, unless the metadata hold `named`: then the name is said in
    the end.
    """
    _check_version(request)
    length = _number(request, "Upload-Length")
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    file_name = metadata.get("filename") or "upload"
    user = user_of(request)
    if "named" not in metadata:
        actions.check_name(user, file_name, actions.Wish())
    begun = partial.begin(user.pk, length, file_name, length * actions.ROOM)
    return _answer(201, begun, {"Location": f"{request.path.rstrip('/')}/{begun.id}"})


@router.api_operation(["HEAD"], "/uploads/{id}", summary="How much of it has come (tus)")
def get_offset(request: HttpRequest, id: str) -> HttpResponse:
    found = _find(request, id)
    return _answer(200, found, {"Upload-Length": str(found.length), "Cache-Control": "no-store"})


@router.patch("/uploads/{id}", response={204: None}, summary="Go on with it (tus)")
def add_piece(request: HttpRequest, id: str) -> HttpResponse:
    """`Upload-Offset` says where the piece begins; 409 where that is not where the upload goes on.
    507 where the disk has no room for the rest any more."""
    _check_version(request)
    if request.content_type != PIECE:
        raise Unsupported(f"A piece has the content type {PIECE}.")
    found = _find(request, id)
    # Of several that were announced at once each had room for itself.
    check_room(f"The rest of {found.file_name}", found.length - found.offset)
    try:
        found.append(_number(request, "Upload-Offset"), request.read)
    except UnreadablePostError:  # the line broke; what came is kept, and nobody hears this answer
        raise BadRequest("The piece broke off. Ask for the offset and go on there.") from None
    return _answer(204, found)


@router.delete("/uploads/{id}", response={204: None}, summary="Give it up (tus)")
def forget_upload(request: HttpRequest, id: str) -> HttpResponse:
    _find(request, id).forget()
    return _answer(204)


@router.post("/uploads/{id}/preview", response=PreviewOut, summary="How it would be read")
def preview_upload(request: HttpRequest, id: str, payload: PreviewWish) -> dict[str, Any]:
    """First rows, types, and rows that break a rule; nothing is kept. 422 where it cannot be read so."""
    return preview(_whole(request, id), payload.type, payload.reading)


@router.post(
    "/uploads/{id}/dataset", response={201: DatasetOut}, summary="Make a dataset of what was uploaded"
)
def make_dataset(request: HttpRequest, id: str, payload: DatasetWish) -> Status[dict[str, Any]]:
    """Answers as `POST /datasets` does. After a refusal the bytes are still there: ask with another name or
    type, and nothing is sent twice."""
    user = user_of(request)
    found = _whole(request, id)
    older = access_dataset(user, payload.new_version_of) if payload.new_version_of else None
    wish = actions.Wish(**payload.dict(exclude={"new_version_of"}), new_version_of=older)
    with found.whole() as path:
        dataset = actions.take_file(user, path, found.file_name, wish)
    dataset = read_or_refuse(dataset)
    found.forget()
    return Status(201, as_json(dataset))


def _whole(request: HttpRequest, id: str) -> Upload:
    found = _find(request, id)
    if (offset := found.offset) < found.length:
        raise Taken(f"Only {offset} of {found.length} bytes have arrived. Send the rest first.")
    return found


def _find(request: HttpRequest, id: str) -> Upload:
    return partial.find(request.user.pk or 0, id)


def _answer(
    status: int, about: Upload | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    response = HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **(headers or {})})
    if about:
        response["Upload-Offset"] = str(about.offset)
        response["Upload-Expires"] = http_date(about.expires)
    return response


def _check_version(request: HttpRequest) -> None:
    if (said := request.headers.get("Tus-Resumable", VERSION)) != VERSION:
        raise BadRequest(f"tus {said} is not spoken here; {VERSION} is.")


def _number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS):
        raise BadRequest(f"The header {header} must be a number of bytes; it is {said[:40]!r}.")
    return int(said)


def _metadata(header: str) -> dict[str, str]:
    """`filename c2FsZXMuY3N2,named` as a dict. Values are base64 of UTF-8."""
    try:
        pairs = [pair.split() for pair in header.split(",") if pair.strip()]
        return {
            key: base64.b64decode(rest[0], validate=True).decode() if rest else "" for key, *rest in pairs
        }
    except (binascii.Error, UnicodeDecodeError):
        raise BadRequest("The header Upload-Metadata is not a list of names and base64 values.") from None
