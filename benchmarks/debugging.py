"""The debugger as the page has it: a part of `make bench ARGS=code`."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from typing import Any

from modules.r_language.execute_r_script import RParams, execute_r_script
from modules.sdk.values import Table
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


def cold_r_times(tries: int) -> list[float]:
    """Seconds of the same node where Rscript is started for it."""
    found = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for _ in range(tries):
            began = time.perf_counter()
            execute_r_script(Table.of(n=[1, 2]), params=RParams(script=SMALL_R))
            found.append(time.perf_counter() - began)
    return found


def r_times(studio: Server, tries: int) -> list[float]:
    """Seconds that a small R node runs: writing its table, R itself, reading what it left."""
    exp = Exp("R").table("data", "n\n1\n2\n")
    exp.node("r", "execute-r-script", script=SMALL_R).wire("data.dataset", "r.dataset1")
    id = str(studio.create(exp)["id"])
    found = []
    studio.run(id, force=True)  # the first one begins R
    for _ in range(tries):
        view = studio.run(id, force=True)
        found.append(float(view.node("r")["timings"]["running"]))
    return found
