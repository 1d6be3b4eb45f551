"""`python -m tests.chaos --seconds 600 --seed 1`: kills processes at random moments over many runs.

Every run must end as it does undisturbed: artifacts are named by their content, so a result that was
lost, doubled or cut off has another name. A short turn of it is part of the suite (tests/ops).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
import redis

from tests.builders import Exp
from tests.processes import child, family
from tests.server import RunView, Server

T = TypeVar("T")

PARTS = {
    "worker": "manage.py worker",
    "web": "manage.py serve",
    "redis": "redis-server",
    "template": "template.py",
}
VICTIMS = [*PARTS, "worker", "worker", "flush", "everything"]
MOST, WINDOW = 2, 30.0
"""Deaths of a part in so many seconds: a third one of the worker or its template may rightly fail a node."""

STEP = """\
import time
def azureml_main(frame, other=None):
    print("step {number}")
    time.sleep({pause})
    frame["x"] = frame["x"] * 3 + {number}
    return frame,
"""


def experiment(seed: int) -> Exp:
    """A graph of a table, scripts in a chain or a fan, and a join of rows at the end."""
    dice = random.Random(seed)
    exp = Exp(f"Chaos {seed}").table("data", "x\n" + "\n".join(str(seed * 100 + row) for row in range(50)))
    ports = ["data.dataset"]
    for number in range(dice.randint(2, 6)):
        source = STEP.format(number=number, pause=round(dice.uniform(0, 0.3), 2))
        exp.script(f"s{number}", source).wire(dice.choice(ports), f"s{number}.dataset1")
        ports.append(f"s{number}.result_dataset")
    exp.node("rows", "add-rows").wire(ports[-1], "rows.dataset1").wire(dice.choice(ports), "rows.dataset2")
    return exp


def results(body: dict[str, Any]) -> dict[str, Any]:
    """What a run came to: of each node its state, its error, and the content on each of its ports."""
    return {
        id: (
            node["state"],
            node["error"],
            {port: output["artifact"] for port, output in node["outputs"].items()},
        )
        for id, node in body["nodes"].items()
    }


def printed(studio: Server, run: str) -> dict[str, str]:
    """Of each script what its log holds."""
    nodes = [id for id in studio.get(f"runs/{run}")["nodes"] if id.startswith("s")]
    return {id: studio.http.get(f"runs/{run}/nodes/{id}/log").text for id in nodes}


def differ(what: str, disturbed: dict[str, Any], calmly: dict[str, Any]) -> None:
    """AssertionError where they do, with what does."""
    differing = {
        key: (disturbed.get(key), calmly.get(key)) for key in calmly if disturbed.get(key) != calmly[key]
    }
    assert not differing, f"{what}: disturbed and calmly {differing}"


class Victim:
    """A Studio that is being killed, part by part and whole, and started again on the same home."""

    def __init__(self, home: Path, dice: random.Random) -> None:
        self.home, self.dice = home, dice
        self.strikes: Counter[str] = Counter()
        self._recent: dict[str, deque[float]] = defaultdict(deque)
        self.studio = Server(home).__enter__()

    def strike(self) -> None:
        """Kills something."""
        name = self.dice.choice(VICTIMS)
        recent = self._recent["worker" if name == "template" else name]
        while recent and recent[0] < time.monotonic() - WINDOW:
            recent.popleft()
        if len(recent) >= MOST:
            return
        recent.append(time.monotonic())
        self.strikes[name] += 1
        if name == "everything":
            self._power_off()
        elif name == "flush":
            with suppress(redis.RedisError):
                redis.Redis(unix_socket_path=str(self.home / "redis.sock")).flushall()
        else:
            with suppress(StopIteration, psutil.Error):
                child(self.studio, PARTS[name]).kill()

    def _power_off(self) -> None:
        processes = family(self.studio)
        for process in processes:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(processes, timeout=10)
        self.studio.__exit__()
        self.studio = Server(self.home).__enter__()

    def insist(self, ask: Callable[[Server], T], seconds: float = 60) -> T:
        """The answer, however often the server must be asked while it is being killed."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return ask(self.studio)
            except (httpx.HTTPError, AssertionError):
                if self.studio.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError("\n".join(self.studio.lines[-60:])) from None
                time.sleep(0.1)


@contextmanager
def victim(home: Path, dice: random.Random) -> Iterator[Victim]:
    one = Victim(home, dice)
    try:
        yield one
    finally:
        one.studio.__exit__()


def _start(killed: Victim, number: int) -> str:
    made = killed.insist(lambda studio: studio.create(experiment(number)))
    return str(killed.insist(lambda studio: studio.start(made["id"], force=True))["id"])


def _end(killed: Victim, run: str) -> RunView:
    return killed.insist(lambda studio: studio.wait(run, 30), 120)


def chaos(seconds: float, seed: int, say: Callable[[str], Any] = print) -> int:
    """Runs graphs for so long while it kills; how many runs were compared. Any difference is an error."""
    dice = random.Random(seed)
    runs: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="studio-chaos-") as folder:
        with victim(Path(folder) / "killed", dice) as killed:
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                number = seed * 1000 + len(runs)
                runs[_start(killed, number)] = number
                time.sleep(dice.uniform(0, 1.5))
                killed.strike()
            say(f"{len(runs)} runs; killed: {dict(killed.strikes)}. Waiting for what is under way.")
            ends = {run: _end(killed, run) for run in runs}
            found = {run: results(end.body) for run, end in ends.items()}
            logs = {run: printed(killed.studio, run) for run in runs}
        with Server(Path(folder) / "calm") as calm:
            for run, number in runs.items():
                calmly = calm.run(experiment(number))
                differ(f"run {run} of experiment {number}", found[run], results(calmly.body))
                differ(f"the logs of run {run}", logs[run], printed(calm, calmly.body["id"]))
    return len(runs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10_000)
    wish = parser.parse_args()
    print(f"Seed {wish.seed}, {wish.seconds:.0f} seconds.", flush=True)
    print(f"{chaos(wish.seconds, wish.seed)} runs came to the same results as undisturbed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
