"""Who else has an experiment open."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.builders import chain
from tests.contracts.test_sockets import address
from tests.server import TOKEN, Server


def open_tab(server: Server, id: str, client: str) -> connect:
    return connect(
        f"{address(server, id)}?client={client}", additional_headers={"Authorization": f"Bearer {TOKEN}"}
    )


async def here(socket: ClientConnection) -> list[str]:
    """The tabs named by the next presence message."""
    while True:
        event: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 10))
        if event["type"] == "presence":
            return [tab["client"] for tab in event["here"]]


async def test_tabs_see_each_other_come_and_go(server: Server) -> None:
    id = server.create(chain())["id"]
    async with open_tab(server, id, "first") as first:
        assert await here(first) == ["first"]
        async with open_tab(server, id, "second") as second:
            assert await here(first) == ["first", "second"]
            assert await here(second) == ["first", "second"]
        assert await here(first) == ["first"]


async def test_who_names_no_tab_is_not_shown(server: Server) -> None:
    id = server.create(chain())["id"]
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with connect(address(server, id), additional_headers=headers), open_tab(server, id, "tab") as tab:
        assert await here(tab) == ["tab"]
