"""Passes over HTTP: which there are, and taking one back. They are made where their artifact is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from studio.accounts.auth import user_of
from studio.accounts.models import Pass
from studio.accounts.passes import passes_of, take_back
from studio.http.paging import Limit, Offset, Page, page_of
from studio.times import iso

router = Router(tags=["passes"])


class PassOut(Schema):
    """`what`: in the giver's words. `used`: when it last opened its artifact, within a minute."""

    id: str
    artifact: str
    what: str
    created: str
    expires: str
    used: str | None


def as_json(given: Pass) -> dict[str, Any]:
    return {
        "id": given.pk,
        "artifact": given.artifact,
        "what": given.what,
        "created": iso(given.created),
        "expires": iso(given.expires),
        "used": iso(given.used),
    }


@router.get("/passes", response=Page[PassOut], summary="What others may read")
def list_passes(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Passes that still open something, the newest first."""
    mine = passes_of(user_of(request))
    return page_of(mine, limit, offset, lambda passes: [as_json(each) for each in passes])


@router.delete("/passes/{id}", response={204: None}, summary="Take a pass back")
def delete_pass(request: HttpRequest, id: str) -> Status[None]:
    take_back(user_of(request), id)
    return Status(204, None)
