"""An artifact: a manifest and the files it stands on. Found by its content, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from studio.artifacts.outlines import outline_of

if TYPE_CHECKING:
    from modules.wire_types import Manifest


class Artifact(models.Model):
    """`id` is the BLAKE3 of the manifest; `bytes` the size of all its files. `used`: when it was last used,
    within an hour. `dropped`: since when its files are no longer kept. `outline`: what lists tell of it,
    so that its manifest need not be read (`studio.artifacts.outlines`); null where it is older."""

    id = models.CharField(primary_key=True, max_length=64)
    type = models.CharField(max_length=16)
    manifest = models.JSONField()
    outline = models.JSONField(null=True)
    bytes = models.BigIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(default=timezone.now)
    dropped = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dropped", "bytes"])]

    def __str__(self) -> str:
        return f"{self.type} {self.id[:12]}"

    def read(self) -> Manifest:
        """The manifest as its typed self."""
        from modules.wire_types import MANIFEST  # the first page does without: pyarrow takes its time

        return MANIFEST.validate_python(self.manifest)

    def facts(self) -> dict[str, Any]:
        """What a list of outputs says of it: rows and columns, or pictures."""
        told = {key: value for key, value in self.told().items() if key != "first"}
        return told | {"bytes": self.bytes} | ({"dropped": True} if self.dropped else {})

    def told(self) -> dict[str, Any]:
        """The outline, also of one that was kept before there were outlines."""
        return self.outline if self.outline is not None else outline_of(self.manifest)
