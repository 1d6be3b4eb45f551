"""The samples that a new home opens with, run as a person would run them."""

from __future__ import annotations

import pytest

from tests.server import Server

PICTURES = {
    "Feature importance": {"n2.python_device": 1},
    "Scatter matrix": {"n2.python_device": 2},
    "Hello bundle": {"n2.python_device": 0},
    "Join and compare": {"n4.python_device": 1},
}


def test_there_are_four_and_their_data(server: Server) -> None:
    samples = [e for e in server.get("experiments", limit=1000)["items"] if e["sample"]]
    assert [e["name"] for e in samples] == list(PICTURES)
    assert {d["name"] for d in server.get("datasets", limit=1000)["items"] if d["sample"]} == {
        "Breast cancer", "Diabetes", "Iris", "Wine chemistry", "Wine cultivars", "Hello"}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_each_runs_to_its_pictures(server: Server, name: str) -> None:
    id = next(e["id"] for e in server.get("experiments", search=name)["items"] if e["sample"])
    run = server.run(id)
    assert run.state == "finished", {n: run.log(n) for n in run.states()}
    assert {port: run.output(port)["pictures"] for port in PICTURES[name]} == PICTURES[name]


def test_the_bundle_prints_its_greeting(server: Server) -> None:
    id = next(e["id"] for e in server.get("experiments", search="Hello bundle")["items"] if e["sample"])
    assert "Hello, Studio!" in server.run(id).log("n2")
