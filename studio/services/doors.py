"""Who may call which service: a key of it, or whoever may see it.

What a key opens is remembered as long as nothing about services changes (`studio.services.generation`), so
that a call asks the database nothing.
"""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from studio.accounts.access import visible_services
from studio.accounts.credentials import who
from studio.database.pool import give_back
from studio.services import generation
from studio.services.call_paths import call_path
from studio.services.keys import digest, is_key
from studio.services.models import Service, ServiceKey, ServiceVersion

MOST_REMEMBERED = 10_000
FINE = 60.0
"""Seconds within which the last use of a key is told."""


@dataclass(frozen=True)
class Door:
    """The service and the version that a call goes to. `key`: None where it is the owner who calls."""

    service: str
    slug: str
    version: str
    number: int
    timeout: float
    concurrency: int
    key: str | None = None
    calls_a_minute: int | None = None
    most_bytes: int | None = None
    record_calls: int = 0


class Closed(Exception):
    """`unknown`: there is no such service or version; otherwise the key opens nothing here."""

    def __init__(self, message: str, *, unknown: bool = False) -> None:
        super().__init__(message)
        self.message, self.unknown = message, unknown


NO_KEY = (
    "Send a key of this service as `Authorization: Bearer KEY`. A key that was revoked, or is another "
    "service's, opens nothing."
)

_doors: dict[tuple[str, str, str | None], Door] = {}
_remembered: dict[str, int] = {}
_used: dict[str, float] = {}
_lock = threading.Lock()


def bearer(scope: dict[str, Any]) -> str:
    """The token of a request; empty where it carries none."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if scheme.lower() == "bearer" else ""
    return ""


def remembered(token: str, ref: str, version: str | None, now: int | None) -> Door | None:
    """What this key opened before, if nothing has changed since. `now`: the generation; nothing is trusted if
    it is None."""
    with _lock:
        if now is None or _remembered.get("generation") != now:
            _doors.clear()
            _remembered.clear()
            if now is not None:
                _remembered["generation"] = now
            return None
        return _doors.get((_hash(token), ref, version))


def recalled(token: str, ref: str, version: str | None) -> tuple[Door, int] | None:
    """What this key opened before, and in which generation: nobody knows yet whether something has changed
    since. A call that is sent with that generation finds out (`calls_under_way.SEND`). None for a key with
    bounds: they are looked at before anything is sent, and may have become wider."""
    with _lock:
        door = _doors.get((_hash(token), ref, version))
        if door is None or door.calls_a_minute is not None or door.most_bytes is not None:
            return None
        return door, _remembered["generation"]


def open_door(scope: dict[str, Any], ref: str, version: str | None) -> Door:
    """Asks the database. Closed where the call may not go through."""
    token = bearer(scope)
    try:
        if not is_key(token):
            user = who(scope)
            if user is None:
                raise Closed(NO_KEY)
            service = visible_services(user).filter(_named(ref)).first()
            if service is None:
                raise Closed(f"There is no service {ref[:80]!r}. It may have been deleted.", unknown=True)
            return _door(service, version, None)
        seen = generation.current()
        key = ServiceKey.objects.select_related("service").filter(digest=digest(token)).first()
        if key is None or ref not in (key.service.pk, key.service.slug):
            raise Closed(NO_KEY)
        door = _door(key.service, version, key)
        _remember(token, ref, version, door, seen)
        return door
    finally:
        give_back()


def open_to_probes(ref: str, version: str | None) -> Door:
    """The door for those who ask whether a service is ready: probes have no key. Closed if there is none."""
    service = Service.objects.filter(_named(ref)).first()
    if service is None:
        raise Closed(f"There is no service {ref[:80]!r}. It may have been deleted.", unknown=True)
    return _door(service, version, None)


def may_call(scope: dict[str, Any]) -> bool:
    """Whether the head of a request may be followed by a large body, because it carries a key of the service
    that it calls."""
    asked = call_path(scope["path"])
    if asked is None or not is_key(bearer(scope)):
        return False
    try:
        open_door(scope, asked.ref, asked.version)
    except Closed:
        return False
    return True


def note_use(key: str) -> bool:
    """Whether the use of a key has to be written down now."""
    now = time.monotonic()
    with _lock:
        if now - _used.get(key, -FINE) < FINE:
            return False
        if len(_used) > MOST_REMEMBERED:
            _used.clear()
        _used[key] = now
        return True


def write_use(key: str) -> None:
    ServiceKey.objects.filter(pk=key).update(last_used=timezone.now())
    give_back()


def _named(ref: str) -> Q:
    return Q(pk=ref) | Q(slug=ref)


def _door(service: Service, version: str | None, key: ServiceKey | None) -> Door:
    number = service.version if version is None else _number(version)
    found = ServiceVersion.objects.filter(service=service, number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Closed(f"The service has no version {str(version)[:20]!r}.", unknown=True)
    return Door(
        service=service.pk,
        slug=service.slug,
        version=found,
        number=number,
        timeout=service.timeout_s,
        concurrency=service.concurrency,
        key=key.pk if key else None,
        calls_a_minute=key.calls_a_minute if key else None,
        most_bytes=key.most_bytes if key else None,
        record_calls=service.record_calls,
    )


def _number(version: str) -> int:
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1


def _remember(token: str, ref: str, version: str | None, door: Door, seen: int | None) -> None:
    with _lock:
        if seen is not None and _remembered.get("generation") == seen:
            if len(_doors) >= MOST_REMEMBERED:
                _doors.clear()
            _doors[_hash(token), ref, version] = door


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
