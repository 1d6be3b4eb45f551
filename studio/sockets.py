"""What a socket at an unknown address is told: nothing, politely."""

from __future__ import annotations

from typing import Any


async def no_such_socket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})
