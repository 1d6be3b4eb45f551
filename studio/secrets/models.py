"""A secret: its name, its sealed value, and who last had it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from studio.ids import new_id


class Secret(models.Model):
    """`sealed`: the value as `studio.secrets.sealing` keeps it. `version` goes up with each value.
    `made_by`: who gave it. `used_for`: the node that was last given it, for people."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="secrets")
    name = models.CharField(max_length=100)
    sealed = models.TextField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=150)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)
    used_for = models.CharField(max_length=300, blank=True, default="")
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_secret_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> str:
        """Tells this value from all others of that name, and says nothing of it."""
        return f"{self.pk}.{self.version}"
