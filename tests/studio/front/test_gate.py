"""Turns at the gate: calls of services have their own."""

from __future__ import annotations

import asyncio
from typing import Any

from studio.front import gate
from studio.front.gate import Gate


class App:
    """Answers once it may, and counts what is in it."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.inside = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.inside += 1
        if "execute" in scope["path"]:
            await self.may.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(gate: Gate, path: str) -> int:
    """The status of the answer."""
    told: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "POST", "path": path, "headers": [(b"host", b"localhost")]}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await gate(scope, receive, send)
    return told[0]["status"]


async def test_however_many_calls_there_are_the_page_has_turns_and_one_more_call_is_told(monkeypatch):
    monkeypatch.setattr(gate, "CALLS_AT_ONCE", 3)
    app = App()
    stands = Gate(app)
    calls = [asyncio.ensure_future(ask(stands, f"/api/v1/services/s{n}/execute")) for n in range(3)]
    async with asyncio.timeout(5):
        while app.inside < 3:
            await asyncio.sleep(0)
        assert await ask(stands, "/workspaces/w/services/s1/execute") == 503
        assert await ask(stands, "/api/v1/experiments") == 200
        app.may.set()
        assert await asyncio.gather(*calls) == [200, 200, 200]
        assert await ask(stands, "/api/v1/services/s1/execute") == 200
