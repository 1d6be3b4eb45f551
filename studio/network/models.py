"""The record of the network: a row for each host that a node reached, or did not."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class NetworkRecord(models.Model):
    """`run` and `node`: where it was; `run` is empty for a try on a sample. `title`: for people. `host`: name
    and port, empty if the request named none. `sent`, `received`: bytes. `refused`: why nothing went through,
    else empty. No path, header or content is kept, and values of the node's secrets are crossed out."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    run = models.CharField(max_length=16, blank=True)
    experiment = models.CharField(max_length=16, blank=True)
    node = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    host = models.CharField(max_length=300, blank=True)
    connections = models.PositiveIntegerField()
    sent = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    refused = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"])]

    def __str__(self) -> str:
        return f"{self.title}: {self.host}"
