"""A CSV of 1 GB read in the sandbox beside pyarrow alone: `python -m benchmarks.large_csv [GB]`.

Both read the file and write Arrow. Peak memory is anonymous: the pages of mapped files, which the system
takes back when it needs them, are not counted.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from benchmarks.table import lines, spread
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox

ROWS_A_GB = 5_450_000
REPEATS = 3
REACH, MEMORY = 1.5, 1 << 30
PLAIN = """
import sys, pyarrow as pa, pyarrow.csv as csv
table = csv.read_csv(sys.argv[1])
with pa.OSFile(sys.argv[2], "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table)
"""


class Measured(NamedTuple):
    seconds: list[float]
    memory: int

    def cells(self) -> tuple[str, str]:
        return spread(self.seconds), f"{self.memory / 1e6:,.0f} MB"


def main(gigabytes: float = 1.0) -> int:
    """Prints the table; 0 where both marks are reached."""
    with tempfile.TemporaryDirectory(prefix="large-csv-") as folder:
        home = Path(folder)
        file = home / "large.csv"
        write(file, int(ROWS_A_GB * gigabytes))
        print(f"CSV of {file.stat().st_size / 1e9:.2f} GB, 20 columns …", flush=True)
        imports = _seconds(lambda: _plain("import pyarrow.csv"))
        sandbox = Sandbox(home)
        sandbox.start()
        plain, ours = Measured([], 0), Measured([], 0)
        for _ in range(REPEATS):
            took, memory = _peak(lambda: _plain(PLAIN, file, home / "out.arrow"))
            plain = Measured([*plain.seconds, took - imports], max(plain.memory, memory))
            took, memory = _peak(lambda: _import(sandbox, file, home))
            ours = Measured([*ours.seconds, took], max(ours.memory, memory))
        sandbox.close()
    ratio = median(ours.seconds) / median(plain.seconds)
    reached = ratio <= REACH and ours.memory < MEMORY
    head = ("", "seconds", "peak memory", "ratio", "reach", "")
    mark = "✓" if reached else "✗"
    reach = f"≤ {REACH} ×, < {MEMORY / 1e6:,.0f} MB"
    studio = ("Studio, in the sandbox", *ours.cells(), f"{ratio:.2f} ×", reach, mark)
    print("\n" + lines([head, ("pyarrow.csv alone", *plain.cells(), "", "", ""), studio]))
    return 0 if reached else 1


def write(file: Path, rows: int) -> None:
    """10 columns of floats, 4 of integers with gaps, 3 of words, and postcodes, dates, booleans."""
    random = np.random.default_rng(0)
    words = np.array([f"word {n:04d}" for n in range(5000)])
    writer = None
    for start in range(0, rows, 500_000):
        n = min(500_000, rows - start)
        columns = {f"f{at}": pa.array(random.normal(size=n).round(6)) for at in range(10)}
        for at in range(4):
            columns[f"i{at}"] = pa.array(random.integers(0, 10**6, n), mask=random.random(n) < 0.02)
        for at in range(3):
            columns[f"t{at}"] = pa.array(words[random.integers(0, len(words), n)])
        columns["postcode"] = pa.array([f"{code:05d}" for code in random.integers(0, 99_999, n)])
        days = np.datetime64("2020-01-01") + random.integers(0, 2000, n).astype("m8[D]")
        columns["day"] = pa.array(days.astype(str))
        columns["ok"] = pa.array(random.random(n) < 0.5)
        table = pa.table(columns)
        writer = writer or pa_csv.CSVWriter(file, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()


def _plain(script: str, *arguments: Path) -> None:
    subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True)


def _import(sandbox: Sandbox, file: Path, home: Path) -> None:
    job = Job(verb="import", args={"type": "csv", "name": file.name}, file=str(file))
    with tempfile.TemporaryDirectory(dir=home) as drafts:
        outcome = sandbox.run(job, Path(drafts))
        assert outcome.failure is None, outcome.failure


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak(work: Callable[[], None]) -> tuple[float, int]:
    """Seconds, and the most anonymous bytes that any one process below this one held meanwhile."""
    done, most = threading.Event(), [0]

    def watch() -> None:
        while not done.wait(0.02):
            most.append(max(map(_anonymous, _below("self")), default=0))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        return _seconds(work), max(most)
    finally:
        done.set()
        watcher.join()


def _below(pid: str) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        found += [*children, *(each for child in children for each in _below(child))]
    return found


def _anonymous(pid: str) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("RssAnon"))


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
