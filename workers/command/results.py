"""A run's results as files: every output that no wire takes further."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from studio.artifacts.store import store
from studio.runs.models import Output, Run
from studio.umask import for_the_person
from workers.headless import Headless


def write_results(run: Run, engine: Headless, folder: Path) -> list[Path]:
    """Writes `NODE.PORT.csv`, `NODE.PORT.0.png`, `NODE.PORT.txt` … into the folder; gives their paths."""
    with for_the_person():
        folder.mkdir(parents=True, exist_ok=True)
        return [path for output in _unconnected(run) for path in _write(output, engine, folder)]


def _unconnected(run: Run) -> list[Output]:
    taken = {tuple(source) for node in run.nodes.all() for source in node.plan["inputs"].values()}
    outputs = Output.objects.filter(node_run__run=run).select_related("artifact", "node_run").order_by("pk")
    return [output for output in outputs if (output.node_run.node, output.port) not in taken]


def _write(output: Output, engine: Headless, folder: Path) -> Iterator[Path]:
    base = f"{output.node_run.node}.{output.port}".replace("/", "_").replace("\0", "_")
    downloads = output.artifact.read().downloads()
    if not downloads:
        yield _copy(Path(engine.export(output.artifact, "csv")), folder / f"{base}.csv")
    for download in downloads:
        target = folder / f"{base}.{download.ending}"
        if download.object:
            _copy(store().path(download.object), target)
        else:
            target.write_text(download.text, encoding="utf-8")
        yield target


def _copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target
