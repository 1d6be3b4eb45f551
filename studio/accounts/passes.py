"""A pass: a token that opens one artifact for a while, for notebooks, in place of the owner's own.

There is one for each artifact; asked for again it lasts longer. Taken back, its token opens nothing any more.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from studio.accounts.models import Pass
from studio.errors import NotFound

SALT = "studio.pass"
LASTS = timedelta(days=30)
FINE = timedelta(minutes=1)
"""How closely its last use is told."""


def make_pass(user: User, artifact: str, what: str = "") -> tuple[str, Pass]:
    """The token, and its pass. It opens what this user may see of this artifact, and nothing else."""
    given, _ = Pass.objects.update_or_create(
        user=user,
        artifact=artifact,
        defaults={"expires": timezone.now() + LASTS} | ({"what": what[:200]} if what else {}),
    )
    return signing.dumps(given.pk, salt=SALT, compress=False), given


def passes_of(user: User) -> QuerySet[Pass]:
    """The passes that this person gave and that still open something, the newest first."""
    return Pass.objects.filter(user=user, expires__gt=timezone.now()).order_by("-created")


def take_back(user: User, id: str) -> None:
    """From now on its token opens nothing."""
    if not Pass.objects.filter(user=user, pk=id).delete()[0]:
        raise NotFound(f"There is no pass {id!r}. It may have been taken back already.")


def is_pass(token: str) -> bool:
    """Whether it was given as a pass, which may have ended: no guess at the owner's token."""
    try:
        return bool(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return False


class ArtifactPass(HttpBearer):
    """Lets a call in whose path names the artifact that the pass is for."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        now = timezone.now()
        try:
            given = Pass.objects.select_related("user").get(pk=signing.loads(token, salt=SALT))
        except (signing.BadSignature, Pass.DoesNotExist, ValueError):
            return None
        match = request.resolver_match
        if match is None or match.kwargs.get("id") != given.artifact or given.expires < now:
            return None
        if not given.user.is_active:
            return None
        if given.used is None or given.used < now - FINE:
            Pass.objects.filter(pk=given.pk).update(used=now)
        request.user = given.user
        return given.user
