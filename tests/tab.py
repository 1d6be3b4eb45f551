"""A browser's socket that talks in a dialogue: with a debugged node, or with a console."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.server import TOKEN, Server

PATIENCE = 60
"""Seconds without a word; a worker that starts anew on a busy machine takes long."""


class Tab:
    """A browser's socket that talks in one dialogue."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.dialogue, self.seq = socket, "", 0
        self.events: list[dict[str, Any]] = []

    async def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        self.seq += 1
        order = {"type": "order", "dialogue": self.dialogue, "seq": self.seq, "command": command}
        await self.socket.send(json.dumps({**order, "arguments": arguments}))
        while True:
            said = (await self.next("dialogue"))["message"]
            if said["type"] == "response" and said["request_seq"] == self.seq:
                return said
            self.events.append(said)

    async def event(self, name: str) -> dict[str, Any]:
        while True:
            said = self.events.pop(0) if self.events else (await self.next("dialogue"))["message"]
            if said["type"] == "event" and said["event"] == name:
                body: dict[str, Any] = said["body"]
                return body

    async def next(self, type: str) -> dict[str, Any]:
        while True:
            said: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            if said["type"] == type:
                return said

    async def node(self, **wanted: Any) -> dict[str, Any]:
        """The next event of a node whose entry is like that."""
        while True:
            said = await self.next("node")
            if all(said[name] == value or (value is ... and said[name]) for name, value in wanted.items()):
                return said


@asynccontextmanager
async def tab(server: Server, experiment: str) -> AsyncIterator[Tab]:
    address = f"{server.url.replace('http', 'ws')}/ws/experiments/{experiment}/"
    async with connect(address, additional_headers={"Authorization": f"Bearer {TOKEN}"}) as socket:
        yield Tab(socket)
