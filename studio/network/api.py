"""The record of the network over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from studio import config
from studio.accounts.access import may_administer, visible_network_records
from studio.http.paging import Limit, Offset, Page, page_of
from studio.network.models import NetworkRecord
from studio.times import iso

router = Router(tags=["network"])


class NetworkRecordOut(Schema):
    """What one node's connections to one host were. `run` is null for a try on a sample; `host` is empty if
    the request named none. `sent`, `received`: bytes. `refused`: why nothing went through."""

    id: int
    at: str | None
    owner: str
    run: str | None
    experiment: str | None
    node: str
    title: str
    host: str
    connections: int
    sent: int
    received: int
    refused: str | None


class NetworkAllowed(Schema):
    """`allowed`: the hosts that `STUDIO_NETWORK_ALLOW` names. `everybody`: whether the record that you see is
    that of all people."""

    allowed: list[str]
    everybody: bool


@router.get("/network", response=NetworkAllowed, summary="Which hosts the administrator allows")
def get_network(request: HttpRequest) -> dict[str, Any]:
    return {
        "allowed": [str(host) for host in config.network_allow()],
        "everybody": may_administer(request.user),
    }


@router.get("/network/records", response=Page[NetworkRecordOut], summary="Which node reached which host")
def list_records(
    request: HttpRequest,
    limit: Limit = 100,
    offset: Offset = 0,
    search: str = "",
    refused: bool | None = None,
) -> dict[str, Any]:
    """The newest first: your own nodes', the administrator sees everybody's. `search`: a part of a host's or
    a node's name. `refused`: those that were, or those that were not."""
    rows = visible_network_records(request.user, search[:300])
    if refused is not None:
        rows = rows.exclude(refused="") if refused else rows.filter(refused="")
    rows = rows.select_related("owner").order_by("-pk")
    return page_of(rows, limit, offset, lambda found: [_as_json(one) for one in found])


def _as_json(one: NetworkRecord) -> dict[str, Any]:
    return {
        "id": one.pk,
        "at": iso(one.at),
        "owner": one.owner.get_username(),
        "run": one.run or None,
        "experiment": one.experiment or None,
        "node": one.node,
        "title": one.title,
        "host": one.host,
        "connections": one.connections,
        "sent": one.sent,
        "received": one.received,
        "refused": one.refused or None,
    }
