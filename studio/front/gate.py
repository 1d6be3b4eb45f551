"""The outermost ASGI layer: Host, length and credentials are looked at before a body is taken.

A stranger may send SMALL bytes, in memory. Whatever is larger is read only for who is signed in (a session
with its CSRF token), as far as its address has use for it and the disk has room.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from studio import config
from studio.artifacts.room import check_room
from studio.errors import BadRequest, NotSignedIn, StudioError, TooLarge, Unavailable, problem
from studio.front.bodies import SMALL, Body, most_of
from studio.front.headers import common, guarded
from studio.http.middleware import WORDS
from studio.services.call_paths import call_path

log = logging.getLogger(__name__)

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

AT_ONCE = 256
"""Requests that are worked on at the same time; each takes a thread."""
CALLS_AT_ONCE = 1_024
"""Calls of services at the same time, beside the others: they take no thread, and may last for minutes."""
PATIENCE = 10.0
"""Seconds that one more waits for its turn."""
LINGER_SECONDS, LINGER_BYTES = 2.0, 8 << 20
"""How long, and how much, a refused body is still read, so that its sender sees the answer and no reset."""


class Gate:
    """Stands before the whole application."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.ours = common()
        self.turns, self.call_turns = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(CALLS_AT_ONCE)
        self.public = config.public_url().partition("://")[2]

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = Answer(scope, send, self.ours)
        body = Body(receive)
        try:
            await self._request(scope, body, answer)
        except StudioError as refusal:
            await answer.refuse(refusal, body)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            await answer.refuse(StudioError(WORDS[500]), body)

    async def _socket(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        try:
            self._check_host(scope)
        except BadRequest:
            await receive()
            await send({"type": "websocket.close", "code": 4400})
            return
        await self.app(scope, receive, send)

    async def _request(self, scope: dict[str, Any], body: Body, answer: Answer) -> None:
        host = self._check_host(scope)
        if self.public and config.behind_tls() and host == self.public:
            scope = {**scope, "scheme": "https"}
        most, declared = most_of(scope["method"], scope["path"]), _length(scope)
        if declared is not None and most is not None and declared > most:
            raise _too_large(most)
        if (declared or 0) > SMALL or not await body.is_small():
            await _prove(scope, declared)
            body.bound(most, lambda: _too_large(most or 0), check_room)
        turns = await self._turn(scope["path"])
        try:
            await self.app(scope, body.receive, answer.send)
        finally:
            turns.release()

    async def _turn(self, path: str) -> asyncio.Semaphore:
        """A turn of those that it gives back. However many calls of services there are, the page has its own;
        a call is told at once if there is none."""
        asked = call_path(path)
        turns = self.call_turns if asked and asked.asks in ("execute", "infer") else self.turns
        try:
            async with asyncio.timeout(0 if turns is self.call_turns and turns.locked() else PATIENCE):
                await turns.acquire()
        except TimeoutError:
            raise Unavailable("Studio is busy with other requests. Try again in a moment.") from None
        return turns

    def _check_host(self, scope: dict[str, Any]) -> str:
        """BadRequest where it is none that this server answers to."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        if not named and scope.get("http_version") == "1.0":
            return ""  # Django goes by the address that was called
        host = named[0].decode("latin-1").lower() if len(named) == 1 else ""
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            raise BadRequest(
                "Studio does not answer to this host name. Whoever runs it can allow it in STUDIO_URL or "
                "STUDIO_ALLOWED_HOSTS."
            )
        return host


class Answer:
    """Sends an application's answer with our headers, or a refusal in its place."""

    def __init__(self, scope: dict[str, Any], send: Send, ours: list[tuple[bytes, bytes]]) -> None:
        self.path, self._send, self._ours = scope["path"], send, ours
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = guarded(self.path, list(message.get("headers", [])), self._ours)
            message = {**message, "headers": headers}
        await self._send(message)

    async def refuse(self, error: StudioError, body: Body) -> None:
        """Answers, reads on for a moment, and closes the connection. An answer under way is broken off."""
        if self.started:
            raise error
        status, told, kind = error.status, b"", b"application/problem+json"
        if asked := call_path(self.path):
            from studio.services.call_app import of_error  # the page need not wait for it

            answer = of_error(error, asked.inference)
            status, told, kind = answer.status, answer.body, answer.content_type.encode()
        else:
            told = json.dumps(problem(status, error.detail, error.errors, **error.extra)).encode()
        headers = [
            (b"content-type", kind),
            (b"content-length", b"%d" % len(told)),
            (b"connection", b"close"),
        ]
        if error.status == 401:
            headers.append((b"www-authenticate", b'Bearer realm="Studio"'))
        if error.status in (429, 503):
            headers.append((b"retry-after", b"2"))
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": told, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await body.discard(LINGER_BYTES)
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def _length(scope: dict[str, Any]) -> int | None:
    """What Content-Length says; None where nothing is said."""
    said = {value for name, value in scope["headers"] if name == b"content-length"}
    if not said:
        return None
    number = said.pop()
    if said or not number.isdigit() or len(number) > 18:
        raise BadRequest("The header Content-Length must be one number of bytes.")
    return int(number)


def _too_large(most: int) -> TooLarge:
    how = f"{most >> 20} MiB" if most >= 1 << 20 else f"{most >> 10} KiB"
    return TooLarge(f"The body is too large: this address takes at most {how}.")


async def _may_send(scope: dict[str, Any]) -> bool:
    """A key that has just opened the same door is not looked up again."""
    from studio.accounts.credentials import may_write  # the page need not wait for these
    from studio.services import generation
    from studio.services.doors import bearer, may_call, remembered
    from studio.services.keys import is_key

    token, asked = bearer(scope), call_path(scope["path"])
    if not is_key(token):
        return bool(await database_sync_to_async(may_write)(scope))
    if asked and remembered(token, asked.ref, asked.version, await generation.current_soon()):
        return True
    return bool(await database_sync_to_async(may_call)(scope))


async def _prove(scope: dict[str, Any], declared: int | None) -> None:
    """NotSignedIn where such a body may not be sent; NoRoom where the disk could not take it."""
    if not await _may_send(scope):
        raise NotSignedIn(
            "Sign in first: send `Authorization: Bearer TOKEN`, or a session with its CSRF token. "
            "The body was not read."
        )
    if declared:
        check_room("The body", declared)
