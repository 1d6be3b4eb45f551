"""A pass: a token that opens one artifact for a while, for notebooks, in place of the owner's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest
from ninja.security import HttpBearer

SALT = "studio.artifact-pass"
LASTS = timedelta(days=30)


def make_pass(user: User, artifact: str) -> tuple[str, datetime]:
    """The token, and when it ends. It opens what this user may see of this artifact, and nothing else."""
    token = signing.dumps({"user": user.pk, "artifact": artifact}, salt=SALT, compress=False)
    return token, datetime.now(UTC) + LASTS


class ArtifactPass(HttpBearer):
    """Lets a call in whose path names the artifact that the pass is for."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        try:
            told = signing.loads(token, salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            return None
        match = request.resolver_match
        if match is None or match.kwargs.get("id") != told["artifact"]:
            return None
        user = User.objects.filter(pk=told["user"], is_active=True).first()
        if user:
            request.user = user
        return user
