"""Keys of agents, what agents did, and the edits that they propose."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from studio.experiments.models import Experiment
from studio.ids import new_id


class AgentKey(models.Model):
    """`digest`: SHA-256 of the key, which is kept nowhere. `values`: whether an agent with it is sent what
    stands in columns, and not their names and types only."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agent_keys")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    values = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created", "id"]

    def __str__(self) -> str:
        return f"agent key {self.name}"


class AgentCall(models.Model):
    """One call of a tool. `agent`: the name of its key. `refused`: why it failed, else empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agent = models.CharField(max_length=100)
    tool = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    refused = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"])]

    def __str__(self) -> str:
        return f"{self.agent}: {self.tool} {self.about}"


class Proposal(models.Model):
    """An edit that waits for a person. `base`: the experiment file that it was made from; `document`: as it
    would be."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DISCARDED = "discarded"

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="proposals")
    title = models.CharField(max_length=200)
    agent = models.CharField(max_length=100)
    base = models.JSONField()
    document = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["experiment", "state"])]

    def __str__(self) -> str:
        return f"{self.agent}: {self.title}"
