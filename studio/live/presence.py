"""Who has an experiment open: each tab leaves a note in Redis that expires, and is told of the others'."""

from __future__ import annotations

import json
import time
from typing import Any, TypedDict

from studio.redis_client import connection

PREFIX = "studio:here:"
SECONDS = 20
"""A tab that has not said so for this long is taken for gone: its computer sleeps, or its server died."""


class Tab(TypedDict):
    """`client` is the tab's own id (the one its saves carry), `name` whose it is."""

    client: str
    name: str


def arrive(experiment: str, tab: Tab) -> bool:
    """Says for the next 20 seconds that the tab is here. True where the list of tabs changed by that."""
    key, now = PREFIX + experiment, time.time()
    with connection().pipeline() as pipe:
        pipe.zremrangebyscore(key, 0, now)
        pipe.zadd(key, {_member(tab): now + SECONDS})
        pipe.expire(key, 2 * SECONDS)
        gone, new, _ = pipe.execute()
    return bool(gone or new)


def leave(experiment: str, tab: Tab) -> None:
    connection().zrem(PREFIX + experiment, _member(tab))


def tabs(experiment: str) -> list[Tab]:
    """The tabs that have the experiment open, in a steady order."""
    found: Any = connection().zrangebyscore(PREFIX + experiment, time.time(), "+inf")
    return sorted((json.loads(member) for member in found), key=lambda tab: (tab["name"], tab["client"]))


def _member(tab: Tab) -> str:
    return json.dumps({"client": tab["client"], "name": tab["name"]}, sort_keys=True)
