"""What a refused request is told.

Exception
 └─ StudioError           an answer in RFC 9457's form; carries its status
     ├─ BadRequest        400
     ├─ NotSignedIn       401
     ├─ Forbidden         403  what only the administrator may do
     ├─ NotFound          404  also for what may not be seen
     ├─ Taken             409  a name is taken, or a thing is in use
     ├─ Gone              410  a result was dropped from the store
     ├─ Stale             412  somebody saved a newer revision
     ├─ NeedsRevision     428  a save that does not say which revision it changes
     ├─ Unsupported       415  a body of another kind than is read here
     ├─ Invalid           422  fields, nodes or files at fault are listed
     ├─ TooLarge          413
     ├─ TooMany           429  too many wrong tokens, or announced uploads
     ├─ Unavailable       503  worker or Redis are away
     └─ NoRoom            507  the disk is nearly full
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class StudioError(Exception):
    """`detail` says what, where and what to do; `extra` are further members of the answer."""

    status = 500

    def __init__(self, detail: str, errors: list[dict[str, Any]] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.extra = extra

    def problem(self) -> dict[str, Any]:
        return problem(self.status, self.detail, self.errors, **self.extra)


class BadRequest(StudioError):
    status = 400


class NotSignedIn(StudioError):
    status = 401


class Forbidden(StudioError):
    status = 403


class NotFound(StudioError):
    status = 404


class Taken(StudioError):
    status = 409


class Gone(StudioError):
    status = 410


class Stale(StudioError):
    status = 412


class TooLarge(StudioError):
    status = 413


class Unsupported(StudioError):
    status = 415


class Invalid(StudioError):
    status = 422


class NeedsRevision(StudioError):
    status = 428


class TooMany(StudioError):
    status = 429


class Unavailable(StudioError):
    status = 503


class NoRoom(StudioError):
    status = 507


def problem(
    status: int, detail: str, errors: list[dict[str, Any]] | None = None, **extra: Any
) -> dict[str, Any]:
    """An `application/problem+json` body (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **extra,
    }
    if errors is not None:
        body["errors"] = errors
    return body
