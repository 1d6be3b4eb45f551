"""The debugger as the page has it: a part of `make bench ARGS=code`."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.builders import Exp
from tests.server import Server
from tests.tab import Tab, tab

STEPS = 30
REACH = {"breakpoint to paused": 0.300, "step": 0.100, "rewind": 0.200}
SCRIPT = (
    "def azureml_main(df):\n"
    + "".join(f"    a{n} = df['n'] + {n}\n" for n in range(STEPS + 4))
    + "    return df,\n"
)
SMALL_R = 'x <- maml.mapInputPort(1)\nx$y <- x$n * 2\nmaml.mapOutputPort("x")\n'


def debugger_times(studio: Server) -> dict[str, list[float]]:
    """Seconds by what is done: over the socket, with a table of 20,000 rows in the script."""
    text = "n\n" + "\n".join(map(str, range(20_000))) + "\n"
    exp = Exp("Debugged").table("data", text).script("s", SCRIPT)
    id = str(studio.create(exp.wire("data.dataset", "s.dataset1"))["id"])
    return asyncio.run(_talk(studio, id))


async def _talk(studio: Server, id: str) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in REACH}
    async with tab(studio, id) as one:
        marks = [{"line": 3}, {"line": 4}]
        await asyncio.to_thread(studio.start, id, debug={"node": "s", "breakpoints": marks})
        one.dialogue = (await one.node(node="s", paused=...))["dialogue"]
        await one.ask("attach")
        times["breakpoint to paused"].append(await _until_stopped(one, "continue"))
        for _ in range(STEPS):
            times["step"].append(await _until_stopped(one, "next"))
        body: dict[str, Any] = (await one.ask("attach"))["body"]
        for _ in range(STEPS // 3):
            number = body["past"][3]["number"]
            times["rewind"].append(await _until_stopped(one, "rewind", to=number))
            for _ in range(3):
                times["step"].append(await _until_stopped(one, "next"))
            body = (await one.ask("attach"))["body"]
        await one.ask("continue")
    return times


async def _until_stopped(one: Tab, command: str, **arguments: Any) -> float:
    began = time.perf_counter()
    await one.ask(command, **arguments)
    await one.event("stopped")
    return time.perf_counter() - began


def r_times(studio: Server, tries: int) -> list[float]:
    """Seconds that a small R node runs: writing its table, R itself, reading what it left."""
    exp = Exp("R").table("data", "n\n1\n2\n")
    exp.node("r", "execute-r-script", script=SMALL_R).wire("data.dataset", "r.dataset1")
    id = str(studio.create(exp)["id"])
    found = []
    for _ in range(tries):
        view = studio.run(id, force=True)
        found.append(float(view.node("r")["timings"]["running"]))
    return found
