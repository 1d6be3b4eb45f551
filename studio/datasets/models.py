"""A dataset: a named, versioned, uploaded value."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from studio.artifacts.models import Artifact
from studio.ids import new_id
from studio.shelved import Shelved

KINDS = {"zip": "bundle", "model": "model", "transform": "transform"}
"""What wires carry of datasets of these types; of all others tables."""


class Dataset(Shelved):
    """One version of a dataset. `original` is the object that was uploaded, byte for byte.

    `reading`: what was said of how to read it (`modules.files.reading`). `lineage`: the node run whose output
    it was saved from (`studio.datasets.lineage`); null where it was uploaded. `rejected`: rows of the file
    that broke a rule and were set apart, as the dataset `rejects` while that is kept."""

    class State(models.TextChoices):
        IMPORTING = "importing"
        READY = "ready"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    type = models.CharField(max_length=20)
    reading = models.JSONField(default=dict, blank=True)
    description = models.TextField(blank=True, default="")
    file_name = models.CharField(max_length=255, blank=True, default="")
    state = models.CharField(max_length=12, choices=State, default=State.IMPORTING)
    progress = models.FloatField(null=True)
    error = models.JSONField(null=True)
    original = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    artifact = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT, related_name="datasets")
    lineage = models.JSONField(null=True)
    rejected = models.PositiveIntegerField(default=0)
    rejects = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="rejected_from")
    sample = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "version"], name="one_dataset_a_version"),
            models.CheckConstraint(
                condition=Q(state="ready", artifact__isnull=False) | ~Q(state="ready"),
                name="ready_has_artifact",
            ),
        ]
        indexes = [models.Index(fields=["owner", "name", "-version"])]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def kind(self) -> str:
        """What wires carry of it: one of `KINDS`."""
        return KINDS.get(self.type, "table")


class Source(models.Model):
    """A dataset that another was made from. Name and version stay when it is deleted."""

    made = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="sources")
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.SET_NULL, related_name="makes")
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"
