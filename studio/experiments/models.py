"""An experiment: one document and its revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from studio.ids import new_id
from studio.shelf import Shelved


class Experiment(Shelved):
    """`document` is the experiment file as it was saved, unknown keys and all; `revision` counts saves.
    `sample_of`: the sample that it was made from (`studio.samples`), else empty."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="experiments")
    name = models.CharField(max_length=200)
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    sample_of = models.CharField(max_length=40, blank=True, default="")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-updated"])]

    def __str__(self) -> str:
        return self.name

    @property
    def sample(self) -> bool:
        return bool(self.sample_of)
