"""A child's values as manifests and draft files. A column nobody touched is only named."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from modules.sdk.errors import ModuleError
from modules.sdk.manifest import (
    DRAFT,
    BundleEntry,
    Manifest,
    StoredBundle,
    StoredDevice,
    StoredModel,
    StoredPicture,
    StoredStep,
    StoredTable,
    StoredTransform,
)
from modules.sdk.values import Bundle, Device, Model, Picture, Table, Transform, Value
from workers.sandbox import limits as limits_
from workers.sandbox.job import Job
from workers.sandbox.tables import Place, place_of, store_table

ENTRIES = 1000
MediaType = Literal["image/png", "image/jpeg", "image/gif", "image/svg+xml"]


class LimitError(Exception):
    """A result that is too much; `limit` says of what."""

    def __init__(self, limit: str) -> None:
        super().__init__(limits_.WORDS[limit])
        self.limit = limit


@dataclass
class Outbox:
    """Writes drafts into a folder, numbering them. Of the inputs it knows where each column lies (`columns`),
    the sizes of models and the manifests of bundles."""

    folder: Path
    job: Job
    count: int = 0
    pid: int = field(default_factory=os.getpid)
    sizes: dict[str, int] = field(default_factory=dict)
    bundles: dict[str, StoredBundle] = field(default_factory=dict)
    columns: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for given in self.job.inputs.values():
            match given.manifest:
                case StoredTable() as table:
                    self.columns.update({column.object: place_of(table, column) for column in table.columns})
                case StoredBundle() as bundle:
                    self.bundles[bundle.object] = bundle
                case StoredModel() as model:
                    self.sizes[model.object] = model.bytes

    def only_once(self) -> None:
        """A process that a script forked comes back here too; it has nothing to hand in."""
        if os.getpid() != self.pid:
            os._exit(0)

    def store_all(self, values: Mapping[str, Value | None]) -> dict[str, Manifest]:
        """Manifests by port; a port with nothing on it is left out."""
        self.only_once()
        return {port: self.store(value) for port, value in values.items() if value is not None}

    def store(self, value: Value) -> Manifest:
        match value:
            case Table():
                return store_table(value, self.columns, self._draft)
            case Device():
                return self._device(value)
            case Bundle():
                return self._bundle(value)
            case Model():
                return self._model(value)
            case Transform():
                return StoredTransform(steps=tuple(StoredStep(**vars(step)) for step in value.steps))
        raise ModuleError(f"{type(value).__name__} is nothing that a wire carries.")

    def _draft(self, suffix: str) -> Path:
        self.count += 1
        return self.folder / f"{self.count:06d}.{suffix}"

    def _bundle(self, bundle: Bundle) -> StoredBundle:
        if bundle.origin in self.bundles:
            return self.bundles[bundle.origin]
        path = self._draft("zip")
        shutil.copyfile(bundle.path, path)
        with zipfile.ZipFile(path) as zipped:
            files = [entry for entry in zipped.infolist() if not entry.is_dir()]
        entries = tuple(BundleEntry(name=e.filename, bytes=e.file_size) for e in files[:ENTRIES])
        return StoredBundle(
            object=DRAFT + path.name, bytes=path.stat().st_size, files=len(files), entries=entries
        )

    def _model(self, model: Model) -> StoredModel:
        name, size = model.origin, self.sizes.get(model.origin or "")
        if name is None or size is None:
            path = self._draft("model")
            size = path.write_bytes(model.pickled)
            name = DRAFT + path.name
        return StoredModel(object=name, bytes=size, class_name=model.class_name, text=model.text)

    def _device(self, device: Device) -> StoredDevice:
        if len(device.pictures) > self.job.limits.pictures:
            raise LimitError("pictures")
        return StoredDevice(text=device.text, pictures=tuple(self._picture(p) for p in device.pictures))

    def _picture(self, picture: Picture) -> StoredPicture:
        fd = os.open(picture.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(fd, "rb") as source:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                raise ModuleError(f"The picture {picture.name} is not a regular file.")
            if status.st_size > self.job.limits.picture_bytes:
                raise LimitError("picture_bytes")
            path = self._draft("picture")
            with path.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        media_type = cast(MediaType, picture.media_type)
        return StoredPicture(
            name=picture.name, media_type=media_type, object=DRAFT + path.name, bytes=path.stat().st_size
        )
