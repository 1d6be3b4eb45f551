"""Secrets over HTTP. No answer has a value in it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from studio.accounts.access import access_secret, visible_secrets
from studio.accounts.auth import user_of
from studio.http.paging import Limit, Offset, Page, page_of
from studio.secrets import actions
from studio.secrets.models import Secret
from studio.times import iso

router = Router(tags=["secrets"])


class SecretOut(Schema):
    """A secret without its value. `changed`: when it got the value that it has. `used_for`: the node that
    was last given it; `uses` counts how often it was given."""

    id: str
    name: str
    made_by: str
    created: str | None
    changed: str | None
    used: str | None
    used_for: str | None
    uses: int


class NewValue(Schema):
    """The value is kept encrypted, and never shown again."""

    value: Annotated[str, Field(max_length=100_000)]


class NewSecret(NewValue):
    name: Annotated[str, Field(max_length=1000)]


def _item(secret: Secret) -> dict[str, Any]:
    return {
        "id": secret.id,
        "name": secret.name,
        "made_by": secret.made_by,
        "created": iso(secret.created),
        "changed": iso(secret.changed),
        "used": iso(secret.used),
        "used_for": secret.used_for or None,
        "uses": secret.uses,
    }


@router.get("/secrets", response=Page[SecretOut], summary="Your secrets, without their values")
def list_secrets(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """By name."""
    rows = visible_secrets(request.user).defer("sealed").order_by("name")
    return page_of(rows, limit, offset, lambda found: [_item(each) for each in found])


@router.post("/secrets", response={201: SecretOut}, summary="Keep a secret")
def create_secret(request: HttpRequest, payload: NewSecret) -> Status[dict[str, Any]]:
    """409 if the name is taken, 422 if the name or the value cannot be."""
    return Status(201, _item(actions.create_secret(user_of(request), payload.name.strip(), payload.value)))


@router.get("/secrets/{id}", response=SecretOut, summary="One secret, without its value")
def get_secret(request: HttpRequest, id: str) -> dict[str, Any]:
    return _item(access_secret(request.user, id))


@router.put("/secrets/{id}", response=SecretOut, summary="Give it another value")
def replace_secret(request: HttpRequest, id: str, payload: NewValue) -> dict[str, Any]:
    """Nodes that name it run again with the new one."""
    return _item(actions.replace_value(access_secret(request.user, id), payload.value))


@router.delete("/secrets/{id}", response={204: None}, summary="Delete it")
def delete_secret(request: HttpRequest, id: str) -> Status[None]:
    """Nodes that name it do not run any more."""
    actions.delete_secret(access_secret(request.user, id))
    return Status(204, None)
