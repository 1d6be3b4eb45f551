"""The columns of what may lie in a folder and have tags (`studio.shelf`)."""

from __future__ import annotations

from django.db import models

LONGEST_FOLDER = 300


class Shelved(models.Model):
    """`tag_lines`: each tag between two line ends, so that a query finds whole ones."""

    folder = models.CharField(max_length=LONGEST_FOLDER, blank=True, default="")
    tag_lines = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def tags(self) -> list[str]:
        return self.tag_lines.split("\n")[1:-1]
