"""Limits that a node wishes for itself."""

from __future__ import annotations

from tests.builders import Exp
from tests.server import Server

SLEEP = "import time\ndef azureml_main():\n    time.sleep(20)\n"


def wishing(script: str, **limits: object) -> Exp:
    exp = Exp().script("n", script)
    exp.nodes[0]["limits"] = limits
    return exp


def test_a_node_may_wish_for_less(server: Server) -> None:
    error = server.run(wishing(SLEEP, wall_seconds=1)).node("n")["error"]
    assert (error["type"], "the limit is 1 s" in error["message"]) == ("LimitExceeded", True)


def test_a_wish_beyond_the_maximum_is_refused_with_the_maximum(server: Server) -> None:
    usual = server.get("status")["limits"]["usual"]["wall_seconds"]
    error = server.run(wishing(SLEEP, wall_seconds=usual + 1)).node("n")["error"]
    assert error["type"] == "LimitRefused"
    assert f"here it may have {usual} s (setting STUDIO_LIMIT_WALL_SECONDS_MAX)" in error["message"]


def test_a_wish_for_what_there_is_no_limit_of(server: Server) -> None:
    error = server.run(wishing(SLEEP, color=3)).node("n")["error"]
    assert error["message"].startswith("There is no limit 'color'; there are memory_bytes, ")
    assert "whole number" in server.run(wishing(SLEEP, pictures="many")).node("n")["error"]["message"]
    answer = server.http.post(
        "experiments",
        json={
            **wishing(SLEEP).file(),
            "nodes": [{"id": "n", "module": "execute-python-script", "limits": 7}],
        },
    )
    assert (answer.status_code, '"limits" must be an object' in answer.text.replace('\\"', '"')) == (
        422,
        True,
    )


def test_an_administrator_may_allow_more_than_usual() -> None:
    with Server(STUDIO_LIMIT_WALL_SECONDS="1", STUDIO_LIMIT_WALL_SECONDS_MAX="60") as strict:
        script = SLEEP.replace("20", "1.5")
        assert strict.run(Exp().script("n", script)).state == "failed"
        assert strict.run(wishing(script, wall_seconds=30)).state == "finished"
