"""A job's inputs as values. Files are mapped before the child is confined, and read after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.columns import map_file, read_column
from modules.sdk.errors import ModuleError
from modules.sdk.manifest import (
    StoredBundle,
    StoredDevice,
    StoredModel,
    StoredTable,
    StoredTransform,
    objects,
)
from modules.sdk.values import Bundle, Device, Model, Picture, Step, Table, Transform, Value
from workers.sandbox.job import Input, Job

UPLOAD = "upload"


@dataclass
class Mapped:
    """`buffers`: the bytes of columns and models by content name. `files`: what has to be shown as a
    file, by the name it gets: bundles, pictures, an upload."""

    buffers: dict[str, pa.Buffer] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(buffer.size for buffer in self.buffers.values())


def map_inputs(job: Job) -> Mapped:
    """Takes hold of everything the job stands on, looking at none of it."""
    mapped = Mapped()
    for given in job.inputs.values():
        match given.manifest:
            case StoredTable() as table:
                wanted = objects(table)
            case StoredModel(object=name):
                wanted = [name]
            case StoredBundle(object=name):
                mapped.files[name] = given.files[name]
                continue
            case StoredDevice(pictures=pictures):
                mapped.files.update({p.object: given.files[p.object] for p in pictures})
                continue
            case _:
                continue
        for name in wanted:
            if name not in mapped.buffers:
                mapped.buffers[name] = map_file(Path(given.files[name]))
    if job.file is not None:
        mapped.files[UPLOAD] = job.file
    return mapped


def read_inputs(job: Job, mapped: Mapped, shown: Mapping[str, str]) -> dict[str, Value]:
    """The inputs by port; `shown` says where each shown file is now."""
    return {port: _value(port, given, mapped, shown) for port, given in job.inputs.items()}


def _value(port: str, given: Input, mapped: Mapped, shown: Mapping[str, str]) -> Value:
    match given.manifest:
        case StoredTable() as table:
            return _table(port, table, mapped)
        case StoredBundle() as bundle:
            return Bundle(Path(shown[bundle.object]), bundle.object)
        case StoredModel() as model:
            data = mapped.buffers[model.object].to_pybytes()
            return Model(data, model.class_name, model.text, model.object)
        case StoredDevice() as device:
            pictures = [Picture(p.name, p.media_type, Path(shown[p.object])) for p in device.pictures]
            return Device(device.text, tuple(pictures))
        case StoredTransform() as transform:
            return Transform(tuple(Step(**dict(step)) for step in transform.steps))


def _table(port: str, stored: StoredTable, mapped: Mapped) -> Table:
    columns, read = [], dict[tuple[str, int | None], pa.ChunkedArray]()
    for column in stored.columns:
        place = stored.file_of(column), column.start
        data = read.get(place)
        if data is None:
            try:
                whole = mapped.buffers[place[0]]
                here = whole if column.start is None else whole.slice(column.start, column.bytes)
                data = read[place] = read_column(here)
            except (pa.ArrowInvalid, OSError, KeyError, IndexError) as error:
                raise ModuleError(
                    f"Column {column.name} of {port} is damaged in the store: {error}. "
                    "Run the node that made it again."
                ) from error
        if len(data) != stored.rows:
            raise ModuleError(
                f"Column {column.name} of {port} has {len(data)} rows, its table {stored.rows}. "
                "Run the node that made it again."
            )
        columns.append(Column(column.name, data, column.pandas, column.object, column.note))
    return Table(tuple(columns), stored.rows)
