"""An experiment: one document and its revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from studio.database.wide_index import WideIndex
from studio.ids import new_id
from studio.shelved import Shelved


class Experiment(Shelved):
    """`document` is the experiment file as it was saved, unknown keys and all; `revision` counts saves.
    What lists show of the document stands beside it, so that they do not read it: `name`, `description` and
    `node_count`. `sample_of`: the sample that it was made from (`studio.samples`), else empty."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="experiments")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="", db_default="")
    node_count = models.PositiveIntegerField(default=0, db_default=0)
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    sample_of = models.CharField(max_length=40, blank=True, default="")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            # A page of the list, and what a search looks at (`studio/shelf.py`).
            WideIndex(
                fields=["owner", "-updated", "id"],
                beside=["name", "folder", "tag_lines"],
                name="list_experiments",
            ),
            models.Index(fields=["owner", "id"]),  # counts the runs of one owner
            models.Index(fields=["owner", "folder"]),
            models.Index(fields=["owner"], condition=~Q(tag_lines=""), name="tagged_experiments"),
            models.Index(fields=["owner"], condition=~Q(sample_of=""), name="sample_experiments"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sample(self) -> bool:
        return bool(self.sample_of)


class DatasetUse(models.Model):
    """That an experiment's document names a dataset: `name`, or `name@version`. Written with the document."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="dataset_uses")
    name = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "name"], name="one_use_a_name")]
        indexes = [models.Index(fields=["owner", "name"])]

    def __str__(self) -> str:
        return self.name


class ModulePair(models.Model):
    """How often people of this server have wired an output of one module to an input of another."""

    source = models.CharField(max_length=100)
    target = models.CharField(max_length=100)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="one_count_a_pair")]

    def __str__(self) -> str:
        return f"{self.source} {self.target}"
