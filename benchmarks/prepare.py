"""Preparing 1,000,000 × 20 by modules, beside plain Arrow, DuckDB or pandas: `make bench ARGS=prepare`.

A node's time is that from its start to its end as the run tells it: the tables mapped, the module run
confined, the result stored. The plain side maps the same tables from Arrow files, does the same, and writes
what it makes into an Arrow file, in a process of its own that has imported its libraries, in turns with
Studio. *Passed on* is the share of the result's bytes that Studio did not write again, since the columns were
there. *Processor* is the ratio of processor time, all of Studio's against the script's: it holds on a machine
that is busy with other work. `ONLY="sort pivot"` runs only these.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import plain
from benchmarks.prepare_tasks import TASKS, Task, far, small, wide
from benchmarks.table import lines
from tests.builders import Exp
from tests.processes import family
from tests.server import RunView, Server

REPEATS = 3
REACH = 1.5
PATIENCE = 600
TABLES: dict[str, Callable[[], pa.Table]] = {"wide": wide, "small": small, "far": far}
FOLDER = "STUDIO_BENCH_TABLES"
"""Where the plain side finds its tables."""


def mapped(name: str) -> pa.Table:
    with pa.memory_map(str(Path(os.environ[FOLDER]) / name)) as source:
        return pa.ipc.open_file(source).read_all()


def written(made: pa.Table | tuple[pa.Table, ...]) -> None:
    for at, table in enumerate(made if isinstance(made, tuple) else (made,)):
        file = str(Path(os.environ[FOLDER]) / f"made {at}")
        with pa.OSFile(file, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


def main() -> int:
    wanted = os.environ.get("ONLY", "").split()
    tasks = [task for task in TASKS if not wanted or task.slug in wanted]
    with tempfile.TemporaryDirectory() as folder, Server() as studio:
        os.environ[FOLDER] = folder
        _set_out(studio, Path(folder))
        rows = []
        for task in tasks:
            rows.append(_measured(studio, task))
            print(*rows[-1], sep="; ", flush=True)
    print()
    head = ("module", "1,000,000 × 20", "plain", "Studio", "ratio", f"≤ {REACH}", "processor", "passed on")
    print(lines([head, *rows]))
    return 0


def _set_out(studio: Server, folder: Path) -> None:
    for name, make in TABLES.items():
        table = make()
        with pa.OSFile(str(folder / name), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        file = pa.BufferOutputStream()
        pq.write_table(table, file)
        answer = studio.upload(f"{name}.parquet", file.getvalue().to_pybytes())
        assert answer.status_code == 201, answer.text


def _measured(studio: Server, task: Task) -> tuple[str, ...]:
    experiment = studio.create(_experiment(task))["id"]
    before = _bytes_in(studio.home)
    run = _run(studio, experiment)
    new, whole = _bytes_in(studio.home) - before, _bytes_of(studio, run)
    beside, here = [], []
    for _ in range(REPEATS):  # in turns, so that both meet the same machine
        beside += plain.times(task.script(), 1)
        used = _processor(studio)
        node = _run(studio, experiment).node("node")
        here.append((_seconds(node), _processor(studio) - used))
    (a, a_used), (b, b_used) = (map(statistics.median, zip(*each, strict=True)) for each in (beside, here))
    passed = f"{max(0.0, 1 - new / whole):.0%}" if whole else ""
    reached = "✓" if b <= REACH * a else "✗"
    return (
        task.slug,
        task.what,
        f"{a:.2f} s",
        f"{b:.2f} s",
        f"{b / a:.2f}",
        reached,
        f"{b_used / a_used:.2f}",
        passed,
    )


def _processor(studio: Server) -> float:
    """Seconds that Studio and all it has started have used, those that have ended too."""
    used = 0.0
    for process in family(studio):
        with suppress(psutil.Error):
            used += sum(process.cpu_times()[:4])
    return used


def _experiment(task: Task) -> Exp:
    second = "" if task.second == "data" else task.second
    exp = Exp(f"{task.slug}: {task.what}").node("data", "dataset", dataset="wide")
    if second:
        exp.node("second", "dataset", dataset=second)
    exp.node("node", task.slug, **task.params)
    first, other = _ports(task.slug)
    source = "second.dataset" if task.slug == "cross-join" else "data.dataset"
    exp.wire(source, f"node.{first}")
    if task.second:
        exp.wire("second.dataset" if second else "data.dataset", f"node.{other}")
    return exp


@cache
def _ports(slug: str) -> tuple[str, str]:
    from modules.registry import find

    spec = find(slug)
    assert spec
    names = [port.name for port in spec.inputs]
    return names[0], names[1] if len(names) > 1 else ""


def _run(studio: Server, experiment: str) -> RunView:
    run = studio.wait(studio.start(experiment, force=True)["id"], PATIENCE)
    assert run.state == "finished", {id: run.log(id) for id in run.states()}
    return run


def _bytes_in(home: Path) -> int:
    """Of the store: what lies there by its content."""
    return sum(file.stat().st_size for file in (home / "store").rglob("*") if file.is_file())


def _bytes_of(studio: Server, run: RunView) -> int:
    outputs = run.node("node")["outputs"].values()
    return sum(studio.get(f"artifacts/{output['artifact']}").get("bytes", 0) for output in outputs)


def _seconds(node: dict[str, Any]) -> float:
    ends = [datetime.fromisoformat(node[name]) for name in ("started", "finished")]
    return (ends[1] - ends[0]).total_seconds()


if __name__ == "__main__":
    main()
