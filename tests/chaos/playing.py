"""Runs graphs while a Studio is disturbed, then calmly, and compares."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.runs import differ, experiment, printed, results
from tests.chaos.troubles import Trouble
from tests.chaos.victim import Victim, victim
from tests.server import RunView, Server

AT_ONCE = 25
"""Runs that are under way together at most, before their ends are waited for."""


def _start(killed: Victim, number: int) -> str:
    made = killed.insist(lambda studio: studio.create(experiment(number)))
    return str(killed.insist(lambda studio: studio.start(made["id"], force=True))["id"])


def _end(killed: Victim, run: str) -> RunView:
    return killed.insist(lambda studio: studio.wait(run, 30), 240)


def play(
    seconds: float,
    seed: int,
    trouble: type[Trouble] = Trouble,
    kills: int = 0,
    say: Callable[[str], Any] = lambda line: print(line, flush=True),
) -> int:
    """Disturbs runs for so long, or until so many were killed; how many runs were compared. Any difference
    is an error."""
    dice = random.Random(seed)
    numbers: dict[str, int] = {}
    found: dict[str, Any] = {}
    logs: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="studio-chaos-") as folder, trouble(Path(folder)) as happening:
        with victim(happening.home, dice, happening) as killed:
            deadline = time.monotonic() + seconds
            waiting: list[str] = []
            while killed.kills < kills or (not kills and time.monotonic() < deadline):
                number = seed * 100_000 + len(numbers)
                run = _start(killed, number)
                numbers[run] = number
                waiting.append(run)
                time.sleep(dice.uniform(0, 1.5))
                killed.strike()
                if len(waiting) == AT_ONCE:
                    _take_in(killed, waiting, found, logs)
                    say(f"{len(numbers)} runs; so far {dict(killed.strikes)}")
            happening.is_over()
            _take_in(killed, waiting, found, logs)
            say(f"{len(numbers)} runs; {dict(killed.strikes)}; {killed.kills} kills")
        with Server(Path(folder) / "calm") as calm:
            for run, number in numbers.items():
                calmly = calm.run(experiment(number))
                differ(f"run {run} of experiment {number}", found[run], results(calmly.body))
                differ(f"the logs of run {run}", logs[run], printed(calm, calmly.body["id"]))
    return len(numbers)


def _take_in(killed: Victim, runs: list[str], found: dict[str, Any], logs: dict[str, Any]) -> None:
    """Waits until these have ended, and keeps what they came to."""
    for run in runs:
        found[run] = results(_end(killed, run).body)
        logs[run] = killed.insist(partial(printed, run=run))
    runs.clear()
