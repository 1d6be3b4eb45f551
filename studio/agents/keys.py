"""Keys of agents: made, shown once, and known again by their hash alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from studio.agents.models import AgentCall, AgentKey
from studio.errors import Invalid, NotFound
from studio.text import without_nul

PREFIX = "ak_"
"""What every key begins with, so that none is taken for a guess at the owner's token."""
MOST_KEYS = 100
FINE = timedelta(minutes=1)
"""How closely its last use is told."""


@dataclass(frozen=True)
class Caller:
    """Whose rights an agent has, how it is called, and whether it is sent what stands in columns."""

    user: User
    name: str
    values: bool


def make_key(user: User, name: str, values: bool) -> tuple[str, AgentKey]:
    """The key, which nobody can read again, and its row."""
    if user.agent_keys.count() >= MOST_KEYS:
        message = f"There are {MOST_KEYS} keys; take one back that nobody uses first."
        raise Invalid(message, [{"loc": [], "code": "too-many", "message": message}])
    key = PREFIX + secrets.token_urlsafe(32)
    plain = without_nul(name).strip()[:100] or "Agent"
    return key, AgentKey.objects.create(user=user, name=plain, digest=_digest(key), values=values)


def keys_of(user: User) -> QuerySet[AgentKey]:
    """The keys that this person gave."""
    return AgentKey.objects.filter(user=user).order_by("created", "id")


def calls_of(user: User) -> QuerySet[AgentCall]:
    """What agents did with them, the newest first."""
    return AgentCall.objects.filter(user=user).order_by("-id")


def take_back(user: User, id: str) -> None:
    """From now on the key opens nothing."""
    if not AgentKey.objects.filter(user=user, pk=id).delete()[0]:
        raise NotFound(f"There is no key {id!r}. It may have been taken back already.")


def caller_with(key: str) -> Caller | None:
    found = AgentKey.objects.select_related("user").filter(digest=_digest(key)).first()
    if found is None or not found.user.is_active:
        return None
    now = timezone.now()
    if found.last_used is None or found.last_used < now - FINE:
        AgentKey.objects.filter(pk=found.pk).update(last_used=now)
    return Caller(found.user, found.name, found.values)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
