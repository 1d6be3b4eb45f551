"""Keys of services: made, shown once, and known again by their hash alone."""

from __future__ import annotations

import hashlib
import secrets

from studio.errors import Invalid, NotFound
from studio.services.models import Service, ServiceKey
from studio.text import without_nul

PREFIX = "sk_"
"""What every key begins with, so that none is taken for a guess at the owner's token."""
MOST_KEYS = 100


def digest(key: str) -> str:
    """A key has 256 random bits, so that a fast hash is enough."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def is_key(token: str) -> bool:
    return token.startswith(PREFIX)


def make_key(
    service: Service, name: str = "", calls_a_minute: int | None = None, most_bytes: int | None = None
) -> tuple[str, ServiceKey]:
    """The key, which nobody can read again, and its row."""
    if service.keys.count() >= MOST_KEYS:
        message = f"The service has {MOST_KEYS} keys; revoke one that nobody uses first."
        raise Invalid(message, [{"loc": [], "code": "too-many", "message": message}])
    key = PREFIX + secrets.token_urlsafe(32)
    made = ServiceKey.objects.create(
        service=service,
        name=without_nul(name).strip()[:100] or f"Key {service.keys.count() + 1}",
        digest=digest(key),
        calls_a_minute=calls_a_minute,
        most_bytes=most_bytes,
    )
    return key, made


def revoke(service: Service, id: str) -> None:
    """From now on the key opens nothing."""
    if not service.keys.filter(pk=id).delete()[0]:
        raise NotFound(f"The service has no key {id!r}. It may have been revoked already.")
