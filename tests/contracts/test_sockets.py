"""The socket of an experiment."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from studio.runs.events import apply
from tests.builders import chain
from tests.server import TOKEN, Server

SLOW = """import time
def azureml_main(df):
    for i in range(3):
        print('step', i, flush=True)
        time.sleep(0.2)
    return df,
"""


def address(server: Server, id: str) -> str:
    return f"{server.url.replace('http', 'ws')}/ws/experiments/{id}/"


async def follow(server: Server, id: str, **headers: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """All events of one run, from before it was posted to its end, and its first snapshot."""
    async with connect(address(server, id), additional_headers=headers) as socket:
        first = await asyncio.to_thread(server.start, id)
        events = []
        while True:
            events.append(json.loads(await asyncio.wait_for(socket.recv(), 30)))
            if events[-1]["type"] == "run" and events[-1]["run"]["state"] in ("finished", "failed"):
                return events, first


async def test_a_run_is_told_as_it_happens(server: Server) -> None:
    id = server.create(chain(SLOW))["id"]
    events, snapshot = await follow(server, id, Authorization=f"Bearer {TOKEN}")
    for event in events:
        snapshot = apply(snapshot, event)
    fresh = server.get(f"runs/{snapshot['id']}")
    assert snapshot == fresh
    text = "".join(e["text"] for e in events if e["type"] == "log" and e["node"] == "s1")
    assert text == "step 0\nstep 1\nstep 2\n"
    assert len([e for e in events if e["type"] == "log"]) > 1, "the log came all at once"


async def test_what_is_no_order_changes_nothing(server: Server) -> None:
    id = server.create(chain(SLOW))["id"]
    async with connect(
        address(server, id), additional_headers={"Authorization": f"Bearer {TOKEN}"}
    ) as socket:
        for nonsense in ("no JSON", "[" * 10_000, b"\x00\xff", '{"type": "order"}', '"\\ud800"'):
            await socket.send(nonsense)
        await asyncio.to_thread(server.start, id)
        assert json.loads(await asyncio.wait_for(socket.recv(), 30))["type"] in ("run", "node")


STEPS = """import time
def azureml_main(df):
    for i in range(4):
        studio.progress(i / 4)
        time.sleep(0.4)
    return df,
"""


async def test_progress_is_told_and_gone_at_the_end(server: Server) -> None:
    id = server.create(chain(STEPS))["id"]
    events, snapshot = await follow(server, id, Authorization=f"Bearer {TOKEN}")
    said = [e["progress"] for e in events if e["type"] == "node" and e["node"] == "s1"]
    assert said[0] is None
    assert said[-1] is None
    assert {0.25, 0.5, 0.75} <= set(said[1:-1])
    for event in events:
        snapshot = apply(snapshot, event)
    assert snapshot == server.get(f"runs/{snapshot['id']}")


async def test_a_save_is_told_with_who_made_it(server: Server) -> None:
    made = server.create(chain())
    async with connect(
        address(server, made["id"]), additional_headers={"Authorization": f"Bearer {TOKEN}"}
    ) as socket:
        headers = {"If-Match": '"1"', "X-Studio-Client": "tab-7"}
        server.http.put(f"experiments/{made['id']}", json=made, headers=headers)
        event = json.loads(await asyncio.wait_for(socket.recv(), 10))
    assert event == {"type": "experiment", "id": made["id"], "revision": 2, "client": "tab-7"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Cookie": "studio_session=x"}])
async def test_no_socket_without_the_token(server: Server, headers: dict[str, str]) -> None:
    id = server.create(chain())["id"]
    with pytest.raises(InvalidStatus) as refused:
        await connect(address(server, id), additional_headers=headers)
    assert refused.value.response.status_code == 403


async def test_no_socket_of_what_is_not_there(server: Server) -> None:
    for id in ("nothing", "../x"):
        with pytest.raises(InvalidStatus):
            await connect(address(server, id), additional_headers={"Authorization": f"Bearer {TOKEN}"})


async def test_a_cookie_is_no_good_from_another_site(server: Server) -> None:
    id = server.create(chain())["id"]
    with httpx.Client(base_url=server.url) as browser:
        browser.get("/", params={"token": TOKEN})
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    async with connect(address(server, id), additional_headers={"Cookie": cookie}, origin=server.url):
        pass
    with pytest.raises(InvalidStatus):
        await connect(
            address(server, id), additional_headers={"Cookie": cookie}, origin="http://evil.example"
        )
