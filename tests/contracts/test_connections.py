"""Strangers who hold connections: half-sent requests, silence, endless heads, answers nobody reads."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn

from studio.front import crowd
from studio.front.connection import MAX_HEAD, Connection
from studio.front.crowd import Crowd, raise_descriptors

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
LARGE = 64 << 20


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Reads the body, answers with its length; /large with as much as no socket holds."""
    got = 0
    while True:
        message = await receive()
        got += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    told = b"x" * LARGE if scope["path"] == "/large" else b"%d" % got
    headers = [(b"content-length", b"%d" % len(told))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": told})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server with the bounds of ours, and a clock twenty times as fast."""
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0), backlog=200) as door:
        for name, value in {
            "HEAD_SECONDS": 0.5,
            "BODY_SECONDS": 0.5,
            "ANSWER_SECONDS": 0.6,
            "EVERY": 0.05,
        }.items():
            patch.setattr(crowd, name, value)
        patch.setattr(Connection, "crowd", Crowd(40, [(b"x-ours", b"yes")]), raising=False)
        config = uvicorn.Config(application, http=Connection, lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([door])), daemon=True)
        thread.start()
        yield door.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def connect(port: int, sent: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=10)
    made.sendall(sent)
    return made


def rest(of: socket.socket) -> bytes:
    """All that comes until the server closes."""
    got = b""
    try:
        while part := of.recv(1 << 16):
            got += part
    except ConnectionResetError:
        pass
    return got


def asked(port: int, sent: bytes) -> bytes:
    with connect(port, sent) as made:
        return rest(made)


def test_requests_are_answered(port: int) -> None:
    body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    got = asked(port, GET + b"\r\n" + body + GET + b"Connection: close\r\n\r\n")
    assert got.count(b"HTTP/1.1 200 OK") == 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b"408"),
        (GET, b"408"),
        (b"\r\n", b"408"),
        (GET + b"\r\n" + GET, b"408"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nabc", b"408"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"408"),
    ],
)
def test_what_is_sent_by_half_is_ended(port: int, sent: bytes, status: bytes) -> None:
    got = asked(port, sent)
    assert b"HTTP/1.1 " + status in got
    assert b"x-ours: yes" in got


def drip(port: int, first: bytes, each: bytes, seconds: float = 3) -> tuple[bytes, int]:
    """What the server says to somebody who sends a little again and again, and how often that went."""
    with connect(port, first) as made:
        made.settimeout(0.05)
        end, times = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            try:
                if got := made.recv(1 << 16):
                    return got, times
                return b"", times
            except TimeoutError:
                made.sendall(each)
                times += 1
            except OSError:
                return b"", times
    raise AssertionError(f"still open after {times} pieces")


def test_dripping_does_not_buy_time(port: int) -> None:
    assert b" 408 " in drip(port, GET, b"X-A: b\r\n")[0]
    assert b" 408 " in drip(port, b"", b"\r\n")[0]
    assert b" 408 " in drip(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n", b"a")[0]


def test_nor_does_it_after_a_request(port: int) -> None:
    with connect(port, GET + b"\r\n") as made:
        assert made.recv(4096).startswith(b"HTTP/1.1 200")
        made.sendall(b"\r\n")
        assert b" 408 " in rest(made)


@pytest.mark.parametrize(
    "sent",
    [
        GET + b"X-Long: " + b"a" * (MAX_HEAD * 20),
        GET + b"X-Long: " + b"a" * MAX_HEAD + b"\r\n\r\n",
        b"GET /" + b"a" * MAX_HEAD + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        GET + b"A: b\r\n" * 101 + b"\r\n",
        GET + b"\r\n" + GET + b"Cookie: " + b'"\\377' * (MAX_HEAD // 4) + b"\r\n\r\n",
    ],
)
def test_a_head_without_end_is_refused(port: int, sent: bytes) -> None:
    assert b" 431 " in asked(port, sent)


@pytest.mark.parametrize(
    "after",
    [b"0\r\nX-Trailer: " + b"a" * MAX_HEAD * 30, b"0\r\nX: y\r\n\r\n", b"1;" + b"e" * MAX_HEAD * 30],
)
def test_headers_after_the_body_are_refused(port: int, after: bytes) -> None:
    got = asked(port, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + after)
    assert got == b"" or b" 400 " in got


def test_a_pipeline_has_an_end(port: int) -> None:
    assert asked(port, (GET + b"\r\n") * 500).count(b"HTTP/1.1 200") < 100


def test_another_protocol_is_not_spoken(port: int) -> None:
    got = asked(port, GET + b"Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 200")


def test_an_answer_that_nobody_reads_is_given_up(port: int) -> None:
    with connect(port, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n") as made:
        time.sleep(1.5)  # longer than ANSWER_SECONDS: not to read is what is tried here
        assert len(rest(made)) < LARGE


def test_a_slow_reader_gets_all_of_it(port: int) -> None:
    with connect(port, b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as made:
        got, end = 0, time.monotonic() + 1
        while part := made.recv(1 << 20):
            got += len(part)
            if time.monotonic() < end:
                time.sleep(0.02)
        assert got > LARGE


def test_idle_connections_make_room_for_requests(port: int) -> None:
    """Three times as many as fit: whoever asks is answered, and the ones idle for longest went."""
    with ExitStack() as held:
        idle = [held.enter_context(connect(port)) for _ in range(120)]
        for _ in range(20):
            assert b" 200 " in asked(port, GET + b"Connection: close\r\n\r\n")
        assert rest(idle[0]) == b""


def test_as_many_files_as_may_be_are_opened() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
        room = raise_descriptors()
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert soft == min(before[1], crowd.DESCRIPTORS)
    assert room == max(64, min(crowd.MOST, soft - crowd.SPARE))
