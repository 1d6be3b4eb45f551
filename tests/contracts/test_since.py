"""What a run's results stand on and is another by now: versions of datasets, over HTTP and on the socket."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from websockets.asyncio.client import connect

from tests.builders import PASS_ON, Exp
from tests.server import TOKEN, RunView, Server


def run_on(server: Server, name: str, dataset: str) -> RunView:
    exp = Exp(name).node("d", "dataset", dataset=dataset).script("s", PASS_ON).wire("d.dataset", "s.dataset1")
    return server.run(exp)


def since(server: Server, run: RunView, **params: str) -> Any:
    nodes = server.get(f"runs/{run.body['id']}/since", **params)["nodes"]
    return {
        node: [f"{one['what']} {one['before']} → {one['after']}" for one in told]
        for node, told in nodes.items()
    }


def new_version(server: Server, dataset: dict[str, Any], csv: str) -> dict[str, Any]:
    answer = server.upload(f"{dataset['name']}.csv", csv, new_version_of=dataset["id"])
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_node_tells_which_version_it_took_and_what_came_since(server: Server) -> None:
    first = server.upload("orders.csv", "a\n1\n").json()
    run = run_on(server, "Follow", "orders")
    assert run.node("d")["dataset"] == {"name": "orders", "version": 1}
    assert run.node("s")["dataset"] is None
    assert since(server, run) == {}
    second = new_version(server, first, "a,b\n1,2\n3,4\n")
    assert since(server, run) == {"d": ["orders 1 → 2"]}
    again = server.run(run.body["experiment"])
    assert again.node("d")["dataset"] == {"name": "orders", "version": 2}
    assert since(server, again) == {}
    assert since(server, run, until=again.body["id"]) == {"d": ["orders 1 → 2"]}
    assert since(server, again, until=run.body["id"]) == {"d": ["orders 2 → 1"]}
    # The latest one is deleted: what was there before is what is followed.
    assert server.http.delete(f"datasets/{second['id']}").status_code == 204
    assert since(server, run) == {}
    assert since(server, again) == {"d": ["orders 2 → 1"]}
    assert server.http.delete(f"datasets/{first['id']}").status_code == 204
    assert since(server, run) == {"d": ["orders 1 → gone"]}


def test_a_version_that_holds_the_same_changes_nothing(server: Server) -> None:
    first = server.upload("tides.csv", "a\n5\n").json()
    run = run_on(server, "Restore", "tides")
    new_version(server, first, "a\n6\n")
    assert since(server, run) == {"d": ["tides 1 → 2"]}
    assert server.post(f"datasets/{first['id']}/restore", {})["version"] == 3
    assert since(server, run) == {}


def test_a_node_that_stays_at_a_version_follows_no_other(server: Server) -> None:
    first = server.upload("moons.csv", "a\n7\n").json()
    run = run_on(server, "Stay", "moons@1")
    new_version(server, first, "a\n8\n")
    assert since(server, run) == {}


def test_a_dataset_that_lost_its_name_is_gone(server: Server) -> None:
    first = server.upload("comets.csv", "a\n9\n").json()
    run = run_on(server, "Rename", "comets")
    server.http.patch(f"datasets/{first['id']}", json={"name": "meteors"})
    assert since(server, run) == {"d": ["comets 1 → gone"]}
    server.http.patch(f"datasets/{first['id']}", json={"name": "comets"})
    assert since(server, run) == {}


async def test_open_experiments_are_told_of_versions_names_and_deletions(server: Server) -> None:
    def act() -> None:
        first = server.upload("winds.csv", "a\n1\n").json()
        second = new_version(server, first, "a\n2\n")
        server.http.delete(f"datasets/{second['id']}")
        server.http.patch(f"datasets/{first['id']}", json={"name": "gales"})

    id = server.create(Exp("Listen"))["id"]
    address = f"{server.url.replace('http', 'ws')}/ws/experiments/{id}/"
    names: list[str] = []
    async with connect(address, additional_headers={"Authorization": f"Bearer {TOKEN}"}) as socket:
        await asyncio.to_thread(act)
        while len(names) < 5:
            event = json.loads(await asyncio.wait_for(socket.recv(), 10))
            if event["type"] == "dataset":
                names.append(event["name"])
    assert names == ["winds", "winds", "winds", "winds", "gales"]
