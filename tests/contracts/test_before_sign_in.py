"""What a stranger can send before anything knows who asks."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import httpx
import pytest
import websockets
from websockets.sync.client import connect

from tests.server import TOKEN, Server

KEY = f"Authorization: Bearer {TOKEN}\r\n"


def ask(server: Server, head: str, body: bytes = b"", *, more: bool = False) -> tuple[int, bytes]:
    """Status and answer to exactly these bytes. `more`: more of the body is said to come than comes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head.replace("\n", "\r\n").encode() if "\r" not in head else head.encode())
        if body:
            try:
                line.sendall(body)
            except OSError:
                assert more
        got = b""
        while b"\r\n\r\n" not in got or (more is False and not whole(got)):
            part = line.recv(1 << 16)
            if not part:
                break
            got += part
    head_, _, told = got.partition(b"\r\n\r\n")
    return int(head_.split()[1]), told


def whole(got: bytes) -> bool:
    head, _, told = got.partition(b"\r\n\r\n")
    length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(length) and len(told) >= int(length[0].split(b":")[1])


def post(path: str, length: int | str, more: str = "", host: str = "127.0.0.1") -> str:
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{more}"
    return head + (f"Content-Length: {length}\r\n\r\n" if length else "Transfer-Encoding: chunked\r\n\r\n")


def spooled(server: Server) -> int:
    """Bytes that the server's processes hold in files without a name, as a body that is being spooled is."""
    total = 0
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(server.home) in (name := os.readlink(link)) and name.endswith("(deleted)"):
                total += os.stat(link).st_size
        except OSError:
            continue
    return total


@pytest.mark.parametrize("path", ["/api/v1/datasets", "/api/v1/experiments", "/api/v1/uploads/x", "/", "/x"])
@pytest.mark.parametrize("length", [3 << 30, ""])
def test_no_large_body_is_taken_from_a_stranger(server: Server, path: str, length: int | str) -> None:
    """Neither announced nor in chunks: the answer comes before it is sent, and nothing lies on the disk."""
    piece = b"%x\r\n" % (1 << 20) + b"[" * (1 << 20) + b"\r\n" if not length else b"[" * (1 << 20)
    status, _ = ask(server, post(path, length), piece, more=True)
    assert status in (401, 413)
    assert spooled(server) == 0


def test_nor_by_a_session_without_its_csrf_token(server: Server) -> None:
    """A page elsewhere on this host, whose browser sends the cookie along."""
    with httpx.Client(base_url=server.url) as browser:
        browser.get("/", params={"token": TOKEN})
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        token = browser.cookies["csrftoken"]
    head = f"Cookie: {cookie}\r\n"
    assert ask(server, post("/api/v1/experiments", 2 << 20, head), more=True)[0] == 401
    head += f"X-CSRFToken: {token}\r\n"
    evil = head + "Origin: http://evil.example\r\n"
    assert ask(server, post("/api/v1/experiments", 2 << 20, evil), more=True)[0] == 401
    body = json.dumps({"name": "large", "nodes": [], "note": "x" * (2 << 20)}).encode()
    assert ask(server, post("/api/v1/experiments", len(body), head), body)[0] == 201


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1:2", "", "a\tb", "127.0.0.1@evil"])
def test_a_strange_host_is_refused_before_its_body(server: Server, host: str) -> None:
    status, _ = ask(server, post("/api/v1/experiments", 1 << 30, KEY, host), more=True)
    assert status == 400


def test_two_hosts_are_none(server: Server) -> None:
    head = post("/api/v1/experiments", 2, f"{KEY}Host: evil.example\r\n")
    assert ask(server, head, b"{}")[0] == 400


def test_sign_in_takes_a_token_and_not_more(server: Server) -> None:
    begun = time.monotonic()
    assert ask(server, post("/api/v1/session", 60_000_000), b"[]," * 1000, more=True)[0] == 413
    assert ask(server, post("/api/v1/session", 3000), b"[]," * 1000)[0] == 400
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("path", "length"), [("/api/v1/experiments", 65 << 20), ("/api/v1/experiments/validate", 1 << 40)]
)
def test_the_owners_bodies_are_bounded_too(server: Server, path: str, length: int) -> None:
    assert ask(server, post(path, length, KEY), more=True)[0] == 413


def test_a_file_larger_than_the_disk_is_refused_at_once(server: Server) -> None:
    form = "Content-Type: multipart/form-data; boundary=x\r\n"
    assert ask(server, post("/api/v1/datasets", 1 << 50, KEY + form), more=True)[0] == 507


@pytest.mark.parametrize("length", ["-1", "1x", "9" * 5000, "1, 2"])
def test_a_length_that_is_none(server: Server, length: str) -> None:
    assert ask(server, post("/api/v1/experiments", length, KEY), more=True)[0] in (400, 413)


def test_curl_hears_why_before_it_sends(server: Server) -> None:
    head = post("/api/v1/datasets", 1 << 30, "Expect: 100-continue\r\n")
    assert ask(server, head)[0] == 401


def test_a_client_that_sends_all_first_sees_the_answer_too(server: Server) -> None:
    answer = httpx.post(f"{server.url}/api/v1/experiments", content=b"x" * (4 << 20))
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("Sign in first")


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/status", "/api/v1/nothing", "/assets/none.js", "/static/x", "/api/v1/docs"]
)
@pytest.mark.parametrize("known", [True, False])
def test_every_answer_tells_the_browser_to_be_careful(server: Server, path: str, known: bool) -> None:
    key = {"Authorization": f"Bearer {TOKEN}"} if known else {}
    careful(httpx.get(server.url + path, headers=key))


def careful(answer: httpx.Response) -> None:
    told = answer.headers
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert told["referrer-policy"] == "same-origin"
    policy = told["content-security-policy"]
    assert "default-src 'none'" in policy or "connect-src 'self';" in policy
    assert "ws:" not in policy
    assert all(len(told.get_list(name)) == 1 for name in told)


def test_refusals_are_careful_too(server: Server) -> None:
    careful(httpx.get(server.url, headers={"Host": "evil.example"}))
    careful(httpx.post(f"{server.url}/api/v1/experiments", content=b"x" * (1 << 20)))
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"nonsense\r\n\r\n")
        got = line.recv(4096)
    assert got.startswith(b"HTTP/1.1 400")
    assert b"nosniff" in got


@pytest.mark.parametrize("origin", ["http://[", "http://evil.example", "null", "x"])
def test_a_socket_of_another_page_is_refused(server: Server, origin: str) -> None:
    with httpx.Client(base_url=server.url) as browser:
        browser.get("/", params={"token": TOKEN})
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        connect(
            f"ws://127.0.0.1:{server.port}/ws/experiments/x/",
            additional_headers={"Cookie": cookie, "Origin": origin},
        )
    assert refused.value.response.status_code == 403
