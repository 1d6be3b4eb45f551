"""A job's inputs as values. Files are mapped before the child is confined, and read after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from modules.sdk.columns import map_file
from modules.sdk.values import Value
from modules.wire_types.stored import objects
from workers.sandbox.job import Job

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


@dataclass(frozen=True)
class Opened:
    """The files of a confined child's inputs: mapped bytes, and where each shown file is now."""

    mapped: Mapped
    shown: Mapping[str, str]

    def data(self, name: str) -> pa.Buffer:
        return self.mapped.buffers[name]

    def path(self, name: str) -> Path:
        return Path(self.shown[name])


def map_inputs(job: Job) -> Mapped:
    """Takes hold of everything the job stands on, looking at none of it."""
    mapped = Mapped()
    for given in job.inputs.values():
        for name in objects(given.manifest):
            if given.manifest.shown_as_files:
                mapped.files[name] = given.files[name]
            elif name not in mapped.buffers:
                mapped.buffers[name] = map_file(Path(given.files[name]))
    if job.file is not None:
        mapped.files[UPLOAD] = job.file
    return mapped


def read_inputs(job: Job, mapped: Mapped, shown: Mapping[str, str]) -> dict[str, Value]:
    """The inputs by port; `shown` says where each shown file is now."""
    opened = Opened(mapped, shown)
    return {port: given.manifest.read(port, opened) for port, given in job.inputs.items()}
