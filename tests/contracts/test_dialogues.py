"""Talking with a debugged node and with a console over the socket, in a started product."""

from __future__ import annotations

import asyncio
import json

import pytest
import redis

from studio.live.dialogue_messages import Dialogue
from tests.builders import Exp, chain
from tests.server import Server
from tests.tab import tab

SCRIPT = """\
def azureml_main(df):
    total = 0
    for i in range(3):
        total += i
    df["total"] = total
    return df,
"""
MARK = {"line": 5}


async def test_a_run_is_paused_looked_into_by_two_tabs_and_goes_on(server: Server) -> None:
    id = server.create(chain(SCRIPT))["id"]
    async with tab(server, id) as one, tab(server, id) as two:
        run = await asyncio.to_thread(server.start, id, debug={"node": "s1", "breakpoints": [MARK]})
        paused = await one.node(node="s1", paused=...)
        assert paused["state"] == "running"
        one.dialogue = two.dialogue = paused["dialogue"]
        for each in (one, two):
            state = (await each.ask("attach"))["body"]
            assert (state["state"], state["stack"][0]["line"]) == ("paused", 5)
            assert [mark["verified"] for mark in state["breakpoints"]] == [True]
        assert (await one.ask("evaluate", expression="total = 10"))["success"]
        assert (await two.ask("evaluate", expression="total"))["body"]["value"] == "10"
        assert (await two.ask("next"))["success"]
        assert (await one.event("stopped"))["stack"][0]["line"] == 6
        assert (await one.ask("continue"))["success"]
        assert (await two.event("terminated")) is not None
        await one.node(node="s1", state="finished", paused=None, dialogue=None)
    view = await asyncio.to_thread(server.wait, run["id"])
    assert [row[-1] for row in view.rows("s1.result_dataset")] == [10, 10, 10]
    again = await asyncio.to_thread(server.run, id)
    assert not again.cached("s1"), "what somebody changed on the way is no result for the cache"
    assert [row[-1] for row in again.rows("s1.result_dataset")] == [3, 3, 3]


async def test_orders_that_are_refused(server: Server) -> None:
    mine, other = server.create(chain(SCRIPT))["id"], server.create(chain(SCRIPT))["id"]
    async with tab(server, mine) as one, tab(server, other) as stranger:
        run = await asyncio.to_thread(server.start, mine, debug={"node": "s1", "breakpoints": [MARK]})
        one.dialogue = (await one.node(node="s1", paused=...))["dialogue"]
        stranger.dialogue = one.dialogue
        assert (await stranger.ask("attach"))["message"] == "There is no such dialogue, or it has ended."
        assert "too long" in (await one.ask("evaluate", expression="x" * 55_000))["message"]
        await one.socket.send(json.dumps({"type": "order", "command": "rm", "dialogue": one.dialogue}))
        await one.socket.send(json.dumps([1]))
        assert (await one.ask("attach"))["success"]
        assert "no longer held" in (await one.ask("variables", reference=7))["message"]
        server.post(f"runs/{run['id']}/cancel", status=202)
        assert (await one.event("terminated"))["gone"]
        await one.node(node="s1", state="cancelled")
        assert "has ended" in (await one.ask("attach"))["message"]


async def test_a_dialogue_of_somebody_else_does_not_exist(server: Server, queue: redis.Redis) -> None:
    """Even in an experiment that both may see: neither an order nor a look."""
    id = server.create(chain(SCRIPT))["id"]
    theirs = Dialogue(id="theirs", kind="debugger", owner=10_000, experiment=id, node="s1")
    key = "studio:dialogue:theirs"
    queue.set(key, theirs.model_dump_json(), ex=60)
    async with tab(server, id) as one:
        one.dialogue = "theirs"
        for command in ("attach", "evaluate", "continue"):
            assert (await one.ask(command))["message"] == "There is no such dialogue, or it has ended."
        assert not queue.exists(f"{key}:orders", f"{key}:watched")
    queue.delete(key)


