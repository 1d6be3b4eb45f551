"""An environment: a list of requirements, the lock that they led to, and how far its building is."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from studio.ids import new_id


class Environment(models.Model):
    """`requirements`: lines as people write them. `wish`: the same, told apart from others (`requirements.
    wish_of`). `lock`: exact versions, empty until they are known. `key`: the folder of what is installed, the
    same for the same lock. `packages`: version by name of what is installed beside base. `names`: what can be
    imported from it. `automatic`: made for the header of a script. `worker` builds it, and was
    `alive` then."""

    class State(models.TextChoices):
        BUILDING = "building"
        READY = "ready"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="environments")
    name = models.CharField(max_length=200)
    requirements = models.JSONField(default=list)
    wish = models.CharField(max_length=64, db_index=True)
    automatic = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.BUILDING)
    lock = models.TextField(blank=True, default="")
    key = models.CharField(max_length=64, blank=True, default="", db_index=True)
    packages = models.JSONField(default=dict)
    names = models.JSONField(default=list)
    log = models.TextField(blank=True, default="")
    error = models.TextField(blank=True, default="")
    bytes = models.BigIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True, default="")
    alive = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    built = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_environment_a_name"),
        ]
        indexes = [models.Index(fields=["owner", "-created"])]

    def __str__(self) -> str:
        return self.name
