"""A child's values as manifests and draft files. A column nobody touched is only named."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from modules.sdk.errors import ModuleError
from modules.sdk.values import Value
from modules.wire_types import WIRE_TYPES, Manifest
from workers.sandbox.given import GivenInputs
from workers.sandbox.job import Job


class Outbox(GivenInputs):
    """Writes drafts into a folder, numbering them."""

    def __init__(self, folder: Path, job: Job) -> None:
        super().__init__(job)
        self.folder, self.count, self.pid = folder, 0, os.getpid()

    def only_once(self) -> None:
        """A process that a script forked comes back here too; it has nothing to hand in."""
        if os.getpid() != self.pid:
            os._exit(0)

    def store_all(self, values: Mapping[str, Value | None]) -> dict[str, Manifest]:
        """Manifests by port; a port with nothing on it is left out."""
        self.only_once()
        return {port: self.store(value) for port, value in values.items() if value is not None}

    def store(self, value: Value) -> Manifest:
        """The manifest of one value."""
        stored = WIRE_TYPES.get(getattr(value, "type", ""))
        if stored is None or not isinstance(value, stored.value_class):
            raise ModuleError(f"{type(value).__name__} is nothing that a wire carries.")
        return cast(Manifest, stored.write(value, self))

    def draft(self, suffix: str) -> Path:
        """The path of a new draft, which nothing was written to yet."""
        self.count += 1
        return self.folder / f"{self.count:06d}.{suffix}"
