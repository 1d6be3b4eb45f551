"""Signing in and out, and what this server is."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Schema, Status
from pydantic import WithJsonSchema

from studio import __version__
from studio.accounts.owner import user_of_token
from studio.accounts.sessions import begin_session, end_session
from studio.errors import NotSignedIn
from studio.live.worker_reports import worker_reports

router = Router(tags=["session"])


class Token(Schema):
    token: str


class Owner(Schema):
    name: str


TIERS = ["namespaces", "landlock", "off", "none", "unknown"]


class Sandbox(Schema):
    """`tier`: namespaces, landlock, off, none (user code is refused) or unknown (no worker is up)."""

    tier: Annotated[str, WithJsonSchema({"type": "string", "enum": TIERS})]
    detail: str


class LimitBounds(Schema):
    """What a node gets that wishes for nothing, and the most it may wish for: bytes, seconds, numbers."""

    usual: dict[str, int]
    most: dict[str, int]


class ServerStatus(Schema):
    """`held`: workers are up, and all of them are paused or drained, so that runs wait."""

    version: str
    workers: int
    held: bool
    sandbox: Sandbox
    limits: LimitBounds | None
    owner: Owner


@router.post("/session", auth=None, response={204: None}, summary="Sign the browser in")
def sign_in(request: HttpRequest, payload: Token) -> Status[None]:
    """Exchanges the owner's token for a session cookie."""
    user = user_of_token(request, payload.token.strip())
    if user is None:
        raise NotSignedIn("That is not the token. Copy it from the line `Studio is ready at …`.")
    begin_session(request, user)
    return Status(204, None)


@router.delete("/session", response={204: None}, summary="Sign the browser out")
def sign_out(request: HttpRequest) -> Status[None]:
    """Its open pages are told, and hear nothing more."""
    end_session(request)
    return Status(204, None)


@router.get("/status", response=ServerStatus, summary="What this server is and can do")
def status(request: HttpRequest) -> dict[str, Any]:
    reports = worker_reports()
    sandbox = reports[0]["sandbox"] if reports else {"tier": "unknown", "detail": "No worker is up yet."}
    get_token(request)
    return {
        "version": __version__,
        "workers": len(reports),
        "held": bool(reports) and all(report.get("state", "working") != "working" for report in reports),
        "sandbox": sandbox,
        "limits": reports[0].get("limits") if reports else None,
        "owner": {"name": request.user.get_username()},
    }
