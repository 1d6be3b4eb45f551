"""Answers calls of services: an ASGI application of its own before Django, so that a call costs little.

A call is read whole before anything is started for it: a slow sender holds no interpreter.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from asgiref.sync import sync_to_async
from django.utils import timezone

from modules.exchange.arrow_stream import MEDIA_TYPE
from modules.exchange.call import Form
from modules.exchange.inference import HEADER_LENGTH, NAME, VERSION
from modules.exchange.problems import Detail
from studio.errors import StudioError
from studio.http.middleware import WORDS
from studio.ids import new_id
from studio.services import classic_resource, documents, generation, job_calls, rates
from studio.services.call_answers import CallAnswer, as_json, failed, refuse
from studio.services.call_log import CallLog
from studio.services.call_paths import CallPath, call_path
from studio.services.calling import CallReply, call
from studio.services.doors import Closed, Door, bearer, note_use, open_door, recalled, remembered, write_use
from studio.services.noted_call import NotedCall

LONGEST_RESOURCE = 64 << 10

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Heard:
    """What came with a call, through which door, and what its scripts printed."""

    door: Door
    form: str = ""
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    log: str = ""


class Calls:
    """Takes what is a call; everything else goes on to `app`."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.log = CallLog()
        self._writing: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = call_path(scope["path"]) if scope["type"] == "http" else None
        if asked is None:
            await self.app(scope, receive, send)
            return
        request = new_id()
        try:
            answer = await self._answer(asked, scope, receive, request)
        except Closed as closed:
            code = "NotFound" if closed.unknown else "Unauthorized"
            answer = failed(code, closed.message, None, None, inference=asked.inference, retry_after=None)
        except StudioError as error:
            answer = of_error(error, asked.inference)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            answer = refuse("InternalError", WORDS[500], inference=asked.inference)
        await _send(scope, send, answer, request)

    async def _answer(self, asked: CallPath, scope: Scope, receive: Receive, request: str) -> CallAnswer:
        if scope["method"] not in asked.methods:
            message = f"This address takes {' and '.join(asked.methods)} alone."
            answer = refuse("BadArgument", message, inference=asked.inference, status=405)
            return answer._replace(headers={"Allow": ", ".join(asked.methods)})
        match asked.asks:
            case "server":
                return as_json(200, documents.SERVER)
            case "live":
                return as_json(200, {"live": True})
            case "server-ready":
                return as_json(200, {"ready": True, "live": True})
            case "ready":
                return await sync_to_async(documents.ready, thread_sensitive=False)(asked.ref, asked.version)
            case "nothing":
                return refuse("NotFound", WORDS[404], inference=True)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        calls = scope["method"] == "POST" and asked.asks in ("execute", "infer")
        door, seen = await self._door(asked, scope, query, may_be_old=calls)
        if asked.asks == "resource":
            body = await _read(receive, LONGEST_RESOURCE)
            update = sync_to_async(classic_resource.update, thread_sensitive=False)
            return await update(door, bearer(scope), body)
        if scope["method"] == "POST":
            return await self._noted(asked, scope, receive, door, seen, query, request)
        if asked.asks in ("jobs", "job"):
            told = sync_to_async(job_calls.answer, thread_sensitive=False)
            return await told(scope["method"], asked, door, base_url(scope))
        return await sync_to_async(documents.answer, thread_sensitive=False)(
            asked.asks, door, base_url(scope)
        )

    async def _door(
        self, asked: CallPath, scope: Scope, query: dict[str, str], *, may_be_old: bool
    ) -> tuple[Door, int | None]:
        """The door, and in which generation it was opened if nobody has asked whether that still is."""
        version = asked.version if asked.inference else query.get("version")
        token = bearer(scope)
        if may_be_old and (found := recalled(token, asked.ref, version)):
            door, seen = found
        else:
            known, seen = remembered(token, asked.ref, version, await generation.current_soon()), None
            opened = sync_to_async(open_door, thread_sensitive=False)
            door = known or await opened(scope, asked.ref, version)
        if door.key and note_use(door.key):
            task = asyncio.ensure_future(sync_to_async(write_use, thread_sensitive=False)(door.key))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)
        return door, seen

    async def _noted(
        self,
        asked: CallPath,
        scope: Scope,
        receive: Receive,
        door: Door,
        seen: int | None,
        query: dict[str, str],
        request: str,
    ) -> CallAnswer:
        """Answers a call, and notes that it did. A job is noted by its run."""
        at, began = timezone.now(), time.monotonic()
        heard = Heard(door)
        answer = await self._call(asked, scope, receive, seen, query, heard)
        door = heard.door
        if asked.asks != "jobs":
            self.log.note(
                NotedCall(
                    request=request,
                    service=door.service,
                    version=door.number,
                    at=at,
                    milliseconds=1e3 * (time.monotonic() - began),
                    status=answer.status,
                    form=heard.form,
                    body=heard.body,
                    answer=answer.body,
                    query=heard.query,
                    log=heard.log,
                    record=door.record_calls if heard.form else 0,
                )
            )
        return answer

    async def _call(
        self,
        asked: CallPath,
        scope: Scope,
        receive: Receive,
        seen: int | None,
        query: dict[str, str],
        heard: Heard,
    ) -> CallAnswer:
        door = heard.door
        if refusal := await _too_often(asked, door):
            return refusal
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("content-encoding", "identity") != "identity":
            message = "The body must come as it is, without a Content-Encoding."
            return _bad_body(message, asked.inference)
        body = await _read(receive, door.most_bytes)
        if body is None:
            return _too_large(asked, door)
        if asked.asks == "jobs":
            begun = sync_to_async(job_calls.begun, thread_sensitive=False)
            return await begun(door, form_of(asked, headers, query), body, query, base_url(scope))
        try:
            return await _ask(asked, headers, body, query, heard, seen)
        except generation.Changed:
            heard.door, _ = await self._door(asked, scope, query, may_be_old=False)
        now = heard.door
        if now.most_bytes is not None and len(body) > now.most_bytes:
            return _too_large(asked, now)
        if refusal := await _too_often(asked, now):
            return refusal
        return await _ask(asked, headers, body, query, heard, None)


