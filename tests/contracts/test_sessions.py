"""Sessions, sockets and tokens: when they end, and how often a token may be wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from studio import config
from studio.accounts.guesses import AT_ONCE, SECONDS, Guesses, caller_of
from studio.accounts.sessions import is_going_on
from studio.accounts.sockets import still_signed_in
from studio.errors import TooMany
from tests.builders import chain
from tests.server import TOKEN, Server


@pytest.fixture
def browser(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as made:
        made.get("/", params={"token": TOKEN})
        yield made


async def test_a_socket_ends_with_its_session(server: Server, browser: httpx.Client) -> None:
    id = server.create(chain())["id"]
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"ws://127.0.0.1:{server.port}/ws/experiments/{id}/"
    key = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        connect(address, additional_headers={"Cookie": cookies}) as theirs,
        connect(address, additional_headers=key) as another,
    ):
        csrf = {"X-CSRFToken": browser.cookies["csrftoken"]}
        assert browser.delete("/api/v1/session", headers=csrf).status_code == 204
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(theirs.recv(), 10)
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 4401
        server.http.put(
            f"experiments/{id}", json={**chain().file(), "name": "x"}, headers={"If-Match": '"1"'}
        )
        assert await asyncio.wait_for(another.recv(), 10)


@pytest.mark.django_db
def test_a_session_ends_with_the_token_that_began_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get("/", {"token": config.owner_token()}).status_code == 303
    assert client.get("/api/v1/experiments").status_code == 200
    session = client.session
    key = session.session_key or ""
    assert is_going_on(key)
    assert still_signed_in({"session": session})
    monkeypatch.setenv("STUDIO_TOKEN", "another-token-of-the-owner")
    assert not is_going_on(key)
    assert not still_signed_in({"session": session})
    assert client.get("/api/v1/experiments").status_code == 401
    assert not Session.objects.filter(pk=key).exists()


def test_so_does_a_socket_with_the_token_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert still_signed_in({"bearer": config.owner_token()})
    monkeypatch.setenv("STUDIO_TOKEN", "another-token-of-the-owner")
    assert not still_signed_in({"bearer": TOKEN})


def test_two_studios_on_a_host_keep_their_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    here = config.session_cookie()
    monkeypatch.setenv("STUDIO_SECRET_KEY", "b" * 32)
    assert config.session_cookie() != here
    monkeypatch.setenv("STUDIO_URL", "https://studio.example.org")
    assert config.session_cookie().startswith("__Host-")


def test_guessing_at_the_token_is_slowed(server: Server) -> None:
    """From an address of its own, so that other tests are not slowed."""

    def ask(http: httpx.Client, token: str) -> httpx.Response:
        return http.get("/api/v1/status", headers={"Authorization": f"Bearer {token}"})

    stranger = httpx.HTTPTransport(local_address="127.0.0.66")
    with httpx.Client(base_url=server.url, transport=stranger) as http:
        told = [ask(http, f"guess-{n}") for n in range(AT_ONCE + 10)]
        assert [answer.status_code for answer in told[:AT_ONCE]] == [401] * AT_ONCE
        assert told[-1].status_code == 429
        assert told[-1].headers["retry-after"] == "2"
        assert "Too many wrong tokens" in told[-1].json()["detail"]
        assert ask(http, TOKEN).status_code == 429
        assert http.post("/api/v1/session", json={"token": TOKEN}).status_code == 429
        assert http.get("/", params={"token": TOKEN}).status_code != 200
    assert server.http.get("status").status_code == 200


def test_whom_it_knows_it_does_not_lock_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr("studio.accounts.guesses.time.monotonic", lambda: now)
    guesses = Guesses()
    guesses.judge("office", right=True)
    for address in ("office", "elsewhere"):
        for _ in range(AT_ONCE):
            guesses.judge(address, right=False)
        with pytest.raises(TooMany):
            guesses.judge(address, right=False)
    guesses.judge("office", right=True)
    with pytest.raises(TooMany):
        guesses.judge("elsewhere", right=True)
    now += SECONDS * 1.5
    guesses.judge("elsewhere", right=True)


def test_callers_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy by what it says last; what the caller said itself counts for nothing."""
    assert caller_of("127.0.0.1", "9.9.9.9") == "127.0.0.1"
    monkeypatch.setenv("STUDIO_URL", "https://studio.example.org")
    assert caller_of("127.0.0.1", "1.1.1.1, 9.9.9.9") == "9.9.9.9"
    assert caller_of("127.0.0.1", "9.9.9.9, nonsense") == "127.0.0.1"
    assert caller_of("9.9.9.8", "9.9.9.9") == "9.9.9.8"
    assert caller_of("2001:db8::1") == caller_of("2001:db8::2")
    assert caller_of("::ffff:9.9.9.9") == "9.9.9.9"


def test_a_token_that_is_no_text_is_refused(server: Server) -> None:
    for token, status in (("\\ud800", 400), ("ü", 401), ("x" * 10_000, 413)):
        body = b'{"token": "%s"}' % token.encode()
        answer = httpx.post(
            f"{server.url}/api/v1/session", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == status, answer.text