async def test_a_browser_that_stays_away_ends_it(server: Server, queue: redis.Redis) -> None:
    id = server.create(chain(SCRIPT))["id"]
    async with tab(server, id) as one:
        run = await asyncio.to_thread(server.start, id, debug={"node": "s1", "breakpoints": [MARK]})
        dialogue = (await one.node(node="s1", paused=...))["dialogue"]
    queue.delete(f"studio:dialogue:{dialogue}:watched")
    view = await asyncio.to_thread(server.wait, run["id"])
    assert view.node("s1")["state"] in ("failed", "cancelled")


def test_what_is_no_script_is_not_debugged(server: Server) -> None:
    id = server.create(chain(SCRIPT))["id"]
    for path, body, known in (
        (f"experiments/{id}/runs", {"debug": {"node": "data"}}, "Python"),
        (f"experiments/{id}/nodes/data/console", {}, "Python and R"),
    ):
        said = server.post(path, body, status=422)
        assert f"only scripts of {known} can" in said["detail"]


async def test_a_console_on_a_nodes_inputs(server: Server) -> None:
    exp = Exp("Asked").table("data", "Price,Rooms\n1.5,2\n3,4\n").script("above", SCRIPT).script("s")
    exp.wire("data.dataset", "above.dataset1").wire("above.result_dataset", "s.dataset1")
    id = server.create(exp)["id"]
    refused = server.post(f"experiments/{id}/nodes/s/console", status=422)
    assert "has not been computed as it stands now" in refused["detail"]
    server.run(id)
    async with tab(server, id) as one:
        made = await asyncio.to_thread(server.post, f"experiments/{id}/nodes/s/console")
        one.dialogue = made["dialogue"]
        state = (await one.ask("attach"))["body"]
        assert [(name["name"], name["value"]) for name in state["names"]] == [("dataframe1", "2 × 3")]
        said = (await one.ask("execute", code="print('hello')\nx = dataframe1\nx"))["body"]
        assert (await one.event("output"))["text"] == "hello\n"
        assert said["table"]["rows"] == [["1.5", "2", "3"], ["3.0", "4", "3"]]
        items = (await one.ask("complete", text="x['Pr"))["body"]["items"]
        assert [item["label"] for item in items] == ["Price"]
        drawn = (await one.ask("execute", code="plt.plot([1, 2]); None"))["body"]
        assert len(drawn["pictures"]) == 1
        failed = await one.ask("execute", code="x['Pirce']")
        assert failed["success"], failed
        failed = failed["body"]
        assert failed["error"].endswith("KeyError: 'Pirce'\n")
        assert 'File "In [3]", line 1' in failed["error"]
        assert (await one.ask("close"))["success"]
        assert (await one.event("terminated")) is not None


async def test_a_loop_in_a_console_is_interrupted(server: Server) -> None:
    id = server.create(chain(SCRIPT))["id"]
    async with tab(server, id) as one:
        made = await asyncio.to_thread(server.post, f"experiments/{id}/nodes/s1/console")
        one.dialogue = made["dialogue"]
        await one.ask("attach")
        one.seq += 1
        order = {"type": "order", "dialogue": one.dialogue, "seq": one.seq, "command": "execute"}
        await one.socket.send(json.dumps({**order, "arguments": {"code": "while True: pass"}}))
        await asyncio.sleep(0.3)
        assert "busy" in (await one.ask("complete", text="x"))["message"]
        assert (await one.ask("interrupt"))["success"]
        waiting = [said for said in one.events if said["type"] == "response"]
        said = waiting[0] if waiting else (await one.next("dialogue"))["message"]
        assert said["body"]["error"] == "KeyboardInterrupt: interrupted"
        await one.ask("close")


@pytest.fixture(scope="module")
def queue(server: Server) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(server.home / "redis.sock"))
