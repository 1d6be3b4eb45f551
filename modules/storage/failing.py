"""What to check where a place outside did not do what it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from modules.sdk.errors import ModuleError

REFUSED = re.compile(r"Tunnel connection failed: \d+ ([^'\"\n]+)")


@contextmanager
def telling(place: str, param: str) -> Iterator[None]:
    """While it is entered, whatever goes wrong becomes one sentence. `place`: what was asked."""
    try:
        yield
    except ModuleError:
        raise
    except Exception as error:
        raise ModuleError(f"{place} {_why(error)}", param=param) from None


def _why(error: Exception) -> str:
    said = " ".join(_said(error).split())
    if found := REFUSED.search(said):
        return f"was not reached: {found[1].strip()}"
    status = _status(error)
    if status in (401, 403):
        return (
            f"refuses ({status}): check the account, its key or token, and its rights. It says: {said[:300]}"
        )
    if status == 404:
        return f"has nothing of that name (404): check the path. It says: {said[:300]}"
    if isinstance(error, ConnectionRefusedError | ConnectionError | TimeoutError):
        return f"was not reached: check host and port. It says: {said[:300]}"
    return f"did not do it. It says: {said[:400] or type(error).__name__}"


def _said(error: Exception) -> str:
    """What the place itself says, of what a library wraps around it."""
    inner = getattr(error, "orig", None) or error
    told = inner.args[0] if inner.args else ""
    if isinstance(told, dict) and "M" in told:  # of PostgreSQL
        return str(told["M"])
    return str(inner)


def _status(error: Exception) -> int | None:
    answer = getattr(error, "response", None)
    if isinstance(answer, dict):  # of botocore
        found = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
    else:
        found = getattr(error, "status_code", None) or getattr(answer, "status_code", None)
    return found if isinstance(found, int) else None
