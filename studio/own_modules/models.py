"""A version of an own module, as the palette keeps it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from studio.ids import new_id


class OwnModule(models.Model):
    """`slug`: what it is called in files, the same for all versions. `definition`: as an experiment file
    carries it. `needs`: the definitions of those inside of it, by their key."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_modules")
    slug = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    definition = models.JSONField()
    needs = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug", "version"], name="one_own_module_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}@{self.version}"
