"""How a value lies in the store: a manifest that names its files by content.

A table is kept column by column, each one uncompressed Arrow IPC file of one field named
"value", so that a column nobody touched is passed on by its name and never written again.

`object` is the content name of a file in the store (BLAKE3, hex). In what a sandboxed child
hands back it may also be `draft:NAME`, a file it left in its draft folder, which the parent
checks, hashes and keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

DRAFT = "draft:"
Object = Annotated[str, Field(pattern=r"^([0-9a-f]{64}|draft:[a-z0-9][a-z0-9_.-]{0,63})$")]
Count = Annotated[int, Field(ge=0, le=1 << 53)]
ColumnType = Literal[
    "integer", "float", "string", "boolean", "datetime", "timedelta", "categorical", "binary"
]


class Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoredColumn(Stored):
    """`pandas` and `note` as in `modules.sdk.column.Column`."""

    name: str
    type: ColumnType
    object: Object
    bytes: Count
    pandas: str | None = None
    note: str | None = None


class StoredTable(Stored):
    type: Literal["table"] = "table"
    rows: Count
    columns: tuple[StoredColumn, ...]


class BundleEntry(Stored):
    name: str
    bytes: Count


class StoredBundle(Stored):
    """A zip; `entries` lists at most its first 1,000 files, `files` counts them all."""

    type: Literal["bundle"] = "bundle"
    object: Object
    bytes: Count
    files: Count = 0
    entries: tuple[BundleEntry, ...] = ()


class StoredPicture(Stored):
    name: str
    media_type: Literal["image/png", "image/jpeg", "image/gif", "image/svg+xml"]
    object: Object
    bytes: Count


class StoredDevice(Stored):
    type: Literal["device"] = "device"
    text: str = ""
    pictures: tuple[StoredPicture, ...] = ()


class StoredModel(Stored):
    type: Literal["model"] = "model"
    object: Object
    bytes: Count
    class_name: str
    text: str = ""


class StoredTransform(Stored):
    type: Literal["transform"] = "transform"
    module: str
    fitted: dict[str, Any]


Manifest = Annotated[
    StoredTable | StoredBundle | StoredDevice | StoredModel | StoredTransform, Field(discriminator="type")
]


def objects(manifest: Stored) -> list[str]:
    """The names of all files a manifest stands on, in order, drafts included."""
    return [part.object for part in _parts(manifest)]


def sizes(manifest: Stored) -> dict[str, int]:
    """The same with each file's bytes."""
    return {part.object: part.bytes for part in _parts(manifest)}


def _parts(manifest: Stored) -> Sequence[StoredColumn | StoredBundle | StoredModel | StoredPicture]:
    match manifest:
        case StoredTable():
            return manifest.columns
        case StoredBundle() | StoredModel():
            return [manifest]
        case StoredDevice():
            return manifest.pictures
    return []
