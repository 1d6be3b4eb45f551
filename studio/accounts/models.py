"""Passes: what somebody let others read, and until when. Secrets: what all web processes must agree on."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.crypto import salted_hmac

from studio import config
from studio.ids import new_id


class Owner(User):
    """The owner's account. Its sessions end when the token changes."""

    class Meta:
        proxy = True

    def get_session_auth_hash(self) -> str:
        return salted_hmac("studio.session", config.owner_token(), algorithm="sha256").hexdigest()


class Pass(models.Model):
    """One artifact that whoever has its token may download. `what`: in the giver's words."""

    id = models.CharField(primary_key=True, max_length=24, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    artifact = models.CharField(max_length=64)
    what = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "artifact"], name="one_pass_an_artifact")]

    def __str__(self) -> str:
        return f"pass {self.id} to {self.artifact[:12]}"


class Secret(models.Model):
    """A secret of this installation, by the name of its file in STUDIO_HOME (`studio.accounts.shared`)."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