async def _ask(
    asked: CallPath,
    headers: dict[str, str],
    body: bytes,
    query: dict[str, str],
    heard: Heard,
    seen: int | None,
) -> CallAnswer:
    """What a worker answers. Changed where the door may not open any more."""
    door, form = heard.door, form_of(asked, headers, query)
    if form == "inference":
        query = {NAME: door.slug, VERSION: str(door.number)}
        if length := headers.get("inference-header-content-length"):
            query[HEADER_LENGTH] = length
    heard.form, heard.body, heard.query = form, body, query
    reply = await call(door.version, form, body, query, door.timeout, door.concurrency, seen)
    heard.log = reply.log
    return of_reply(reply, asked.inference)


async def _too_often(asked: CallPath, door: Door) -> CallAnswer | None:
    """Notes a call with the door's key; what it is told if there were too many."""
    if not (door.calls_a_minute and door.key):
        return None
    wait = await rates.seconds_to_wait(door.key, door.calls_a_minute)
    if not wait:
        return None
    return refuse(
        "RequestThrottled",
        f"This key may call {door.calls_a_minute} times a minute. Call again in {wait} seconds.",
        [Detail(code="RequestThrottled", message="the bound of the key")],
        inference=asked.inference,
        retry_after=wait,
    )


def _too_large(asked: CallPath, door: Door) -> CallAnswer:
    return refuse(
        "BadArgument",
        f"The body is larger than the {door.most_bytes:,} bytes that this key may send.",
        inference=asked.inference,
        status=413,
    )


def form_of(asked: CallPath, headers: dict[str, str], query: dict[str, str]) -> Form:
    """Which form a call has, and its answer."""
    if asked.asks == "infer":
        return "inference"
    if headers.get("content-type", "").partition(";")[0].strip().lower() == MEDIA_TYPE:
        return "arrow"
    return "records" if query.get("format", "").lower() == "swagger" else "classic"


def of_reply(reply: CallReply, inference: bool) -> CallAnswer:
    """What a worker said, as the caller reads it."""
    error = reply.error
    if error is None:
        return CallAnswer(200, reply.body, reply.content_type)
    if error.details:
        return refuse(
            error.code, error.message, error.details, inference=inference, retry_after=reply.retry_after
        )
    return failed(
        error.code, error.message, error.node, error.line, inference=inference, retry_after=reply.retry_after
    )


CODES = {401: "Unauthorized", 404: "NotFound", 413: "MemoryQuotaViolation", 429: "RequestThrottled"}


def of_error(error: StudioError, inference: bool) -> CallAnswer:
    """A refusal of Studio's own on a call's address."""
    code = CODES.get(error.status, "BadArgument" if error.status < 500 else "ServiceUnavailable")
    retry = 2 if error.status in (429, 503) else None
    return failed(code, error.detail, None, None, inference=inference, retry_after=retry)


def base_url(scope: Scope) -> str:
    """What callers put before the path."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"localhost")
    return f"{scope.get('scheme', 'http')}://{host.decode('latin-1')}"


def _bad_body(message: str, inference: bool) -> CallAnswer:
    detail = Detail(code="RequestBodyInvalid", target="body", message=message)
    return refuse("BadArgument", message, [detail], inference=inference)


async def _read(receive: Receive, most: int | None) -> bytes | None:
    """The whole body; None where it is longer than it may be."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if most is not None and size > most:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def _send(scope: Scope, send: Send, answer: CallAnswer, request: str) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", b"%d" % len(answer.body)),
        (b"x-request-id", request.encode()),
        *((name.lower().encode(), value.encode()) for name, value in answer.headers.items()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})
