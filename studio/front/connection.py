"""A connection that does not wait for ever, and takes no head without end.

uvicorn bounds neither: its timer runs between requests only, and httptools keeps whatever comes until a head
is complete. Both are bounded here, with no more work for a request than a few sums: one sweep a second looks
at all connections.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from studio.errors import problem
from studio.front.crowd import Crowd

MAX_HEAD = 16 << 10
MAX_HEADERS = 100
MAX_PIPELINED = 16
SENTENCES = {
    400: "The request could not be understood.",
    408: "The rest of the request did not come in time.",
    431: f"The head of the request is too large: at most {MAX_HEAD >> 10} KiB and {MAX_HEADERS} headers fit.",
    503: "Too many connections are open. Try again in a moment.",
}


class Refused(Exception):
    """Raised in the parser's callbacks, which ends its reading."""


class Connection(HttpToolsProtocol):
    """uvicorn's protocol, with bounds. `since`: when what it waits for began."""

    crowd: Crowd
    """Of all connections of this process; set before the server starts."""

    # As uvicorn narrows it: a server's transport is never a bare BaseTransport.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since = self.loop.time()
        self.in_head, self.head_bytes, self.heads, self.refusal = True, 0, 0, 400
        self.body_bytes = self.empty_bytes = 0
        self.mark, self.mark_bytes = self.since, 0
        self.unsent, self.unsent_since = 0, self.since
        self.crowd.welcome(self)

    @property
    def busy(self) -> bool:
        """Whether a request is being worked on."""
        return self.cycle is not None and not self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if not self.busy and not self.in_head:  # whatever it is, it begins a head: its time counts from here
            self.in_head, self.head_bytes, self.since = True, 0, self.loop.time()
        body_bytes, heads = self.body_bytes, self.heads
        super().data_received(data)
        if self.parser is None or self.transport.is_closing():
            return
        if self.in_head:
            self.head_bytes += len(data) if self.heads == heads else 0
            if self.head_bytes > MAX_HEAD:
                self.refuse(431)
        elif self.body_bytes == body_bytes:  # chunks of nothing, or headers after the body
            self.empty_bytes += len(data)
            if self.empty_bytes > MAX_HEAD and self.busy:
                self.refuse(400)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.heads += 1
        if not self.in_head:
            self.in_head, self.head_bytes, self.since = True, 0, self.loop.time()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.in_head:
            raise Refused("headers after the body are not read")
        super().on_header(name, value)
        if len(self.headers) > MAX_HEADERS:
            self._stop(431)

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > MAX_HEAD:
            self._stop(431)
        if len(self.pipeline) >= MAX_PIPELINED:
            self._stop(503)
        self.in_head, self.head_bytes, self.empty_bytes = False, 0, 0
        self.mark, self.mark_bytes = self.loop.time(), self.body_bytes
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.body_bytes += len(body)
        self.empty_bytes = 0
        super().on_body(body)

    def _stop(self, status: int) -> None:
        self.refusal = status
        raise Refused(SENTENCES[status])

    def send_400_response(self, msg: str) -> None:
        """What uvicorn calls where the parser gave up."""
        self.refuse(self.refusal)

    def refuse(self, status: int) -> None:
        """One last sentence, and the end. Nothing is said where an answer is under way."""
        if not self.busy or not self.cycle.response_started:
            told = json.dumps(problem(status, SENTENCES[status])).encode()
            head = [
                STATUS_LINE[status],
                *(b"%s: %s\r\n" % header for header in self.crowd.headers),
                b"content-type: application/problem+json\r\ncontent-length: %d\r\n" % len(told),
                b"connection: close\r\n\r\n",
                told,
            ]
            self.transport.write(b"".join(head))
        self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        self.crowd.leave(self)
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.leave(self)
        super().connection_lost(exc)

    def _unsupported_upgrade_warning(self) -> None:
        """Strangers ask for what they like; nobody need hear of it."""

    def facts(self) -> dict[str, Any]:
        """For tests and for whoever looks for what holds a connection."""
        return {"busy": self.busy, "in_head": self.in_head, "unsent": self.unsent}
