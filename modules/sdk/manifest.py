"""How a value lies in the store: a manifest that names its files by content.

A table is kept column by column, each one uncompressed Arrow IPC file of one field named
"value", so that a column nobody touched is passed on by its name and never written again. Small
columns of a wide table lie one after the other in a file that they share, a pack; each still has
the content name it would have in a file of its own, and the table's identity is the same.

`object` is the content name (BLAKE3, hex) of a file in the store, or of a column's bytes in a pack.
In what a sandboxed child hands back it may also be `draft:NAME`, a file it left in its draft folder,
which the parent checks, hashes and keeps; a new column in a pack has its pack's draft there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DRAFT = "draft:"
Object = Annotated[str, Field(pattern=r"^([0-9a-f]{64}|draft:[a-z0-9][a-z0-9_.-]{0,63})$")]
Count = Annotated[int, Field(ge=0, le=1 << 53)]
ColumnType = Literal[
    "integer", "float", "string", "boolean", "datetime", "timedelta", "categorical", "binary"
]


class Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoredColumn(Stored):
    """`pandas` and `note` as in `modules.sdk.column.Column`. `pack`: which of the table's packs it lies in,
    `start`: from which byte on; both None where it has a file of its own."""

    name: str
    type: ColumnType
    object: Object
    bytes: Count
    pandas: str | None = None
    note: str | None = None
    pack: Count | None = None
    start: Count | None = None


class StoredPack(Stored):
    """A file of several columns."""

    object: Object
    bytes: Count


class StoredTable(Stored):
    type: Literal["table"] = "table"
    rows: Count
    columns: tuple[StoredColumn, ...]
    packs: tuple[StoredPack, ...] = ()

    @model_validator(mode="after")
    def _packs_exist(self) -> Self:
        for column in self.columns:
            if column.pack is None and column.start is None:
                continue
            if column.start is None or column.pack is None or column.pack >= len(self.packs):
                raise ValueError(f"column {column.name[:50]!r} lies in a pack that is not there")
        return self

    def file_of(self, column: StoredColumn) -> str:
        """The name of the file that a column of it lies in."""
        return column.object if column.pack is None else self.packs[column.pack].object


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


class StoredStep(Stored):
    """As `modules.sdk.values.Step`."""

    module: str
    params: dict[str, Any] | None
    fitted: dict[str, Any]
    version: Count = 1


class StoredTransform(Stored):
    type: Literal["transform"] = "transform"
    steps: tuple[StoredStep, ...]

    @model_validator(mode="before")
    @classmethod
    def _one_step(cls, raw: Any) -> Any:
        """Transforms kept by early versions have one step, and no settings."""
        if not isinstance(raw, dict) or "steps" in raw or not {"module", "fitted"} <= raw.keys():
            return raw
        step = {"module": raw["module"], "params": None, "fitted": raw["fitted"]}
        return {"steps": [step]} | {k: v for k, v in raw.items() if k not in step}


Manifest = Annotated[
    StoredTable | StoredBundle | StoredDevice | StoredModel | StoredTransform, Field(discriminator="type")
]


def objects(manifest: Stored) -> list[str]:
    """The names of all files a manifest stands on, in order, drafts included."""
    return [part.object for part in _parts(manifest)]


def sizes(manifest: Stored) -> dict[str, int]:
    """The same with each file's bytes."""
    return {part.object: part.bytes for part in _parts(manifest)}


def _parts(
    manifest: Stored,
) -> Sequence[StoredColumn | StoredPack | StoredBundle | StoredModel | StoredPicture]:
    match manifest:
        case StoredTable(packs=()):
            return manifest.columns
        case StoredTable():
            used = sorted({column.pack for column in manifest.columns if column.pack is not None})
            alone = [column for column in manifest.columns if column.pack is None]
            return [*alone, *(manifest.packs[place] for place in used)]
        case StoredBundle() | StoredModel():
            return [manifest]
        case StoredDevice():
            return manifest.pictures
    return []
